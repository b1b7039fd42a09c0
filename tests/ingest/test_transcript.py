"""A transcript says what its copy says: numbers, hidden cells, and nothing where the copy does not tell why."""

import math
from datetime import datetime
from pathlib import Path

import pytest

from ingest.archive import Raw
from ingest.errors import LayoutChanged
from ingest.snapshot.transcript import read_transcript
from ingest.source import load_sources
from tests.ingest.small import ENDED, R5

CONTENTS = {"TYOTOSUUS": "unemployment_rate", "AVPAIKATLOPUSSA": "open_vacancies"}
HEADER = "alue,alue_nimi,kuukausi,tiedot,arvo,lippu\n"


def parse(text: str, folder: Path, source: str = R5) -> list[tuple[object, ...]]:
    """Read a transcript as its source does."""
    path = folder / "copy.csv"
    path.write_text(text, encoding="utf-8")
    frame = load_sources()[source].parse(Raw(path, path.name, "", datetime(2026, 11, 24), "")).frame
    texts = frame.astype({column: str for column in frame.columns if column != "value"})
    return list(texts.itertuples(index=False, name=None))


def test_values_symbols_and_empty_cells_are_told_apart() -> None:
    text = HEADER + "KU305,Kuusamo,2026M08,TYOTOSUUS,11.4,\nKU614,Posio,2026M06,AVPAIKATLOPUSSA,,...\n"
    text += (
        "KU614,Posio,2026M05,AVPAIKATLOPUSSA,,\nSSS,KOKO MAA,2026M08,TYOTOSUUS,12.9,*\nSSS,KOKO MAA,2026M08,MUU,1,\n"
    )
    frame = read_transcript(text.encode(), CONTENTS, "copy.csv", "transcript")
    assert list(frame["status"]) == ["", "suppressed", "missing", "preliminary"]
    assert [None if math.isnan(value) else value for value in frame["value"]] == [11.4, None, None, 12.9]
    assert list(frame["indicator"]) == ["unemployment_rate", "open_vacancies", "open_vacancies", "unemployment_rate"]


def test_a_copy_of_counts_gets_its_rate_computed_and_says_that_we_did_it(tmp_path: Path) -> None:
    text = "alue,kuukausi,tiedot,arvo\n"
    text += "KU305,2006M01,TYOTTOMATLOPUSSA,805\nKU305,2006M01,TYOVOIMATK,6583\nKU305,2006M01,AVPAIKATLOPUSSA,0\n"
    text += "KU614,2006M01,TYOTTOMATLOPUSSA,125\nKU614,2006M01,TYOVOIMATK,1000\nKU614,2006M01,AVPAIKATLOPUSSA,4\n"
    rows = {(row[0], row[1]): row[2:] for row in parse(text, tmp_path)}
    assert rows["unemployment_rate", "305"] == ("2006-01", "", "", 12.2, "", "derived")
    assert rows["unemployment_rate", "614"] == ("2006-01", "", "", 12.5, "", "derived")
    assert rows["unemployed_per_vacancy", "614"] == ("2006-01", "", "", 31.3, "", "derived")
    assert rows["unemployed_per_vacancy", "305"][4] == "not_applicable"
    assert rows["labour_force", "305"] == ("2006-01", "", "", 6583, "", "transcript")


def test_a_ratio_takes_the_reason_of_the_part_that_is_hidden(tmp_path: Path) -> None:
    text = HEADER + "KU614,Posio,2026M06,TYOTTOMATLOPUSSA,100,\nKU614,Posio,2026M06,AVPAIKATLOPUSSA,,...\n"
    (row,) = [row for row in parse(text, tmp_path) if row[0] == "unemployed_per_vacancy"]
    assert row[6] == "suppressed" and math.isnan(float(str(row[5])))


def test_the_ended_table_keeps_its_three_measures(tmp_path: Path) -> None:
    text = "alue,kuukausi,tiedot,arvo\nKU305,2020M08,Avoimet_tyopaikat_kauden_aikana,120\n"
    text += "KU305,2020M08,Uudet_avoimet_tyopaikat_kauden_aikana,60\n"
    assert [row[0] for row in parse(text, tmp_path, ENDED)] == ["vacancies_during_month"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no rows"),
        (HEADER.encode(), "no rows"),
        (b"alue,kuukausi\nKU305,2026M08\n", "arvo"),
        (b"alue,kuukausi,tiedot,arvo\nKU305,2026M08,TYOTOSUUS,abc\n", "abc"),
        (b'alue,kuukausi,tiedot,arvo\nKU305,2026M08,TYOTOSUUS,"11,4"\n', "11,4"),
        (b"alue,kuukausi,tiedot,arvo\nKU305,2026M08,TYOTOSUUS\n", "4 columns"),
        (b"alue,kuukausi,tiedot,arvo\nKU305,2026M08,TYOTOSUUS,inf\n", "inf"),
        (b"alue,kuukausi,tiedot,arvo\nKU305,2026M08,TYOTOSUUS,nan\n", "nan"),
        (HEADER.encode() + b"KU305,Kuusamo,2026M08,TYOTOSUUS,,x\n", "found x"),
        (HEADER.encode() + b"KU305,Kuusamo,2026M08,TYOTOSUUS,11.4,...\n", "no value where"),
        (b"alue,kuukausi,tiedot,arvo\nKU305,\xe4,TYOTOSUUS,11\n", "UTF-8"),
        (b"alue,kuukausi,tiedot,arvo\nKU305,\x00,TYOTOSUUS,11\n", "copy.csv"),
    ],
    ids=lambda each: str(each)[-30:],
)
def test_a_copy_of_another_shape_is_a_changed_layout(content: bytes, words: str) -> None:
    with pytest.raises(LayoutChanged, match=words):
        read_transcript(content, CONTENTS, "copy.csv", "transcript")
