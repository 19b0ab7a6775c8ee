"""From one brand colour to the tokens of a theme, light and dark.

Pure. The stylesheets take all brand colour from these custom properties.
"""

from heinsberg.portal import _
from heinsberg.portal.foundation import colour
from heinsberg.portal.foundation.errors import PortalError


#: What text in brand colour stands on: page and raised or tinted areas.
LIGHT_SURFACES = ("#ffffff", "#f3f4f7")
DARK_SURFACES = ("#101219", "#1a1d28")
AA = 4.5


class ContrastError(PortalError):
    """A colour that cannot be read; ``suggestion`` is the nearest one that can."""

    def __init__(self, value: str, suggestion: str) -> None:
        self.suggestion = suggestion
        super().__init__(
            _(
                "contrast_too_low",
                default="The colour ${value} cannot be read on a white page (WCAG AA asks for a contrast of 4.5). "
                "The nearest colour that passes is ${suggestion}.",
                mapping={"value": value, "suggestion": suggestion},
            )
        )


def check_brand(value: str) -> str:
    """Return the brand colour as ``#rrggbb``; ContrastError below AA, ValueError if no colour."""
    wanted = colour.to_hex(colour.parse(value))
    nearest = colour.nearest_passing(wanted, LIGHT_SURFACES, AA)
    if nearest != wanted:
        raise ContrastError(wanted, nearest)
    return wanted


def tokens(brand: str, accent: str | None = None) -> dict[str, dict[str, str]]:
    """Return ``{"light": {token: colour}, "dark": {…}}``; every text pair passes AA."""
    return {
        "light": _scheme(brand, accent, LIGHT_SURFACES, dark=False),
        "dark": _scheme(brand, accent, DARK_SURFACES, dark=True),
    }


def _scheme(brand: str, accent: str | None, surfaces: tuple[str, ...], dark: bool) -> dict[str, str]:
    soft = colour.mix(brand, 0.25 if dark else 0.07, surfaces[0])
    readable = (*surfaces, soft)
    lightness = colour.oklab(brand)[0]
    start = colour.with_lightness(brand, max(0.76, lightness), 0.8) if dark else brand
    main = colour.nearest_passing(start, readable, AA)
    on_brand = "#0b0b0f" if dark else "#ffffff"
    strong = colour.with_lightness(main, colour.oklab(main)[0] + (0.08 if dark else -0.1))
    visited = colour.nearest_passing("#c4a3f5" if dark else "#5a2d91", readable, AA)
    return {
        "--hp-brand": main,
        "--hp-on-brand": colour.nearest_passing(on_brand, (main, strong), AA),
        "--hp-brand-strong": strong,
        "--hp-brand-soft": soft,
        "--hp-link": main,
        "--hp-link-visited": visited,
        "--hp-focus": colour.nearest_passing(main, surfaces, 3.0),
        "--hp-accent": accent or main,
    }


def stylesheet(brand: str, accent: str | None = None) -> str:
    """Return the CSS that sets the tokens for light, dark and a chosen scheme."""
    both = tokens(brand, accent)

    def block(name: str) -> str:
        return "".join(f"{key}:{value};" for key, value in both[name].items())

    return (
        f":root{{{block('light')}}}"
        f"@media (prefers-color-scheme:dark){{:root:not([data-kern-theme=light]){{{block('dark')}}}}}"
        f":root[data-kern-theme=dark]{{{block('dark')}}}"
    )
