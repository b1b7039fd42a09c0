"""A picture as PNG: typst draws the SVG with the fonts of the project alone, without a browser."""

from functools import cache, lru_cache
from pathlib import Path

import typst

from dashboards.errors import PictureFailed

FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"
SOURCE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1pt)
"""
POINTS_PER_INCH = 72
KEPT = 64


@cache
def fonts() -> typst.Fonts:
    """Return our fonts and no others."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


@lru_cache(maxsize=KEPT)
def png_of(svg: str, natural: int, width: int) -> bytes:
    """Return a picture of `natural` units' width as PNG of `width` pixels. Raises PictureFailed on any warning."""
    try:
        png, warnings = typst.compile_with_warnings(
            SOURCE,
            font_paths=fonts(),
            ignore_system_fonts=True,
            format="png",
            ppi=POINTS_PER_INCH * width / natural,
            sys_inputs={"svg": svg, "width": str(natural)},
        )
    except typst.TypstError as error:
        raise PictureFailed(f"A chart was expected to become a picture, typst said: {error}.") from error
    if warnings or not isinstance(png, bytes):
        said = warnings[0] if warnings else "it made several pages"
        raise PictureFailed(f"A chart was expected to become a picture without a warning, typst said: {said}.")
    return png
