"""Colour arithmetic: contrast as WCAG 2.2 defines it, lightness in OKLab.

Pure standard library. Colours are ``#rrggbb`` strings.
Source: WCAG 2.2 (relative luminance, contrast ratio); Ottosson 2020 (OKLab).
"""

import re


HEX = re.compile(r"^#(?:[0-9a-f]{3}|[0-9a-f]{6})$")


def parse(value: str) -> tuple[float, float, float]:
    """Return sRGB channels 0..1 of ``#rgb`` or ``#rrggbb``; ValueError otherwise."""
    text = value.strip().lower()
    if not HEX.match(text):
        raise ValueError(f"not a colour of the form #rrggbb: {value!r}")
    digits = text[1:]
    if len(digits) == 3:
        digits = "".join(c * 2 for c in digits)
    return tuple(int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))


def to_hex(rgb: tuple[float, float, float]) -> str:
    """Return ``#rrggbb`` of sRGB channels, clipped to the gamut."""
    return "#" + "".join(f"{round(min(1, max(0, c)) * 255):02x}" for c in rgb)


def _linear(c: float) -> float:
    return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4


def _gamma(c: float) -> float:
    c = max(0.0, c)
    return c * 12.92 if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055


def luminance(value: str) -> float:
    """Return the relative luminance, 0 (black) to 1 (white)."""
    r, g, b = (_linear(c) for c in parse(value))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def oklab(value: str) -> tuple[float, float, float]:
    """Return (lightness 0..1, a, b) of a colour."""
    r, g, b = (_linear(c) for c in parse(value))
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def from_oklab(lightness: float, a: float, b: float) -> str:
    """Return the colour nearest to an OKLab value, clipped to sRGB."""
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return to_hex(
        (
            _gamma(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
            _gamma(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
            _gamma(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
        )
    )


def with_lightness(value: str, lightness: float, chroma: float = 1.0) -> str:
    """Return the same hue at another lightness, its chroma scaled."""
    _, a, b = oklab(value)
    return from_oklab(lightness, a * chroma, b * chroma)


def mix(value: str, share: float, ground: str) -> str:
    """Return a ground tinted with a share (0..1) of a colour, channel by channel."""
    pairs = zip(parse(value), parse(ground), strict=True)
    return to_hex(tuple(share * top + (1 - share) * bottom for top, bottom in pairs))


def nearest_passing(value: str, surfaces: tuple[str, ...], ratio: float = 4.5) -> str:
    """Return the colour nearest in lightness that has the ratio on every surface.

    Searches darker and lighter shades of the same hue in steps of half a
    per cent; black or white is the last resort.
    """
    if _passes(value, surfaces, ratio):
        return to_hex(parse(value))
    start = oklab(value)[0]
    for step in range(1, 201):
        for lightness in (start - step / 200, start + step / 200):
            if not 0 <= lightness <= 1:
                continue
            candidate = with_lightness(value, lightness)
            if _passes(candidate, surfaces, ratio):
                return candidate
    return max(("#000000", "#ffffff"), key=lambda c: min(contrast(c, s) for s in surfaces))


def _passes(value: str, surfaces: tuple[str, ...], ratio: float) -> bool:
    return all(contrast(value, surface) >= ratio for surface in surfaces)
