"""What a validator of PDF/UA-1 finds wrong in a PDF: outloud, which agrees with veraPDF and needs no Java."""

from pathlib import Path

import outloud


def faults_of(pdf: bytes, folder: Path) -> list[str]:
    """Return the faults by the rules of ISO 14289-1; `folder` is a place for the file that the validator reads."""
    path = folder / "examined.pdf"
    path.write_bytes(pdf)
    found = outloud.check(str(path), layers=["conformance"])
    assert found.error is None, found.error
    assert {row["status"] for row in found.criteria["pdfua1"]} >= {"pass", "not-applicable", "manual"}
    return [f"{each.rule} on page {each.page}: {each.message}" for each in found.sorted_findings()]
