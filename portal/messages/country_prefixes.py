"""What a text message to each country costs, as a multiple of one to the UK."""

from __future__ import annotations

_PREFIXES_BY_MULTIPLIER = {
    1: "1 239 264 389 44 48 66 82 853 86 90",
    2: (
        "1684 1721 246 298 30 33 34 350 351 353 354 356 357 358 36 370 371 373 39 40 41"
        " 421 43 45 46 47 55 57 58 598 61 64 65 672 673 681 691 81 852 886 91"
    ),
    3: "244 262 266 267 27 31 32 355 376 387 500 52 54 595 687 689 971",
    4: "220 226 230 253 359 386 508 590 593 594 596 678 682 968",
    5: "232 238 243 252 263 374 380 383 49 501 504 51 670 685",
    6: "1264 1345 1473 212 213 222 224 235 240 375 597 674 967 972 974 98",
    7: "1441 1767 1784 1868 1876 228 229 236 242 255 256 268 599 965 976",
    8: "211 227 233 241 249 257 260 265 378 509 683 690 855 856 977 996",
    9: "218 251 880 95 963 964 970",
    10: "7 93 992",
    12: "261 62 94 998",
}
RATE_MULTIPLIERS: dict[str, int] = {
    prefix: multiplier
    for multiplier, prefixes in _PREFIXES_BY_MULTIPLIER.items()
    for prefix in prefixes.split()
}
# Countries and satellite networks that no provider delivers to.
UNREACHABLE = frozenset({"247", "290", "688", "850", "870", "881"})
CROWN_DEPENDENCY_MULTIPLIER = 2


def billing_prefix(digits: str, country_code: int) -> str:
    """Return the prefix that decides the rate: `1876` for Jamaica, `33` for France."""
    if country_code == 1 and digits[:4] in RATE_MULTIPLIERS:
        return digits[:4]
    return str(country_code)
