#!/usr/bin/env python3
"""Makes the three bundled fonts from Inter (Debian: fonts-inter; needs python3-fonttools).

Digits are replaced by Inter's tabular forms, because Qt before 6.7 cannot switch font features on; the repertoire is
cut to Latin, Greek, Cyrillic, punctuation, arrows and mathematics (other scripts come from the system's fonts).
A changed font gets a name of its own: the family is "Smidgen Sans".
Usage: make_fonts.py [FOLDER WITH Inter-*.otf]
"""
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

RANGES = [(0x20, 0x7E), (0xA0, 0x24F), (0x2B0, 0x2FF), (0x370, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1EFF),
          (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2190, 0x21FF),
          (0x2200, 0x22FF), (0x2300, 0x23FF), (0x2500, 0x25FF), (0x2600, 0x2605)]
WEIGHTS = {"Regular": ("Regular", 400), "Medium": ("Medium", 500), "SemiBold": ("SemiBold", 600)}
FAMILY = "Smidgen Sans"


def use_tabular_digits(font):
    table = font["GSUB"].table
    lookups = {index for record in table.FeatureList.FeatureRecord if record.FeatureTag == "tnum"
               for index in record.Feature.LookupListIndex}
    mapping = {}
    for index in lookups:
        for sub in table.LookupList.Lookup[index].SubTable:
            mapping.update(getattr(sub, "ExtSubTable", sub).mapping)
    changed = 0
    for cmap in font["cmap"].tables:
        for code, glyph in list(cmap.cmap.items()):
            if glyph in mapping and (0x30 <= code <= 0x39 or code in (0x2B, 0x2D, 0x2E, 0x3A, 0x2212, 0x2C)):
                if 0x30 <= code <= 0x39:
                    cmap.cmap[code] = mapping[glyph]
                    changed += 1
    assert changed >= 10, "no tabular digits found"


def rename(font, style, weight):
    names = font["name"]
    full = f"{FAMILY} {style}"
    postscript = full.replace(" ", "")
    linked = style == "Regular"
    texts = {1: FAMILY if linked else full, 2: "Regular", 3: f"{postscript};from Inter 3.019", 4: full,
             6: postscript, 16: FAMILY, 17: style}
    for record in list(names.names):
        if record.nameID in texts or record.nameID in (18, 21, 22, 25):
            names.removeNames(nameID=record.nameID)
    for name_id, text in texts.items():
        names.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames[0] = postscript
        top = cff.topDictIndex[0]
        top.FullName, top.FamilyName, top.Weight = full, FAMILY, style


def main():
    source = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts/opentype/inter")
    target = Path(__file__).parent
    for name, (style, weight) in WEIGHTS.items():
        font = TTFont(source / f"Inter-{name}.otf")
        use_tabular_digits(font)
        options = subset.Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl", "case"],
                                 name_IDs=["*"], name_languages=["*"], notdef_outline=True)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=[code for low, high in RANGES for code in range(low, high + 1)])
        subsetter.subset(font)
        rename(font, style, weight)
        font.save(target / f"SmidgenSans-{name}.otf")


main()
