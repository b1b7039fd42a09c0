"""The tables of the fake Statistics Finland, with their words in three languages."""

from collections.abc import Mapping
from typing import Any

from tests.publishers.codes import AGES, AREA_CODES, AREAS, CONTENTS, OCCUPATIONS, SEXES, content_codes, months
from tests.publishers.labour_force_survey import fill_135z
from tests.publishers.made_up import fill_12r5, fill_12ti, fill_12u4
from tests.publishers.table import SUM, Table, Unit, Variable, Words
from tests.publishers.vitality_tables import KEY_FIGURE_FOLDERS, VITALITY_FOLDERS, vitality_tables

FIRST, LAST, STAMP = "2009M01", "2026M08", "2026-09-22T05:00:00Z"


def words(fi: str, sv: str, en: str) -> Words:
    """Put a text in three languages together."""
    return {"fi": fi, "sv": sv, "en": en}


FOLDERS = {
    "StatFin": {
        "tyonv": words("Työnvälitystilasto", "Arbetsförmedlingsstatistik", "Employment service statistics"),
        "tyti": words("Työvoimatutkimus\n", "Arbetskraftsundersökning\n", "Labour force survey\n"),
    }
    | VITALITY_FOLDERS,
    "Kuntien_avainluvut": KEY_FIGURE_FOLDERS,
}
_EMPLOYMENT_SERVICE = words(
    "KEHA-keskus, Työnvälitystilasto",
    "UF-centret, Arbetsförmedlingsstatistik",
    "KEHA Centre, Employment service statistics",
)
_SURVEY = words(
    "Tilastokeskus, työvoimatutkimus",
    "Statistikcentralen, arbetskraftsundersökning",
    "Statistics Finland, labour force survey",
)
_UNITS = {
    "count": words("lkm.", "antal", "number"),
    "percent": words("%", "%", "%"),
    "thousand": words("1000 henkilöä", "1000 personer", "1000 persons"),
}
_TOTAL = words("Yhteensä", "Totalt", "Total")


def _languages(row: Mapping[str, Any]) -> Words:
    return words(row["fi"], row["sv"], row["en"])


def _area() -> Variable:
    labels = {area["code"]: _languages(area) for area in AREAS}
    text = words("Alue", "Område", "Region")
    return Variable("area", "Alue", text, AREA_CODES, "geo", labels, elimination="SSS", map="Alue 2026")


def _month() -> Variable:
    return Variable("month", "timeperiod_m", words("Kuukausi", "Månad", "Month"), months(FIRST, LAST), "time")


def _contents(table: str) -> Variable:
    rows = CONTENTS[table]
    return Variable(
        "content",
        "contentscode",
        words("Tiedot", "Uppgifter", "Information"),
        content_codes(table),
        "metric",
        {row["code"]: _languages(row) for row in rows},
        {row["code"]: Unit(_UNITS[row["unit"]], row["decimals"]) for row in rows},
        {row["code"]: row["comment"] for row in rows if "comment" in row},
    )


def _sex() -> Variable:
    labels = {"SSS": _TOTAL, "1": words("Miehet", "Män", "Males"), "2": words("Naiset", "Kvinnor", "Females")}
    return Variable("sex", "Sukupuoli", words("Sukupuoli", "Kön", "Sex"), SEXES, "", labels, elimination="SSS")


def _age() -> Variable:
    text = words("Ikäryhmät", "Åldersgrupper", "Age groups")
    return Variable("age", "Ikäryhmät", text, AGES, "", {"SSS": _TOTAL}, elimination="SSS")


def _occupation() -> Variable:
    labels = {c: words(f"{c} esimerkkiammatti", f"{c} exempelyrke", f"{c} example occupation") for c in OCCUPATIONS}
    text = words("Ammattiryhmä", "Yrkesgrupp", "Occupational group")
    return Variable("occupation", "Ammattiryhmä", text, OCCUPATIONS, "", labels, elimination=SUM)


def _unemployed_by_group() -> Table:
    title = words(
        "Työttömät työnhakijat eri ryhmissä, palveluissa olevat ja avoimet työpaikat kuukauden lopussa",
        "Arbetslösa arbetssökande i olika grupper, personer i service och lediga arbetsplatser i slutet av månaden",
        "Unemployed jobseekers, persons in services and vacant jobs at the end of the month",
    )
    variables = [_area(), _month(), _contents("12r5")]
    return Table("12r5", "tyonv", title, _EMPLOYMENT_SERVICE, STAMP, variables, fill_12r5)


def _services() -> Table:
    title = words(
        "Palveluissa olevat ja aktivointiaste kuukauden lopussa",
        "Personer i service och aktiveringsgrad i slutet av månaden",
        "Persons in services and activation rate at the end of the month",
    )
    variables = [_month(), _area(), _sex(), _age(), _contents("12u4")]
    return Table("12u4", "tyonv", title, _EMPLOYMENT_SERVICE, STAMP, variables, fill_12u4)


def _by_occupation() -> Table:
    title = words(
        "Työttömät työnhakijat ja avoimet työpaikat ammattiryhmän mukaan kk:n lopussa",
        "Arbetslösa arbetssökande och lediga arbetsplatser efter yrkesgrupp i slutet av månaden",
        "Unemployed jobseekers and vacant jobs by occupational group at the end of the month",
    )
    variables = [_area(), _occupation(), _month(), _contents("12ti")]
    return Table("12ti", "tyonv", title, _EMPLOYMENT_SERVICE, STAMP, variables, fill_12ti)


def _survey() -> Table:
    title = words(
        "Työvoimatutkimuksen tärkeimmät tunnusluvut, niiden kausitasoitetut aikasarjat sekä trendit",
        "Arbetskraftsundersökningens viktigaste nyckeltal, säsongrensade serier och trender",
        "Key indicators of the labour force survey, their seasonally adjusted series and trends",
    )
    return Table("135z", "tyti", title, _SURVEY, STAMP, [_month(), _contents("135z")], fill_135z)


def default_tables() -> dict[str, Table]:
    """Make fresh tables that a test may alter, by table id."""
    tables = (_unemployed_by_group(), _services(), _by_occupation(), _survey(), *vitality_tables())
    return {table.id: table for table in tables}
