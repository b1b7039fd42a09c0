"""A report as PDF: typst sets it from data alone, tagged, with headings, table heads and texts for drawings."""

import json

import typst

from dashboards.charts.png import fonts
from dashboards.errors import PictureFailed
from dashboards.impact.report import Report, Section

# Everything comes as data: no text of a form is ever read as markup.
SOURCE = b"""#let report = json(bytes(sys.inputs.report))
#set document(title: report.title, date: none)
#set page(paper: "a4", margin: 2cm, numbering: "1 / 1")
#set text(font: "Atkinson Hyperlegible Next", size: 10pt, lang: report.language, number-width: "tabular")
#show heading.where(level: 1): set text(size: 18pt)
#show heading.where(level: 2): set text(size: 13pt)
#show heading.where(level: 2): set block(above: 1.6em, below: 0.8em)
#show table.cell.where(y: 0): set text(weight: "bold")
#heading(level: 1, report.title)
#for notice in report.notices { block(fill: rgb("#fff4d6"), inset: 6pt, radius: 3pt, width: 100%, notice) }
#par(report.lead)
#for section in report.sections {
  heading(level: 2, section.title)
  for line in section.texts { par(line) }
  if section.items.len() > 0 { list(..section.items) }
  if section.drawing != "" { image(bytes(section.drawing), format: "svg", width: 100%, alt: section.alt) }
  if section.head.len() > 0 {
    set text(size: 8pt)
    table(
      columns: section.head.len(),
      align: (x, y) => if x < section.named { left } else { right },
      stroke: (x, y) => (bottom: 0.5pt + rgb("#d9dedb")),
      inset: 4pt,
      table.header(..section.head),
      ..section.rows.flatten()
    )
  }
}
"""


def as_pdf(report: Report) -> bytes:
    """Return a report as a tagged PDF. Raises PictureFailed on any warning."""
    told = {
        "title": report.title,
        "language": report.language,
        "lead": report.lead,
        "notices": report.notices,
        "sections": [section_data(section) for section in report.sections],
    }
    try:
        pdf, warnings = typst.compile_with_warnings(
            SOURCE,
            font_paths=fonts(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards="ua-1",
            sys_inputs={"report": json.dumps(told, ensure_ascii=False)},
        )
    except typst.TypstError as error:
        raise PictureFailed(f"A report was expected to become a PDF, typst said: {error}.") from error
    if warnings or not isinstance(pdf, bytes):
        said = warnings[0] if warnings else "it made several files"
        raise PictureFailed(f"A report was expected to become a PDF without a warning, typst said: {said}.")
    return pdf


def section_data(section: Section) -> dict[str, object]:
    """Return a section as what the page is set from."""
    table = section.table
    return {
        "title": section.title,
        "texts": section.texts,
        "items": section.items,
        "drawing": str(section.drawing),
        "alt": section.alt,
        "head": table.head if table else (),
        "named": table.named if table else 0,
        "rows": [[cell.text for cell in row] for row in table.rows] if table else [],
    }
