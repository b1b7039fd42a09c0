"""Keep of the woff2 files that pages use only the weights that pages use, and make of them the two TTF files that
pictures are set in: `python tools/make_fonts.py`.

Needs fontTools and brotli (`pip install fonttools brotli`). The results are in the repository; run it again only when
the publisher's woff2 files change. The same input gives the same bytes, and so does what is cut already.
"""

import os
import sys
import tempfile
from pathlib import Path

from fontTools import merge
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FOLDER = Path(__file__).resolve().parent.parent / "assets" / "fonts"
FAMILY = "Atkinson Hyperlegible Next"
STYLES = {"Regular": 400, "Bold": 700}
PARTS = ("latin", "latin-ext")
WEIGHTS = (min(STYLES.values()), min(STYLES.values()), max(STYLES.values()))
"""The least, the usual and the greatest weight that is kept: a third of a file is for others."""
NAMES = {"family": 1, "style": 2, "unique": 3, "full": 4, "postscript": 6}


def cut(part: str) -> Path:
    """Keep the weights that pages use of one part of the typeface, and return its path."""
    path = path_of(part)
    font = instancer.instantiateVariableFont(TTFont(path, recalcTimestamp=False), {"wght": WEIGHTS})
    font.save(path)
    return path


def make(style: str, weight: int, work: Path) -> Path:
    """Write one weight of the typeface, both parts together, and return its path."""
    parts = []
    for part in PARTS:
        font = instancer.instantiateVariableFont(TTFont(path_of(part)), {"wght": weight})
        font.flavor = None
        parts.append(work / f"{part}.ttf")
        font.save(parts[-1])
    font = merge.Merger().merge([str(path) for path in parts])
    name_it(font, style, weight)
    path = FOLDER / f"{file_name()}-{style.lower()}.ttf"
    font.save(path)
    return path


def path_of(part: str) -> Path:
    """Return where one part of the typeface is."""
    return FOLDER / f"{file_name()}-{part}.woff2"


def file_name() -> str:
    """Return how the family's files are named."""
    return FAMILY.lower().replace(" ", "-")


def name_it(font: TTFont, style: str, weight: int) -> None:
    """Give a font its family and style, as regular and bold of one family."""
    texts = {
        "family": FAMILY,
        "style": style,
        "unique": f"{FAMILY} {style}",
        "full": f"{FAMILY} {style}",
        "postscript": f"{FAMILY.replace(' ', '')}-{style}",
    }
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in (0, 13, 14)]
    for key, text in texts.items():
        table.setName(text, NAMES[key], 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = 1 << 5 if style == "Bold" else 1 << 6
    font["head"].macStyle = int(style == "Bold")


def main() -> int:
    """Write all files and print their sizes."""
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    paths = [cut(part) for part in PARTS]
    with tempfile.TemporaryDirectory() as work:
        paths += [make(style, weight, Path(work)) for style, weight in STYLES.items()]
    for path in paths:
        print(f"{path.name}: {path.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
