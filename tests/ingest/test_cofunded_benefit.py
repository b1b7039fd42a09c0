"""Kela's files on the co-funded benefit: which figures are kept, what is missing, what is no place, what stops it."""

from pathlib import Path

import pandas as pd
import pytest

from ingest.archive import open_file
from ingest.errors import LayoutChanged
from ingest.source import Parsed, load_sources
from queries.catalogue import load_catalogue
from queries.settings import NOTHING_BY_HAND, ByHand
from tests.ingest.small import BENEFIT, BENEFIT_AREA, BENEFIT_COUNTRY, SUBSIDY, SUBSIDY_COUNTRY

OLD = (
    "aikatyyppi,kuukausi_nro,vuosikuukausi,vuosi,kunta_nro,kunta_nimi,ikaryhma,sukupuoli,tyomarkkinatukipaiva_luokka,"
    "saaja_lkm,korvattu_paiva_lkm,maksettu_eur,kunta_osuus_eur"
)
NEW = (
    "aikatyyppi,kuukausi_nro,vuosikuukausi,vuosi,kunta_nro,kunta_nimi,etuus,kertymapaiva_luokka,"
    "saaja_lkm,korvattu_paiva_lkm,maksettu_eur,kunta_osuus_eur"
)
KUUSAMO = "305,Kuusamo"


def old(group: str, figures: str, month: str = "202401", area: str = KUUSAMO, kind: str = "Kuukausi") -> str:
    return f"{kind},{int(month[4:])},{month},{month[:4]},{area},{group},{figures}"


def parsed(
    folder: Path, source: str, header: str, *rows: str, by_hand: ByHand = NOTHING_BY_HAND, name: str = "data.csv"
) -> Parsed:
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return load_sources()[source].parse(open_file(path), by_hand)


def figure(frame: pd.DataFrame, indicator: str, area: str = "305", period: str = "2024-01", **group: str) -> object:
    """Return value, status and origin of one figure; () when there is none."""
    ((dimension, category),) = group.items() or (("", ""),)
    rows = frame[
        (frame["indicator"] == indicator)
        & (frame["area"] == area)
        & (frame["period"] == period)
        & (frame["dimension"] == dimension)
        & (frame["category"] == category)
    ]
    if rows.empty:
        return ()
    value = rows["value"].iloc[0]
    return (None if value != value else value, rows["status"].iloc[0], rows["origin"].iloc[0])


@pytest.fixture
def kuusamo(tmp_path: Path) -> pd.DataFrame:
    """Two ages and sexes, three classes and their total, in which one person of two classes stands once."""
    rows = []
    for age in ("25-29", "55-59"):
        for sex in ("Mies", "Nainen"):
            rows += [
                old(f"{age},{sex},300-499", "3,30,1000.10,500.05"),
                old(f"{age},{sex},500-999", "2,20,800.20,400.10"),
                old(f"{age},{sex},1000 tai yli", "2,-4,-100.30,-70.21"),
                old(f"{age},{sex},Yhteensä", "6,46,1700.00,829.94"),
                old(f"{age},{sex},Yhteensä", "9,99,9999.00,999.00", kind="Vuosi"),
                old(f"{age},{sex},Yhteensä", "9,99,9999.00,999.00", kind="Vuosikertymä"),
                old(f"{age},{sex},Yhteensä", "7,70,7000.00,3500.00", month="201312", kind="Vuosi"),
            ]
    return parsed(tmp_path, SUBSIDY, OLD, *rows).frame


def test_a_total_of_persons_is_counted_over_ages_and_sexes_inside_the_class_of_all(kuusamo: pd.DataFrame) -> None:
    assert figure(kuusamo, "cofunded_subsidy_recipients") == (24, "", "derived")
    assert figure(kuusamo, "cofunded_subsidy_recipients", age="25-29") == (12, "", "derived")
    assert figure(kuusamo, "cofunded_subsidy_recipients", sex="2") == (12, "", "derived")


def test_persons_of_a_day_class_stand_for_themselves_and_classes_are_never_added(kuusamo: pd.DataFrame) -> None:
    classes = [figure(kuusamo, "cofunded_subsidy_recipients", day_class=c) for c in ("300-499", "500-999", "1000-")]
    assert classes == [(12, "", "derived"), (8, "", "derived"), (8, "", "derived")]
    assert kuusamo.loc[kuusamo["category"] == "total"].empty


def test_euros_and_days_add_up_with_recoveries(kuusamo: pd.DataFrame) -> None:
    assert figure(kuusamo, "cofunded_subsidy_paid_eur") == (6800.00, "", "derived")
    assert figure(kuusamo, "cofunded_subsidy_municipal_eur") == (3319.76, "", "derived")
    assert figure(kuusamo, "cofunded_subsidy_days", day_class="1000-") == (-16, "", "derived")
    assert figure(kuusamo, "cofunded_subsidy_municipal_eur", day_class="1000-") == (-280.84, "", "derived")


def test_months_years_and_the_year_to_date_are_never_mixed(kuusamo: pd.DataFrame) -> None:
    assert set(kuusamo["period"].astype(str)) == {"2024-01", "2013"}
    assert figure(kuusamo, "cofunded_subsidy_recipients", period="2013") == (28, "", "derived")


def test_an_empty_cell_is_missing_and_so_is_a_sum_with_it(tmp_path: Path) -> None:
    frame = parsed(
        tmp_path,
        SUBSIDY,
        OLD,
        old("25-29,Mies,Yhteensä", "6,46,,829.94"),
        old("55-59,Mies,Yhteensä", "0,-12,-446.52,-223.26"),
    ).frame
    assert figure(frame, "cofunded_subsidy_paid_eur") == (None, "missing", "derived")
    assert figure(frame, "cofunded_subsidy_paid_eur", age="55-59") == (-446.52, "", "derived")
    assert figure(frame, "cofunded_subsidy_recipients", age="55-59") == (0, "", "derived")
    assert figure(frame, "cofunded_subsidy_municipal_eur") == (606.68, "", "derived")


def test_what_is_no_place_any_more_is_none(tmp_path: Path) -> None:
    group, figures = "25-29,Mies,Yhteensä", "6,46,1.0,829.94"
    held = parsed(
        tmp_path,
        SUBSIDY,
        OLD,
        old(group, figures, area="199,Tuntematon"),
        old(group, figures, area="004,004", month="200612", kind="Vuosi"),
        old(group, figures, area="476,Maaninka", month="201412", kind="Vuosi"),
        old(group, figures, area="998,Uusikunta", month="202701"),
        old(group, figures, area="5,Alajärvi"),
        old(group, figures, area="000,Koko maa"),
    )
    assert held.no_places == {"199", "004", "476"}
    assert set(held.frame["area"].astype(str)) == {"199", "004", "476", "998", "005"}
    assert dict(held.areas)["998"] == "Uusikunta"


def test_the_label_of_a_class_comes_from_a_table_and_1000_is_1000_or_more(tmp_path: Path) -> None:
    frame = parsed(
        tmp_path, SUBSIDY, OLD, old("25-29,Mies,1000", "6,46,1.0,0.5"), old("25-29,Mies,YHTEENSÄ", "6,46,1.0,0.5")
    ).frame
    assert figure(frame, "cofunded_subsidy_days", day_class="1000-") == (46, "", "derived")


# --- the model of 2025, whose columns are a guess ---------------------------------------------------------------------


def new(benefit: str, day_class: str, figures: str, month: str = "202605", area: str = KUUSAMO) -> str:
    return f"Kuukausi,{int(month[4:])},{month},{month[:4]},{area},{benefit},{day_class},{figures}"


def test_without_a_row_of_all_benefits_there_is_no_total_of_persons_but_one_of_euros(tmp_path: Path) -> None:
    frame = parsed(
        tmp_path,
        BENEFIT,
        NEW,
        new("Yleistuki", "101-200", "5,50,1000.00,100.00"),
        new("Yleistuki", "Yhteensä", "5,50,1000.00,100.00"),
        new("Ansiopäiväraha", "101-200", "4,40,800.00,80.00"),
        new("Ansiopäiväraha", "Yhteensä", "4,40,800.00,80.00"),
    ).frame
    at = {"period": "2026-05"}
    assert figure(frame, "cofunded_benefit_recipients", **at) == ()
    assert figure(frame, "cofunded_benefit_recipients", **at, day_class="101-200") == ()
    assert figure(frame, "cofunded_benefit_recipients", **at, benefit="general_social_security_benefit") == (
        5,
        "",
        "published",
    )
    assert figure(frame, "cofunded_benefit_municipal_eur", **at) == (180, "", "derived")
    pair = {"benefit,day_class": "earnings_related_allowance,101-200"}
    assert figure(frame, "cofunded_benefit_recipients", **at, **pair) == (4, "", "published")


def test_with_a_row_of_all_benefits_the_total_is_the_publishers(tmp_path: Path) -> None:
    rows = [
        new(benefit, "Yhteensä", figures)
        for benefit, figures in (("Yleistuki", "5,50,1000.00,100.00"), ("Yhteensä", "4,50,1000.00,100.00"))
    ]
    frame = parsed(tmp_path, BENEFIT, NEW, *rows).frame
    assert figure(frame, "cofunded_benefit_recipients", period="2026-05") == (4, "", "published")


def test_the_whole_country_is_read_from_its_own_file(tmp_path: Path) -> None:
    header = NEW.replace("kunta_nro,kunta_nimi,", "")
    row = new("Yhteensä", "Yhteensä", "4,50,1000.00,100.00").replace(f"{KUUSAMO},", "")
    frame = parsed(tmp_path, BENEFIT_COUNTRY, header, row).frame
    assert figure(frame, "cofunded_benefit_recipients", "SSS", "2026-05") == (4, "", "published")


@pytest.mark.parametrize(
    ("area", "code"),
    [
        ("10,Kainuu-Koillismaa", "TA10"),
        ("7,Kainuu-Koillismaan työllisyysalue", None),
        ("x,Kainuu-Koillismaa työllisyysalue", "TA10"),
        ("99,KAINUU-KOILLISMAA", "TA10"),
        ("199,Tuntematon", "199"),
        (",Tieto puuttuu", "199"),
    ],
)
def test_an_employment_area_is_known_by_its_name(tmp_path: Path, area: str, code: str | None) -> None:
    header = NEW.replace("kunta_nro,kunta_nimi", "tyollisyysalue_nro,tyollisyysalue_nimi")
    row = new("Yleistuki", "Yhteensä", "5,50,1000.00,100.00", area=area)
    if code is None:
        with pytest.raises(LayoutChanged, match="työllisyysalue"):
            parsed(tmp_path, BENEFIT_AREA, header, row)
        by_hand = ByHand(labels={"Kainuu-Koillismaan työllisyysalue": "TA10"})
        code = "TA10"
    else:
        by_hand = NOTHING_BY_HAND
    frame = parsed(tmp_path, BENEFIT_AREA, header, row, by_hand=by_hand).frame
    assert set(frame["area"].astype(str)) == {code}


def test_where_all_names_agree_with_the_numbers_a_further_number_is_trusted(tmp_path: Path) -> None:
    header = NEW.replace("kunta_nro,kunta_nimi", "tyollisyysalue_nro,tyollisyysalue_nimi")
    named = ("01,Espoo-Kauniainen", "02,Etelä-Häme", "10,Kainuu-Koillismaa", "24,Oulun seutu", "17,Kuopio")
    rows = [new("Yleistuki", "Yhteensä", "5,50,1.0,1.0", area=area) for area in (*named, "28,Lappi uudella nimellä")]
    assert "TA28" in set(parsed(tmp_path, BENEFIT_AREA, header, *rows).frame["area"].astype(str))
    with pytest.raises(LayoutChanged, match="uudella nimellä"):
        parsed(tmp_path, BENEFIT_AREA, header, *rows[3:])


def test_a_further_column_of_the_employment_area_is_no_key_of_a_municipality(tmp_path: Path) -> None:
    header = NEW.replace("etuus", "tyollisyysalue_nro,tyollisyysalue_nimi,etuus")
    row = new("10,Kainuu-Koillismaa,Yhteensä", "Yhteensä", "5,50,1000.00,100.00")
    frame = parsed(tmp_path, BENEFIT, header, row).frame
    assert figure(frame, "cofunded_benefit_days", period="2026-05") == (50, "", "published")


# --- how a file is written --------------------------------------------------------------------------------------------

ROWS = (old("25-29,Mies,Yhteensä", "6,46,1700.50,829.94"), old("55-59,Nainen,Yhteensä", "1,-4,-17.25,-8.00"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("delimiter", "decimal", "quote"),
    [(",", ".", ""), (";", ",", ""), (";", ".", ""), (",", ",", '"'), ("\t", ",", '"')],
)
def test_a_file_may_be_written_in_several_ways(
    tmp_path: Path, encoding: str, line_end: str, delimiter: str, decimal: str, quote: str
) -> None:
    lines = [line.replace("Kuusamo", "Ähtäri").split(",") for line in (OLD, *ROWS)]
    for line in lines[1:]:
        line[-2:] = [number.replace(".", decimal) for number in line[-2:]]
    text = line_end.join(delimiter.join(f"{quote}{cell}{quote}" for cell in line) for line in lines)
    path = tmp_path / "data.csv"
    path.write_bytes(text.encode(encoding))
    held = load_sources()[SUBSIDY].parse(open_file(path))
    assert figure(held.frame, "cofunded_subsidy_paid_eur") == (1683.25, "", "derived")
    assert held.areas == (("305", "Ähtäri"),)


def test_names_of_columns_may_be_in_any_case(tmp_path: Path) -> None:
    frame = parsed(tmp_path, SUBSIDY, OLD.upper(), *ROWS).frame
    assert figure(frame, "cofunded_subsidy_days") == (42, "", "derived")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<!DOCTYPE html><html><title>Huoltokatko</title>", "<!DOCTYPE"),
        (b"", "CSV"),
        (b"PK\x03\x04 a workbook", "another encoding, or no text"),
        ("\n".join([OLD, *ROWS]).encode("utf-16"), "another encoding, or no text"),
        ("\n".join([OLD, *ROWS]).replace("Kuusamo", "Kuusamo–").encode("cp1252"), "another encoding"),
        ("\n".join([OLD, ROWS[0], ROWS[1][:-30]]).encode(), "13 columns"),
        ("\n".join([OLD, *ROWS, 'Kuukausi,1,202401,2024,305,"Kuusamo']).encode(), "13 columns"),
        ("\n".join([OLD, *ROWS]).replace("-17.25", "-17.2x").encode(), "'-17.2x'"),
        ("\n".join([OLD, *ROWS]).replace("-17.25", '"-17,25"').encode(), "a comma and a point"),
        ("\n".join([OLD, *ROWS]).replace("-17.25", '"1,700.25"').encode(), "1,700.25"),
        ("\n".join([OLD, *ROWS]).replace("-17.25", "nan").encode(), "'nan'"),
        ("\n".join([OLD, *ROWS]).replace("202401", "2024013").encode(), "202608"),
        ("\n".join([OLD, *ROWS]).replace("Kuukausi,", "Lukuvuosi,").encode(), "Lukuvuosi"),
        ("\n".join([OLD, *ROWS]).replace("305,", "Kuusamo,").encode(), "three digits"),
        ("\n".join([OLD, *ROWS, ROWS[0]]).encode(), "2 times"),
        (OLD.encode(), "rows of months"),
        ("\n".join([OLD, *ROWS]).replace("Yhteensä", "Yhteensä?").encode(), "labels of day_class"),
        ("\n".join([OLD, *ROWS]).replace("Yhteensä", "YhteensÃ¤").encode(), "labels of day_class"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(content)
    with pytest.raises(LayoutChanged) as error:
        load_sources()[SUBSIDY].parse(open_file(path))
    assert words in str(error.value) and len(str(error.value).splitlines()) == 1


def test_letters_that_turn_up_late_in_another_encoding_stop_the_file(tmp_path: Path) -> None:
    rows = [old("25-29,Mies,300-499", "6,46,1.0,0.5", area=f"{code:03},Kuusamo") for code in range(1, 900)] * 25
    path = tmp_path / "data.csv"
    path.write_bytes("\n".join([OLD, *rows]).encode() + b"\n" + ROWS[0].encode("latin-1") + b"\n")
    assert path.stat().st_size > 1_100_000
    with pytest.raises(LayoutChanged, match="utf-8"):
        load_sources()[SUBSIDY].parse(open_file(path))


# --- columns by role --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old_name", "new_name", "words"),
    [
        ("ikaryhma", "kieli", "kieli fits no role"),
        ("kunta_nimi", "kuntakoodi", "kunta_nro and kuntakoodi both fit municipality"),
        ("korvattu_paiva_lkm", "saaja_yhteensa_lkm", "saaja_lkm and saaja_yhteensa_lkm both fit recipients"),
        ("saaja_lkm", "saaja_laskenta_lkm", "no column of recipients"),
        ("kunta_osuus_eur", "valtio_osuus_eur", "no column of municipal"),
        ("sukupuoli", "etuus", "etuus fits benefit, which this table was not known to have"),
    ],
)
def test_a_column_that_is_unknown_doubled_or_lost_is_told_with_all_that_were_found(
    tmp_path: Path, old_name: str, new_name: str, words: str
) -> None:
    with pytest.raises(LayoutChanged) as error:
        parsed(tmp_path, SUBSIDY, OLD.replace(old_name, new_name), *ROWS)
    assert words in str(error.value) and "tyomarkkinatukipaiva_luokka" in str(error.value)


@pytest.mark.parametrize("name", ["tukipaiva_luokka", "Kertymäluokka", "paivakertyma", "kertymapaivien_luokka"])
def test_a_day_class_is_found_by_the_form_of_its_name(tmp_path: Path, name: str) -> None:
    row = new("Yleistuki", "Yhteensä", "5,50,1000.00,100.00")
    frame = parsed(tmp_path, BENEFIT, NEW.replace("kertymapaiva_luokka", name), row).frame
    assert figure(frame, "cofunded_benefit_days", period="2026-05") == (50, "", "derived")


def test_an_operator_may_name_columns_and_labels(tmp_path: Path) -> None:
    header = NEW.replace("kertymapaiva_luokka", "porras") + ",uusi_sarake"
    rows = [new("Yleistuki", step, "5,50,1000.00,100.00") + ",x" for step in ("porras 1", "kaikki portaat")]
    by_hand = ByHand(
        columns={"day_class": "porras", "ignored": ("uusi_sarake",)},
        labels={"porras 1": "101-200", "kaikki portaat": "total"},
    )
    frame = parsed(tmp_path, BENEFIT, header, *rows, by_hand=by_hand).frame
    assert figure(frame, "cofunded_benefit_days", period="2026-05", day_class="101-200") == (50, "", "derived")
    with pytest.raises(LayoutChanged, match="porras fits no role; uusi_sarake fits no role; no column of day_class"):
        parsed(tmp_path, BENEFIT, header, *rows)


def test_a_column_that_is_ignored_and_was_a_key_after_all_is_noticed(tmp_path: Path) -> None:
    header = NEW + ",kieli"
    rows = [new("Yleistuki", "Yhteensä", "5,50,1000.00,100.00") + f",{language}" for language in ("fi", "sv")]
    with pytest.raises(LayoutChanged, match="2 times"):
        parsed(tmp_path, BENEFIT, header, *rows, by_hand=ByHand(columns={"ignored": "kieli"}))


def test_what_the_publisher_has_merged_may_stand_twice(tmp_path: Path) -> None:
    row = old("Tieto puuttuu,Tuntematon,Yhteensä", "4,40,1.0,0.5")
    frame = parsed(tmp_path, SUBSIDY, OLD, row, row).frame
    assert figure(frame, "cofunded_subsidy_recipients", age="unknown") == (8, "", "derived")


def test_a_file_packed_or_not_gives_the_same(tmp_path: Path) -> None:
    import gzip

    plain = parsed(tmp_path, SUBSIDY, OLD, *ROWS).frame
    packed = tmp_path / "data.csv.gz"
    packed.write_bytes(gzip.compress((tmp_path / "data.csv").read_bytes()))
    again = load_sources()[SUBSIDY].parse(open_file(packed)).frame
    columns = list(plain.columns)
    assert (
        again.astype(str).sort_values(columns).values.tolist() == plain.astype(str).sort_values(columns).values.tolist()
    )


def test_the_older_country_file_has_its_own_columns(tmp_path: Path) -> None:
    header = OLD.replace("kunta_nro,kunta_nimi,", "")
    frame = parsed(tmp_path, SUBSIDY_COUNTRY, header, ROWS[0].replace(f"{KUUSAMO},", "")).frame
    assert figure(frame, "cofunded_subsidy_recipients", "SSS") == (6, "", "derived")


def test_both_models_have_names_of_their_own_and_a_break_between_them() -> None:
    catalogue = load_catalogue()
    names = {name for model in (BENEFIT, SUBSIDY) for name in load_sources()[model].indicators}
    assert {name for each in catalogue.breaks if each.period == "2025-01" for name in each.subjects} >= names
    assert [catalogue.indicators[name].additive for name in names if name.endswith("recipients")] == [False] * 2
