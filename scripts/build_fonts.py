#!/usr/bin/env python3
"""Subset Fira Sans as KERN ships it: themes/base/fonts/*.woff2 and the figures for 10-fonts.css.

    scripts/build_fonts.py /path/to/node_modules/@kern-ux/native [fallback-regular.ttf fallback-bold.ttf]

Needs fonttools and brotli (only here, never at run time). Two files a weight:
latin (what German, English and Dutch need) and latin-ext (names of residents in
other languages), loaded only when a character of theirs is on the page.
"""
import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

TARGET = pathlib.Path(__file__).resolve().parent.parent / "themes" / "base" / "fonts"
LATIN = "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-200B,U+2010-2027,U+202F-203A,U+2044,U+20AC,U+2122,U+2190-2193,U+2212,U+2215"
EXT = "U+0100-0130,U+0132-0151,U+0154-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0323,U+0329,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113"
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "calt", "tnum", "lnum", "pnum"]
SAMPLE = ("Beantragen Sie Ihren Personalausweis online oder im Rathaus. Die Gebühr beträgt 37,00 Euro. "
          "Grundstücksverkehrsgenehmigung, Führungszeugnis, Meldebescheinigung, Öffnungszeiten: Montag bis Freitag. ")


def make(source, name, ranges):
    options = subset.Options()
    options.flavor, options.hinting, options.desubroutinize = "woff2", False, True
    options.layout_features, options.name_IDs = FEATURES, [0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 16, 17]
    options.notdef_outline = True
    options.drop_tables += ["DSIG", "STAT", "meta"]
    font = subset.load_font(str(source), options)
    tool = subset.Subsetter(options)
    tool.populate(unicodes=subset.parse_unicodes(ranges.replace("U+", "")))
    tool.subset(font)
    subset.save_font(font, str(TARGET / name), options)
    print(name, (TARGET / name).stat().st_size)


def width(font):
    cmap, advance, upm = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    return sum(advance[cmap[ord(c)]][0] for c in SAMPLE) / len(SAMPLE) / upm


def main(package, *fallbacks):
    source = pathlib.Path(package) / "dist" / "fonts" / "fira-sans"
    for weight, fallback in zip(("Regular", "SemiBold"), fallbacks or (None, None)):
        make(source / f"FiraSans-{weight}.woff2", f"fira-sans-{weight.lower()}-latin.woff2", LATIN)
        make(source / f"FiraSans-{weight}.woff2", f"fira-sans-{weight.lower()}-latin-ext.woff2", EXT)
        if fallback:
            font = TTFont(source / f"FiraSans-{weight}.woff2")
            ratio = width(font) / width(TTFont(fallback))
            upm, hhea = font["head"].unitsPerEm, font["hhea"]
            print(f"{weight}: size-adjust {ratio:.2%} ascent-override {hhea.ascent / upm / ratio:.2%} "
                  f"descent-override {-hhea.descent / upm / ratio:.2%}")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 4):
        sys.exit(__doc__)
    main(*sys.argv[1:])
