"""Small made-up tables, a quick client and the real command, in this process or in one of its own."""

import functools
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import ingest.run
from app import main
from ingest.http import Limits
from ingest.run import Outcome
from ingest.source import pick_sources
from queries.catalogue import load_catalogue
from queries.database import current_version, open_version
from queries.settings import PREFIX, ROOT, Settings, load_settings
from tests.publishers import Ckan, Config, Sotkanet, StatFin, Table
from tests.publishers.ckan import default_datasets
from tests.publishers.codes import AREA_CODES
from tests.publishers.tables import default_tables

R5, U4, TI = "employment_service_12r5", "employment_service_12u4", "employment_service_12ti"
LFS, ENDED = "labour_force_survey_135z", "employment_service_2310"
STATFIN = (R5, U4, TI, LFS)
VITALITY = (
    "population_key_figures_11ra",
    "population_by_age_11re",
    "population_changes_121w",
    "population_changes_monthly_12w7",
    "preliminary_population_11lj",
    "population_projection_14wx",
    "employment_115x",
    "workplace_self_sufficiency_125s",
    "jobs_115h",
    "education_12bs",
    "income_14ww",
    "enterprise_demography_bdem",
    "overnight_stays_11lm",
    "key_figures_142h",
)
BENEFIT, BENEFIT_AREA = "cofunded_benefit_municipality", "cofunded_benefit_employment_area"
BENEFIT_COUNTRY = "cofunded_benefit_country"
SUBSIDY, SUBSIDY_COUNTRY = "cofunded_subsidy_municipality", "cofunded_subsidy_country"
KELA = (BENEFIT, BENEFIT_AREA, BENEFIT_COUNTRY, SUBSIDY, SUBSIDY_COUNTRY)
ASSISTANCE, ASSISTANCE_RECIPIENTS = "sotkanet_social_assistance", "sotkanet_social_assistance_recipients"
HARD_TO_EMPLOY, SUBSIDY_PER_INHABITANT = "sotkanet_hard_to_employ", "sotkanet_cofunded_subsidy"
SOTKANET = (ASSISTANCE, ASSISTANCE_RECIPIENTS, HARD_TO_EMPLOY, SUBSIDY_PER_INHABITANT)
KELA_AREAS = ("305", "832", "615", "614", "777", "091", "837", "853", "297")
NOBODY = "http://127.0.0.1:9"
Fake = StatFin | Ckan | Sotkanet
URLS: dict[type, str] = {StatFin: "STATFIN_URL", Ckan: "KELA_URL", Sotkanet: "SOTKANET_URL"}
ALL_OF: dict[type, tuple[str, ...]] = {StatFin: STATFIN, Ckan: KELA, Sotkanet: SOTKANET}
MUNICIPALITIES = ("KU305", "KU832", "KU615", "KU614", "KU620", "KU777")
AREAS = tuple(
    code for code in AREA_CODES if code in ("SSS", "SK178", "KU199", "KUJOU", *MUNICIPALITIES) or code.startswith("MK")
)
OCCUPATIONS = ("2513", "2514", "5322", "X001")
FREELY = Config(max_calls=1_000_000)
NEW_MONTH, NEW_STAMP = "2026M09", "2026-10-20T05:00:00Z"
LIMITS = Limits(
    connect=2,
    read=5,
    whole=20,
    size=4 * 1024 * 1024,
    file_size=8 * 1024 * 1024,
    attempts=3,
    first_wait=0.01,
    longest_wait=0.05,
)


def small_tables(first: str = "2025M01", areas: tuple[str, ...] = AREAS) -> dict[str, Table]:
    """Make the tables with few areas, occupations and months; of years and quarters the newest two."""
    tables = default_tables()
    for table in tables.values():
        held = table.time.values
        wanted = {period for period in held if "M" in period and period >= first} | set(held[-2:])
        table.keep_months(wanted.__contains__)
        for variable in table.variables:
            if variable.key == "area":
                table.change(variable.code, values=tuple(code for code in variable.values if code in areas))
            if variable.key == "occupation":
                table.change(variable.code, values=OCCUPATIONS)
    return tables


def small_publisher(first: str = "2025M01", made_up: bool = True, config: Config = FREELY) -> StatFin:
    """Make a publisher of the small tables that lets us call as often as we like."""
    return StatFin(tables=small_tables(first), config=config, made_up=made_up)


def small_catalogue(made_up: bool = True) -> Ckan:
    """Make a catalogue of Kela's packages with few municipalities; the older model's months begin in 2024."""
    return Ckan(default_datasets(KELA_AREAS, "2024-01"), made_up=made_up)


def settings_for(publisher: Fake, folder: Path, **more: Any) -> Settings:
    """Return settings for a publisher; who asks a made-up one is in the demonstration."""
    urls = {name.lower(): NOBODY for name in URLS.values()} | {URLS[type(publisher)].lower(): publisher.url}
    return load_settings(data_dir=folder, demo=publisher.made_up, **(urls | more))


def fetch(publisher: Fake, folder: Path, *names: str, **options: Any) -> list[Outcome]:
    """Fetch the named sources, or all of the publisher's, with quick retries."""
    settings = settings_for(publisher, folder)
    names = names or ALL_OF[type(publisher)]
    return ingest.run.ingest(pick_sources(names), settings, load_catalogue(), limits=LIMITS, **options)


def fetch_well(publisher: Fake, folder: Path, *names: str) -> list[Outcome]:
    """Fetch and expect that nothing fails."""
    outcomes = fetch(publisher, folder, *names)
    assert [outcome.error for outcome in outcomes] == [""] * len(outcomes)
    return outcomes


def ask(folder: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Ask the version that is current."""
    with open_version(folder, current_version(folder)) as connection:
        return connection.execute(sql, list(values)).fetchall()


def served(folder: Path) -> tuple[str, list[tuple[Any, ...]]]:
    """Return the version that is served and all that it says."""
    return current_version(folder), ask(folder, "select * from observation order by all")


def value_of(folder: Path, indicator: str, area: str, period: str) -> tuple[Any, ...]:
    """Return value, status and origin of one total as known now."""
    rows = ask(
        folder,
        "select value, status, origin from latest_observation "
        "where dimension = '' and indicator = ? and area = ? and period = ?",
        indicator,
        area,
        period,
    )
    return rows[0] if rows else ()


@dataclass(frozen=True)
class Ended:
    """How a command ended; `said` are the lines on stderr without the progress of a fetch."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> list[str]:
        """Return what the command said on stderr, progress left out."""
        lines = [line.strip() for part in self.err.split("\r") for line in part.splitlines()]
        return [line for line in lines if line and " fetching" not in line]


Command = Callable[..., Ended]


def environment_of(publisher: Fake | str, folder: Path, demo: bool = True, **more: str) -> dict[str, str]:
    """Return the environment of a command over a publisher and a data folder; the other publishers are nobody."""
    asked = {"STATFIN_URL": publisher} if isinstance(publisher, str) else {URLS[type(publisher)]: publisher.url}
    urls = {**dict.fromkeys(URLS.values(), NOBODY), **asked}
    named = {"DATA_DIR": str(folder), **urls, "DEMO": str(demo).lower(), **more}
    return {PREFIX + name: text for name, text in named.items()}


def command_here(patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], environment: dict[str, str]) -> Command:
    """Return a function that runs `koillismaa …` in this process, with quick retries."""

    def run(*arguments: str) -> Ended:
        capsys.readouterr()
        with patch.context() as now:
            for name, text in environment.items():
                now.setenv(name, text)
            now.setattr(sys, "argv", ["koillismaa", *arguments])
            now.setattr(ingest.run, "ingest", functools.partial(ingest.run.ingest, limits=LIMITS))
            with pytest.raises(SystemExit) as ended:
                main()
        printed = capsys.readouterr()
        return Ended(int(ended.value.code or 0), printed.out, printed.err)

    return run


def command_apart(environment: dict[str, str], *arguments: str, timeout: float = 60) -> Ended:
    """Run `koillismaa …` in a process of its own."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "app.py"), *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=timeout,
        stdin=subprocess.DEVNULL,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def sentence_of(said: list[str]) -> str:
    """Return the one sentence that a failing command says beside its log lines."""
    sentences = [line for line in said if not line[:2].isdigit()]
    assert len(sentences) == 1 and sentences[0].endswith("."), said
    assert "Traceback" not in sentences[0]
    return sentences[0]
