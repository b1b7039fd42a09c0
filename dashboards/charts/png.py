"""A picture as PNG: typst draws the SVG with the fonts of the project alone, without a browser."""

import math
import re
from functools import cache, lru_cache
from pathlib import Path

import typst

from dashboards.errors import PictureFailed

FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"
SOURCE = b"""#let width = int(sys.inputs.width) * 1pt
#let height = int(sys.inputs.height) * 1pt
#set page(width: width, height: height, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg", width: width, height: height, fit: "stretch")
"""
SIZE = re.compile(r'width="(\d+)" height="(\d+)" viewBox="0 0 \d+ \d+"')
POINTS_PER_INCH = 72
KEPT = 64


@cache
def fonts() -> typst.Fonts:
    """Return our fonts and no others."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def fitted(svg: str, width: int) -> tuple[str, int]:
    """Return a picture whose height is whole pixels at a width, and that height.

    A picture of any part of a pixel is drawn once more from its own pixels, and thin strokes of letters fall out.
    """
    found = SIZE.search(svg)
    if found is None:
        raise PictureFailed("A picture was expected to begin with its size and view box, it does not.")
    natural, high = int(found[1]), int(found[2])
    height = math.ceil(high * width / natural)
    size = f'width="{width}" height="{height}" viewBox="0 0 {natural} {height * natural / width:.6f}"'
    return SIZE.sub(size, svg, count=1), height


@lru_cache(maxsize=KEPT)
def png_of(svg: str, width: int) -> bytes:
    """Return a picture as PNG of `width` pixels. Raises PictureFailed on any warning."""
    drawing, height = fitted(svg, width)
    try:
        png, warnings = typst.compile_with_warnings(
            SOURCE,
            font_paths=fonts(),
            ignore_system_fonts=True,
            format="png",
            ppi=POINTS_PER_INCH,
            sys_inputs={"svg": drawing, "width": str(width), "height": str(height)},
        )
    except typst.TypstError as error:
        raise PictureFailed(f"A chart was expected to become a picture, typst said: {error}.") from error
    if warnings or not isinstance(png, bytes):
        said = warnings[0] if warnings else "it made several pages"
        raise PictureFailed(f"A chart was expected to become a picture without a warning, typst said: {said}.")
    return png
