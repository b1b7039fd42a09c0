"""Municipally co-funded unemployment benefit (kunnan osarahoittama työttömyysturva); until 2024 labour market subsidy.

Kela, open data. Two models, two names: what is called `cofunded_benefit_…` begins in 2025, `cofunded_subsidy_…` is the
older model with years from 2006 and months from 2015; no line is drawn through both. Each has a file by municipality
and one of the whole country, the newer also one by employment area, for persons of several areas are not a sum.

Which persons are kept. The older file has rows by age, sex and day class, and a row `Yhteensä` for the class alone. A
total of an area and period is our count over ages and sexes inside `Yhteensä` (origin `derived`): a row tells a
person's age at the end of the period, so nobody stands in two groups. The publisher moves groups of fewer than four to
`Tieto puuttuu`, `Tuntematon` or municipality 199; the first two are counted, those moved to 199 are lost to their
municipality. By day class, persons are counted in each class in the same way, and never over classes, in which one
person may stand twice. Over benefits nothing is counted either: where the newer file has no row for all benefits
together, there is no total of persons, only persons by benefit. Days and euros add up, recoveries (negative) included.

Rows of the year to date are left out; rows of years are kept up to 2014, where there are no months. The columns of the
files of 2025 could not be seen beforehand: cofunded_benefit.toml finds them by role.
"""

from pathlib import Path

from ingest.ckan import Dataset
from ingest.kela_source import Table, kela_source

LAYOUT = Path(__file__).with_suffix(".toml")
KELA = "6c2af1b3-2309-4fc6-9b47-59b14fe10a9c"
OWNER = "Kansaneläkelaitos"
BENEFIT, SUBSIDY = "kunnan osarahoittaman työttömyysturvan", "osarahoittaman työmarkkinatuen"
FIRST_WORDS = "kunnan-osarahoittaman-tyottomyysturvan-saajat-ja-maksetut-etuudet"
BY_MUNICIPALITY, BY_EMPLOYMENT_AREA = "kunnittain", "työllisyysalueittain"

COLUMNS = ("time_kind", "year_month", "day_class", "recipients", "paid", "municipal")
OLDER_COLUMNS = (*COLUMNS, "days", "age", "sex")
NEWER_OPTIONAL = ("benefit", "days", "age", "sex")
BREAKDOWNS = (("day_class",), ("age",), ("sex",))
NEWER_BREAKDOWNS = (*BREAKDOWNS, ("benefit",), ("benefit", "day_class"))


def indicators(model: str) -> dict[str, str]:
    """Return the indicator of each measure of a model."""
    return {
        "recipients": f"{model}_recipients",
        "days": f"{model}_days",
        "paid": f"{model}_paid_eur",
        "municipal": f"{model}_municipal_eur",
    }


def newer(level: str, ending: str, words: tuple[str, ...], without: tuple[str, ...] = ()) -> Table:
    """Describe a file of the model of 2025."""
    dataset = Dataset(f"{FIRST_WORDS}-{ending}", KELA, OWNER, (BENEFIT, *words), without)
    required = (*COLUMNS, "municipality") if level == "municipality" else COLUMNS
    return Table(dataset, level, indicators("cofunded_benefit"), required, NEWER_OPTIONAL, NEWER_BREAKDOWNS)


def older(level: str, slug: str, words: tuple[str, ...], without: tuple[str, ...] = ()) -> Table:
    """Describe a file of the model that ended in 2024."""
    dataset = Dataset(slug, KELA, OWNER, (SUBSIDY, *words), without)
    required = (*OLDER_COLUMNS, "municipality") if level == "municipality" else COLUMNS
    optional = () if level == "municipality" else ("days", "age", "sex")
    return Table(dataset, level, indicators("cofunded_subsidy"), required, optional, BREAKDOWNS)


SOURCES = tuple(
    kela_source(name, table, LAYOUT)
    for name, table in {
        "cofunded_benefit_municipality": newer("municipality", "kunnittain", (BY_MUNICIPALITY,)),
        "cofunded_benefit_employment_area": newer("employment_area", "tyollisyysalueittain", (BY_EMPLOYMENT_AREA,)),
        "cofunded_benefit_country": newer("country", "koko-maa", (), (BY_MUNICIPALITY, BY_EMPLOYMENT_AREA)),
        "cofunded_subsidy_municipality": older(
            "municipality", "kuntien-rahoittama-tyomarkkinatuki", (BY_MUNICIPALITY,)
        ),
        "cofunded_subsidy_country": older("country", "", (), (BY_MUNICIPALITY, BY_EMPLOYMENT_AREA)),
    }.items()
)
