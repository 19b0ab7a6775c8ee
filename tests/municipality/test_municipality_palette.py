"""Brand colours: refused when they cannot be read, and readable in every pair a page shows."""

from heinsberg.portal.foundation import colour
from heinsberg.portal.municipality import palette
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies

import pytest


colours = strategies.tuples(*[strategies.integers(0, 255)] * 3).map(lambda rgb: "#%02x%02x%02x" % rgb)


@pytest.mark.parametrize("value", ["#ffcc00", "#ffffff", "#8a8a8a", "#0af"])
def test_a_colour_below_aa_is_refused_with_the_nearest_that_passes(value):
    with pytest.raises(palette.ContrastError) as caught:
        palette.check_brand(value)
    suggestion = caught.value.suggestion
    assert all(colour.contrast(suggestion, surface) >= 4.5 for surface in palette.LIGHT_SURFACES)
    assert palette.check_brand(suggestion) == suggestion


@pytest.mark.parametrize("value", ["", "red", "#12345", "#gggggg", "url(x)", "#123456;}body{", "expression(1)"])
def test_what_is_no_colour_is_refused(value):
    with pytest.raises(ValueError):
        palette.check_brand(value)


def test_known_ratios():
    assert colour.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colour.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@settings(max_examples=150, deadline=None)
@given(colours)
def test_every_pair_of_a_theme_passes_in_light_and_dark(value):
    brand = colour.nearest_passing(value, palette.LIGHT_SURFACES)
    both = palette.tokens(brand)
    for scheme, surfaces in (("light", palette.LIGHT_SURFACES), ("dark", palette.DARK_SURFACES)):
        tokens = both[scheme]
        for surface in (*surfaces, tokens["--hp-brand-soft"]):
            assert colour.contrast(tokens["--hp-link"], surface) >= 4.5
            assert colour.contrast(tokens["--hp-link-visited"], surface) >= 4.5
        assert colour.contrast(tokens["--hp-on-brand"], tokens["--hp-brand"]) >= 4.5
        assert colour.contrast(tokens["--hp-on-brand"], tokens["--hp-brand-strong"]) >= 4.5
        assert all(colour.contrast(tokens["--hp-focus"], surface) >= 3 for surface in surfaces)


def test_the_stylesheet_holds_nothing_but_tokens():
    css = palette.stylesheet("#004f9f", "#c9a227")
    assert css.count("--hp-brand:") == 3
    assert "<" not in css
