"""The sheet that letters are printed on, and what may be where, in millimetres.

All distances are from the left and from the top of a portrait A4 page. The areas are
those that the platform publishes for uploaded letters.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

WIDTH, HEIGHT = 210.0, 297.0
POINTS = 72 / 25.4
# How far a page's sides may be off.
A4_TOLERANCE = 2.0


@dataclass(frozen=True)
class Area:
    """A rectangle of the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> Area:
        """The same with a margin around it."""
        return Area(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def has(self, across: float, down: float) -> bool:
        """Whether a point is in it."""
        return self.left <= across <= self.right and self.top <= down <= self.bottom

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, width and height in points from the bottom left, as PDF counts."""
        return (
            self.left * POINTS,
            (HEIGHT - self.bottom) * POINTS,
            (self.right - self.left) * POINTS,
            (self.bottom - self.top) * POINTS,
        )


LEFT, RIGHT, TOP, BOTTOM = 15.0, 195.0, 5.0, 292.0
BODY_TOP, LOGO_BOTTOM, SENDER_LEFT = 95.0, 30.0, 125.0

WHOLE = Area(LEFT, TOP, RIGHT, BOTTOM)
BODY = Area(LEFT, BODY_TOP, RIGHT, BOTTOM)
SENDER = Area(SENDER_LEFT, TOP, RIGHT, BODY_TOP)
LOGO = Area(LEFT, TOP, SENDER_LEFT, LOGO_BOTTOM)
ADDRESS = Area(24.6, 39.5, 120.0, 66.3)
TAG = Area(0, 0, 15.191, 6.149)

FIRST_PAGE = (BODY, SENDER, LOGO, ADDRESS)
OTHER_PAGES = (WHOLE,)

MARGINS = (
    Area(0, 0, LEFT, HEIGHT),
    Area(RIGHT, 0, WIDTH, HEIGHT),
    Area(LEFT, 0, RIGHT, TOP),
    Area(LEFT, BOTTOM, RIGHT, HEIGHT),
)
AROUND_ADDRESS = (
    Area(LEFT, LOGO_BOTTOM, ADDRESS.left, BODY_TOP),
    Area(ADDRESS.left, LOGO_BOTTOM, ADDRESS.right, ADDRESS.top),
    Area(ADDRESS.right, LOGO_BOTTOM, SENDER_LEFT, BODY_TOP),
    Area(ADDRESS.left, ADDRESS.bottom, ADDRESS.right, BODY_TOP),
)


def is_a4_portrait(width: float, height: float, rotation: int | None) -> bool:
    """Whether a page of so many points is A4 upright, once it is turned as it says."""
    is_turned = (rotation or 0) % 180 != 0
    across, down = (height, width) if is_turned else (width, height)
    return math.isclose(across / POINTS, WIDTH, abs_tol=A4_TOLERANCE) and math.isclose(
        down / POINTS, HEIGHT, abs_tol=A4_TOLERANCE
    )
