"""Settings: one table of name, default and help. The environment wins over koillismaa.toml, that over the defaults.

`load_settings` is called once, by app.py; everything else is handed the Settings.
"""

import os
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from queries.errors import SettingsRefused

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "KOILLISMAA_"
FILE = "koillismaa.toml"

AreaCode = Annotated[str, StringConstraints(pattern=r"^(SSS|[A-Z]{2,3}\d{2,3}|\d{3})$")]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
LineStyle = Literal["solid", "dash", "dot", "dashdot", "longdash"]


class ShownArea(BaseModel):
    """An area with a look of its own: its colours, its line style and its name in the inessive."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: AreaCode
    colour: Colour
    colour_dark: Colour
    line: LineStyle = "solid"
    in_fi: str = ""
    compare: tuple[AreaCode, ...] = ()


class ByHand(BaseModel):
    """What an operator says of a source's files: the column that plays a role, our code for a label of the publisher.

    The role `ignored` takes the columns that play none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: dict[str, str | tuple[str, ...]] = {}
    labels: dict[str, str] = {}


NOTHING_BY_HAND = ByHand()


class CouncilMeeting(BaseModel):
    """A meeting of a municipality's council, for the calendar; `what` is its title where it has one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    day: date
    area: AreaCode
    what: str = ""


class Settings(BaseSettings):
    """Everything an operator may set. Field = setting in koillismaa.toml; KOILLISMAA_<FIELD> = environment."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    site_name: str = Field("Koillismaa", description="Name of the region that the service speaks of")
    municipalities: tuple[ShownArea, ...] = Field((), description="The municipalities of the project, in order")
    comparison_areas: tuple[ShownArea, ...] = Field(
        (), description="Areas to compare with: sub-region, region, country"
    )
    neighbours: tuple[AreaCode, ...] = Field(
        (), description="Further municipalities that the pages offer for comparison"
    )
    council_meetings: tuple[CouncilMeeting, ...] = Field(
        (), description="Meetings of councils that the calendar of releases shows too: day, area, what"
    )
    contact: str = Field("", description="Address that publishers see in the User-Agent of our calls")
    data_dir: Path = Field(ROOT / "data", description="Folder of the database, raw answers and states")
    statfin_url: str = Field(
        "https://pxdata.stat.fi/PxWeb/api/v1", description="Root of PxWeb API v1, language left out"
    )
    kela_url: str = Field("https://avoindata.suomi.fi/data", description="Root of the CKAN catalogue")
    sotkanet_url: str = Field("https://sotkanet.fi/rest/1.1", description="Root of Sotkanet's REST interface")
    source: dict[str, ByHand] = Field(
        {}, description="Columns and labels of a source's files, named by hand where their layout is not recognised"
    )
    host: str = Field("127.0.0.1", description="Address that the web server listens on")
    port: int = Field(8050, ge=0, le=65535, description="Port that the web server listens on")
    workers: int = Field(2, ge=1, le=32, description="Web server processes")
    schedule: Literal["on", "off"] = Field("on", description="off = no scheduler beside the web server")
    embed_origins: str = Field("*", description="Who may frame /embed")
    benefit_rules: Path | None = Field(
        None, description="A corrected copy of queries/benefit_rules.toml, the law of the municipality's share"
    )
    benefit_rules_confirmed: date | None = Field(
        None, description="Day on which someone checked those rules against the law; until then pages say to check"
    )
    demo: bool = Field(False, description="Made-up data: every page says so, and the data folder must be another one")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order the places where settings come from: arguments, environment, koillismaa.toml."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, ROOT / FILE)

    def __hash__(self) -> int:
        """Hash all but the names by hand, a mapping, which has none: what is made of settings is remembered by them."""
        return hash(tuple(value for name, value in self.__dict__.items() if name != "source"))

    @property
    def shown(self) -> dict[str, ShownArea]:
        """Return the areas that have a look of their own, by code."""
        return {area.code: area for area in (*self.municipalities, *self.comparison_areas)}


def load_settings(**overrides: Any) -> Settings:
    """Read and check all settings. Raises SettingsRefused with one sentence on an unknown key or a bad value."""
    refuse_unknown_environment()
    try:
        return Settings(**overrides)
    except ValidationError as error:
        raise SettingsRefused(describe_first(error)) from error
    except ValueError as error:
        raise SettingsRefused(f"{FILE} could not be read ({error}): correct it.") from error


def refuse_unknown_environment() -> None:
    """Raise SettingsRefused when an environment variable looks like a setting and is none."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise SettingsRefused(f"The environment sets {unknown[0]}, which is no setting: the README lists them all.")


def describe_first(error: ValidationError) -> str:
    """Turn the first fault of a validation into one sentence."""
    fault = error.errors()[0]
    name = ".".join(str(part) for part in fault["loc"]) or "a setting"
    if fault["type"] == "extra_forbidden":
        return f"{FILE} holds {name}, which is no setting: remove it or correct its name (the README lists them all)."
    return (
        f"The setting {name} has a bad value ({fault['input']!r}: {fault['msg']}): correct it in {FILE} or {PREFIX}*."
    )
