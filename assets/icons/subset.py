"""Cuts Phosphor's icon fonts (MIT) down to the glyphs the window uses, makes the
tabular-figure companion of the text font, and writes src/ui/icons.rs.

Usage: python3 assets/icons/subset.py PHOSPHOR_WEB_DIR
  PHOSPHOR_WEB_DIR  the unpacked npm package @phosphor-icons/web 2.1.2
Needs fonttools 4.68.
"""

import re
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

REGULAR = """arrow-clockwise arrow-counter-clockwise arrow-left books caret-down caret-right
caret-up check clock copy dice-five export folder folder-plus gear-six headphones heart image info
list-plus magnifying-glass microphone-stage moon-stars music-notes notebook path pencil-simple
playlist plus prohibit queue repeat repeat-once shuffle sliders-horizontal smiley sparkle
speaker-high speaker-low speaker-slash star thumbs-down thumbs-up trash tray-arrow-down user
vinyl-record warning-circle waveform x""".split()
FILL = """books circle cloud-rain fire folder gear-six heart leaf lightning music-note notebook
pause play playlist skip-back skip-forward star sun thumbs-down thumbs-up user vinyl-record
warning-circle""".split()

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def codes(css):
    pairs = re.findall(r"\.ph(?:-fill)?\.ph-([a-z0-9-]+):before \{\s*content: \"\\([0-9a-f]+)\"", css)
    return {name: int(code, 16) for name, code in pairs}


def cut(source, target, unicodes, features):
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=unicodes)
    cutter.subset(font)
    return font


def icons(web):
    lines = [
        "//! The icon set: Phosphor (MIT), cut down by `assets/icons/subset.py`, which also writes",
        "//! this file.",
        "",
        "/// One icon of the set.",
        "#[derive(Debug, Clone, Copy, PartialEq, Eq)]",
        "pub struct Icon {",
        "    /// Its character in the icon font.",
        "    pub glyph: &'static str,",
        "    /// Whether it is in the font of filled icons.",
        "    pub filled: bool,",
        "}",
        "",
        "const fn icon(glyph: &'static str, filled: bool) -> Icon {",
        "    Icon { glyph, filled }",
        "}",
        "",
    ]
    for style, names in (("regular", REGULAR), ("fill", FILL)):
        known = codes((web / "src" / style / "style.css").read_text())
        file = "Phosphor.ttf" if style == "regular" else "Phosphor-Fill.ttf"
        font = cut(web / "src" / style / file, None, [known[n] for n in names], [])
        font.save(HERE / file)
        for name in sorted(set(names)):
            constant = name.upper().replace("-", "_") + ("_FILL" if style == "fill" else "")
            lines.append(f"/// {name}{', filled' if style == 'fill' else ''}")
            filled = str(style == "fill").lower()
            lines.append(f'pub const {constant}: Icon = icon("\\u{{{known[name]:x}}}", {filled});')
    (ROOT / "src/ui/icons.rs").write_text("\n".join(lines) + "\n")


def tabular():
    """Digits of one width for tables: the font's own `tnum` glyphs under plain code points.
    A changed font may not carry the reserved name, so it gets its own."""
    source = ROOT / "assets/fonts/Pretendard-Regular.ttf"
    characters = "0123456789"
    font = cut(source, None, [ord(c) for c in characters], ["tnum"])
    cmap = font.getBestCmap()
    swap = {}
    for record in font["GSUB"].table.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for lookup in record.Feature.LookupListIndex:
                for table in font["GSUB"].table.LookupList.Lookup[lookup].SubTable:
                    swap.update(getattr(table, "ExtSubTable", table).mapping)
    for table in font["cmap"].tables:
        for code, glyph in table.cmap.items():
            table.cmap[code] = swap.get(glyph, glyph)
    assert len({font["hmtx"][font.getBestCmap()[ord(c)]][0] for c in characters}) == 1, cmap
    del font["GSUB"]
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6):
            record.string = "MaeumTabular"
    font.save(ROOT / "assets/fonts/MaeumTabular.ttf")


if __name__ == "__main__":
    icons(Path(sys.argv[1]))
    tabular()
