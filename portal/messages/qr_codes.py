"""QR codes of letters, drawn as inline pictures that need neither scripts nor styles."""

from __future__ import annotations

import io

import segno

from portal.messages.text import unescape

# In bytes, as the platform counts them.
QR_CODE_LIMIT = 504


def qr_code_html(code: str, *, is_drawn: bool = True) -> str:
    """Return a QR code and, below it, what it holds; `code` is that, escaped for HTML.

    What is empty or too long for the platform is not drawn.
    """
    picture = _picture(unescape(code).strip()) if is_drawn else ""
    return f'<span class="qr-code">{picture}{code}</span>'


def _picture(data: str) -> str:
    held = data.encode(errors="replace")
    if not held or len(held) > QR_CODE_LIMIT:
        return ""
    drawn = io.BytesIO()
    segno.make_qr(held).save(
        drawn,
        kind="svg",
        xmldecl=False,
        svgns=False,
        nl=False,
        omitsize=True,
        svgclass="qr-code__picture",
        lineclass=None,
    )
    picture = drawn.getvalue().decode()
    return picture.replace("<svg", '<svg aria-hidden="true"', 1)
