"""What a text message to each country costs, as a multiple of one to the UK."""

from __future__ import annotations

# That of 44 is for the crown dependencies.
_PREFIXES_BY_MULTIPLIER = {
    1: "1 239 264 299 389 423 48 506 66 686 82 853 86 90",
    2: (
        "1684 1721 246 298 30 33 34 350 351 352 353 354 356 357 358 36 370 371"
        " 372 373 385 39 40 41 420 421 43 44 45 46 47 503 53 55 56 57 58 598 61"
        " 64 65 672 673 677 680 681 691 692 81 852 886 91"
    ),
    3: (
        "1242 1809 1829 1849 244 254 262 266 267 27 291 297 31 32 355 376 387"
        " 500 52 54 595 687 689 971 973"
    ),
    4: (
        "220 226 230 248 253 258 359 377 382 386 505 507 508 590 591 593 594"
        " 596 676 678 682 84 968 995"
    ),
    5: (
        "1268 1284 232 237 238 243 252 263 374 380 383 49 501 502 504 51 63 670"
        " 679 685 966"
    ),
    6: (
        "1264 1345 1473 1649 1664 1869 212 213 222 224 231 235 240 375 592 597"
        " 674 675 960 967 972 974 98"
    ),
    7: (
        "1246 1441 1758 1767 1784 1868 1876 20 221 223 228 229 236 242 255 256"
        " 268 269 381 599 60 965 976 993"
    ),
    8: (
        "211 227 233 234 241 245 249 250 257 260 265 378 509 683 690 855 856"
        " 962 977 996"
    ),
    9: "216 218 251 880 95 961 963 964 970 994",
    10: "225 7 93 975 992",
    12: "261 62 92 94 998",
}
RATE_MULTIPLIERS: dict[str, int] = {
    prefix: multiplier
    for multiplier, prefixes in _PREFIXES_BY_MULTIPLIER.items()
    for prefix in prefixes.split()
}
# Where networks replace a sender's name, so that only a number arrives.
_NUMERIC_SENDER = (
    "1 27 32 36 51 52 53 54 55 56 57 58 60 64 81 82 86 98 218 350 359 373 377 502 507 590"
    " 593 598 855 856 886 961 963 976 977 1242 1246 1664 1684 1809 1829 1849"
)
NUMERIC_SENDER = frozenset(_NUMERIC_SENDER.split())


def billing_prefix(digits: str, country_code: int) -> str:
    """Return the prefix that decides the rate: `1876` for Jamaica, `33` for France."""
    if country_code == 1 and digits[:4] in RATE_MULTIPLIERS:
        return digits[:4]
    return str(country_code)


def is_reachable(country_code: int) -> bool:
    """Say whether a provider delivers to a country at all."""
    return str(country_code) in RATE_MULTIPLIERS
