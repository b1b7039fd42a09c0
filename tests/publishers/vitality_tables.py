"""The tables of the vitality review as the fake Statistics Finland has them: codes as documented, figures made up.

Codes that could not be seen beforehand (11lj, 115h, 125s, 11lm, the successor of 11yq) are those of before June 2026.
"""

from collections.abc import Callable, Sequence

from tests.publishers import people, vitality
from tests.publishers.codes import AREAS, months, quarters, years
from tests.publishers.table import SUM, Fill, Table, Unit, Variable, Words


def words(fi: str, sv: str = "", en: str = "") -> Words:
    """Put a text in three languages together; labels that nobody reads stay Finnish."""
    return {"fi": fi, "sv": sv or fi, "en": en or fi}


VITALITY_FOLDERS = {
    "vaerak": words("Väestörakenne", "Befolkningsstruktur", "Population structure"),
    "ssaaty": words("Siviilisäädyn muutokset", "Civilståndsändringar", "Changes in marital status"),
    "muutl": words("Muuttoliike", "Flyttningsrörelse", "Migration"),
    "vamuu": words("Väestön ennakkotilasto", "Preliminär befolkningsstatistik", "Preliminary population statistics"),
    "vaenn": words("Väestöennuste", "Befolkningsprognos", "Population projection"),
    "tyokay": words("Työssäkäynti", "Sysselsättning", "Employment"),
    "vkour": words("Väestön koulutusrakenne", "Befolkningens utbildningsstruktur", "Educational structure"),
    "tjt": words("Tulonjakotilasto", "Inkomstfördelningsstatistik", "Income distribution statistics"),
    "bdem": words("Yritysdemografia", "Företagsdemografi", "Business demography"),
    "matk": words("Majoitustilasto", "Inkvarteringsstatistik", "Accommodation statistics"),
}
KEY_FIGURE_FOLDERS = {"uusin": words("Uusin", "Nyaste", "Newest")}

Spans = dict[str, tuple[str, int, str, float, float]]
"""Unit, decimals, label, lowest and highest figure by content code."""

_UNITS = {
    "count": words("lukumäärä", "antal", "number"),
    "percent": words("%"),
    "eur": words("euroa", "euro", "euros"),
    "index": words("indeksi", "index", "index"),
    "years": words("vuotta", "år", "years"),
}
_NAMES = {area["code"]: words(area["fi"], area["sv"], area["en"]) for area in AREAS} | {
    people.ENDED: words("Pertunmaa")
}
_MUNICIPALITIES = ("SSS", *(code for code in people.CODES if code != people.ENDED))
_LARGER = tuple(sorted({area for within in people.areas_within().values() for area in within}))
_REGIONS = tuple(code for code in _LARGER if code.startswith("MK"))
_SUB_REGIONS = tuple(code for code in _LARGER if code.startswith("SK"))
_EMPLOYMENT_AREAS = tuple(code for code in _LARGER if code.startswith("TA"))
NOT_HELD = ("HVA19", "YTA4", "MA1")
_HOTELS = ("SSS", "KU305", "KU091", "KU837", "KU564", "KU698", "KU261")


def _area(codes: Sequence[str], division: int = 20260101) -> Variable:
    labels = {code: _NAMES.get(code, words(code)) for code in codes}
    return Variable(
        "area", f"alue_23_{division}", words("Alue", "Område", "Region"), tuple(codes), "geo", labels, elimination="SSS"
    )


def _period(kind: str, values: tuple[str, ...]) -> Variable:
    text = {"y": words("Vuosi", "År", "Year"), "m": words("Kuukausi", "Månad", "Month")}
    return Variable(
        "period", f"timeperiod_{kind}", text.get(kind, words("Vuosineljännes", "Kvartal", "Quarter")), values, "time"
    )


def _contents(rows: dict[str, tuple[str, int, str]]) -> Variable:
    return Variable(
        "content",
        "contentscode",
        words("Tiedot", "Uppgifter", "Information"),
        tuple(rows),
        "metric",
        {code: words(label) for code, (_, _, label) in rows.items()},
        {code: Unit(_UNITS[unit], decimals) for code, (unit, decimals, _) in rows.items()},
    )


def _further(key: str, code: str, values: tuple[str, ...], elimination: str | None = "SSS") -> Variable:
    return Variable(
        key, code, words(key), values, "", {"SSS": words("Yhteensä", "Totalt", "Total")}, elimination=elimination
    )


_SEX = _further("sex", "sukupuoli_9_20180101", vitality.SEXES)
_AGE = _further("age", "ikaryhma_10_20180101", vitality.AGES)
_INDUSTRY = _further("industry", "toimiala_24_20080101", vitality.INDUSTRIES)

_CHANGES = {
    "vm01": "Elävänä syntyneet",
    "vm11": "Kuolleet",
    "luonvalisays": "Luonnollinen väestönlisäys",
    "vm43_tulo": "Kuntien välinen tulomuutto",
    "vm43_lahto": "Kuntien välinen lähtömuutto",
    "vm43_netto": "Kuntien välinen nettomuutto",
    "vm41": "Maahanmuutto Suomeen",
    "vm42": "Maastamuutto Suomesta",
    "vm4142": "Nettomaahanmuutto",
    "koknetmuutto": "Kokonaisnettomuutto",
    "vakorjaus": "Väkiluvun korjaus",
    "kokmuutos": "Kokonaismuutos",
    "vaesto": "Väkiluku",
}
_POPULATION = {
    "vaerak-vaesto": ("count", 0, "Väestö 31.12."),
    "vaesto_alle15_p": ("percent", 1, "Alle 15-vuotiaiden osuus, %"),
    "vaesto_15_64_p": ("percent", 1, "15-64-vuotiaiden osuus, %"),
    "vaesto_yli64_p": ("percent", 1, "65 vuotta täyttäneiden osuus, %"),
    "dem_huoltos": ("index", 1, "Väestöllinen huoltosuhde"),
    "vaesto_keski_ika": ("years", 1, "Keski-ikä, molemmat sukupuolet"),
    "vaesto_kieli_ulk_p": ("percent", 1, "Vieraskielisten osuus, %"),
}
_RATES = {
    "tyokay-tyollisyysaste": ("percent", 1, "Työllisyysaste, 18-64-vuotiaat"),
    "tyokay-tyottomyysaste": ("percent", 1, "Työttömyysaste"),
    "taloudellinenhuoltosuhde": ("index", 1, "Taloudellinen huoltosuhde"),
}
_EDUCATION: Spans = {
    "vaesto_15_": ("count", 0, "15 vuotta täyttänyt väestö 31.12", 5000, 9000),
    "kaste0osuus": ("percent", 1, "Ilman perusasteen jälkeistä tutkintoa olevien osuus, %", 18, 35),
    "kaste3T8osuus": ("percent", 1, "Perusasteen jälkeisen tutkinnon suorittaneiden osuus, %", 65, 82),
    "kaste3osuus": ("percent", 1, "Toisen asteen tutkinnon suorittaneiden osuus, %", 35, 52),
    "kaste5T8osuus": ("percent", 1, "Korkea-asteen tutkinnon suorittaneiden osuus, %", 18, 45),
    "vktm": ("index", 1, "Väestön koulutustasomittain", 260, 520),
}
_INCOME: Spans = {
    "tjt-henkiloita": ("count", 0, "Asuntoväestö, henkilöä", 1000, 9000),
    "hkturaha18_med": ("eur", 0, "Aikuisväestön henkilökohtainen käytettävissä oleva rahatulo, mediaani", 21000, 31000),
    "tjt-ekvikturaha_med": ("eur", 0, "Käytettävissä oleva rahatulo kulutusyksikköä kohden, mediaani", 24000, 36000),
    "gini_kturaha": ("index", 1, "Gini-kerroin, käytettävissä olevat rahatulot", 20, 36),
    "rpt_aste": ("percent", 1, "Asuntoväestön pienituloisuusaste (raja 60 % mediaanista)", 8, 22),
}
_KEY_FIGURES: Spans = {
    "M411": ("count", 0, "Väkiluku", 1000, 90000),
    "M536": ("percent", 1, "Työllisyysaste, 20-64-vuotiaat, %", 64, 84),
    "M410": ("percent", 1, "Ulkomaan kansalaisten osuus väestöstä, %", 0.5, 12),
    "M74": ("percent", 1, "Alkutuotannon työpaikkojen osuus, %", 0.5, 25),
    "M82": ("percent", 1, "Jalostuksen työpaikkojen osuus, %", 8, 40),
    "M104": ("percent", 1, "Palvelujen työpaikkojen osuus, %", 45, 90),
    "M174": ("percent", 1, "Yrittäjien osuus työllisistä, %", 6, 22),
    "M70": ("percent", 1, "Vuokra-asunnossa asuvien asuntokuntien osuus, %", 15, 50),
}
_ENTERPRISES = {
    "aloittaneita": ("count", 0, "Aloittaneita yrityksiä"),
    "lopettaneita": ("count", 0, "Lopettaneita yrityksiä"),
    "yrityskanta": ("count", 0, "Yrityskanta"),
}
_HOTEL_FIGURES: Spans = {
    "huoneet": ("count", 0, "Huoneiden lukumäärä", 50, 900),
    "yopymiset": ("count", 0, "Yöpymisten lukumäärä", 2000, 60000),
}
NEWEST_YEAR_OF_KEY_FIGURES = "2025"


def _described(rows: Spans) -> dict[str, tuple[str, int, str]]:
    return {code: (unit, decimals, label) for code, (unit, decimals, label, _, _) in rows.items()}


def _spans(rows: Spans) -> dict[str, tuple[float, float, int]]:
    return {code: (low, high, decimals) for code, (_, decimals, _, low, high) in rows.items()}


def _table(path: str, title: str, stamp: str, variables: list[Variable], fill: Fill) -> Table:
    folder, _, name = path.partition("/")
    source = words(f"Tilastokeskus, {VITALITY_FOLDERS.get(folder, words('kuntien avainluvut'))['fi'].lower()}")
    return Table(name, folder, words(title), source, stamp, variables, fill)


def _prefixed(prefix: str) -> dict[str, tuple[str, int, str]]:
    return {f"{prefix}-{code}": ("count", 0, label) for code, label in _CHANGES.items()}


def _population() -> list[Table]:
    all_levels = (*_MUNICIPALITIES, *_REGIONS, *_SUB_REGIONS, *_EMPLOYMENT_AREAS, *NOT_HELD)
    only = {"vaerak-vaesto": _POPULATION["vaerak-vaesto"]}
    ages = [_area(_MUNICIPALITIES), _AGE, _SEX, _period("y", years(2014, 2025)), _contents(only)]
    yearly = [_period("y", years(2005, 2025)), _area(_MUNICIPALITIES), _contents(_prefixed("ssaaty"))]
    monthly = [_area(_MUNICIPALITIES), _contents(_prefixed("muutl")), _period("m", months("2019M01", "2025M12"))]
    soon = [
        _area(_MUNICIPALITIES),
        _SEX,
        _AGE,
        _period("m", months("2019M01", "2026M08")),
        _contents({"vamuu-vaesto": only["vaerak-vaesto"]}),
    ]
    ahead = [
        _area((*_MUNICIPALITIES, people.ENDED), 20240101),
        _period("y", years(2024, 2045)),
        _SEX,
        _AGE,
        _contents({"vaesto_e24": ("count", 0, "Väestö 31.12. (ennuste 2024)")}),
    ]
    figures = [_area(all_levels), _period("y", years(1995, 2025)), _contents(_POPULATION)]
    return [
        _table("vaerak/11ra", "Tunnuslukuja väestöstä alueittain", "2026-05-29T05:00:00Z", figures, vitality.fill_11ra),
        _table(
            "vaerak/11re",
            "Väestö iän (1-v.) ja sukupuolen mukaan alueittain",
            "2026-04-01T05:00:00Z",
            ages,
            vitality.fill_11re,
        ),
        _table("ssaaty/121w", "Väestönmuutokset", "2026-05-27T05:00:00Z", yearly, vitality.fill_121w),
        _table("muutl/12w7", "Väestönmuutokset kuukausittain", "2026-05-27T05:00:00Z", monthly, vitality.fill_12w7),
        _table("vamuu/11lj", "Väestön ennakkotilasto", "2026-09-22T05:00:00Z", soon, vitality.fill_11lj),
        _table("vaenn/14wx", "Väestöennuste 2024", "2024-10-24T05:00:00Z", ahead, vitality.fill_14wx),
    ]


def _work() -> list[Table]:
    areas = (*_MUNICIPALITIES, *_REGIONS, *_SUB_REGIONS)
    period = _period("y", years(2005, 2024))
    share = {"tyokay-tyopaikkaomavaraisuus": ("percent", 1, "Työpaikkaomavaraisuus, %")}
    jobs = {"tyolliset3": ("count", 0, "Työlliset (työpaikat)")}
    stamp = "2026-02-20T06:00:00Z"
    return [
        _table(
            "tyokay/115x",
            "Työvoiman tunnuslukuja alueittain",
            stamp,
            [_area(areas, 20250101), period, _contents(_RATES)],
            vitality.fill_115x,
        ),
        _table(
            "tyokay/125s",
            "Työpaikkaomavaraisuus",
            stamp,
            [period, _area(areas, 20250101), _contents(share)],
            vitality.fill_125s,
        ),
        _table(
            "tyokay/115h",
            "Alueella työssäkäyvät (työpaikat) toimialan mukaan",
            stamp,
            [_area(areas, 20250101), _INDUSTRY, _SEX, period, _contents(jobs)],
            vitality.fill_115h,
        ),
    ]


def _people_s_means() -> list[Table]:
    education = [
        _period("y", years(2010, 2025)),
        _area((*_MUNICIPALITIES, *_REGIONS, "MA1")),
        _further("age", "ikaryhma_5_20180101", ("15-19", "20-24"), SUM),
        _further("sex", "sukupuoli_9_20180101", ("1", "2"), SUM),
        _contents(_described(_EDUCATION)),
    ]
    income = [
        _area((*_MUNICIPALITIES, *_REGIONS, *_SUB_REGIONS, "HVA19"), 20250101),
        _period("y", years(2010, 2024)),
        _contents(_described(_INCOME)),
    ]
    return [
        _table(
            "vkour/12bs",
            "15 vuotta täyttänyt väestö koulutusasteen mukaan",
            "2026-06-18T05:00:00Z",
            education,
            vitality.scattered(("period", "area", "content"), _spans(_EDUCATION)),
        ),
        _table(
            "tjt/14ww",
            "Tulotaso ja pienituloiset",
            "2025-12-16T06:00:00Z",
            income,
            vitality.scattered(("area", "period", "content"), _spans(_INCOME)),
        ),
    ]


def _business() -> list[Table]:
    quarterly = [_period("q", quarters(2020, 2025)), _area(_MUNICIPALITIES), _contents(_ENTERPRISES)]
    survived: Spans = {"eloonjaaneet": ("count", 0, "Eloonjääneet yritykset", 10, 900)}
    other = [_period("q", quarters(2020, 2025)), _area(_MUNICIPALITIES), _contents(_described(survived))]
    nights = [_period("m", months("2015M01", "2026M08")), _area(_HOTELS), _contents(_described(_HOTEL_FIGURES))]
    return [
        _table(
            "bdem/15yb",
            "Aloittaneet ja lopettaneet yritykset kunnittain",
            "2026-07-30T05:00:00Z",
            quarterly,
            vitality.fill_bdem,
        ),
        _table(
            "bdem/15yc",
            "Eloonjääneet yritykset",
            "2026-07-30T05:00:00Z",
            other,
            vitality.scattered(("period", "area", "content"), _spans(survived)),
        ),
        _table(
            "matk/11lm",
            "Hotellien kuukausittainen kapasiteetti ja yöpymiset kunnittain",
            "2026-09-24T05:00:00Z",
            nights,
            vitality.scattered(("period", "area", "content"), _spans(_HOTEL_FIGURES)),
        ),
    ]


def _not_yet(period: str, code: str) -> bool:
    return period == NEWEST_YEAR_OF_KEY_FIGURES and code not in ("M411", "M410")


def _key_figures() -> Table:
    areas = (*_MUNICIPALITIES, *_REGIONS, *_SUB_REGIONS, "HVA19")
    variables = [_area(areas, 20250101), _contents(_described(_KEY_FIGURES)), _period("y", years(2010, 2025))]
    fill = vitality.scattered(("area", "content", "period"), _spans(_KEY_FIGURES), _not_yet)
    table = _table("uusin/142h", "Alueaikasarjat", "2026-06-30T05:00:00Z", variables, fill)
    table.database, table.symbol = "Kuntien_avainluvut", ".."
    return table


MAKERS: tuple[Callable[[], list[Table]], ...] = (_population, _work, _people_s_means, _business)


def vitality_tables() -> list[Table]:
    """Make the fresh tables of the vitality review."""
    return [*(table for make in MAKERS for table in make()), _key_figures()]
