"""Looks: the tokens that a picture needs when it stands alone, and the style sheet made of the settings.

The names are those of assets/tokens.css. On a page, classes and custom properties win over what is written here.
"""

from collections.abc import Iterable

from dashboards.charts.description import Look
from queries.settings import Settings

INK = "#1c2730"
INK_DARK = "#e6eaec"
QUIET = "#56626a"
HAIRLINE = "#d9dedb"
GROUND, GROUND_DARK = "#ffffff", "#182127"
QUIET_DARK, HAIRLINE_DARK = "#a9b4ba", "#34414a"
FAMILY = "Atkinson Hyperlegible Next, sans-serif"
STYLES = ("solid", "dash", "dot", "dashdot", "longdash")
DASHES = {"solid": "", "dash": "7 4", "dot": "2 3", "dashdot": "8 3 2 3", "longdash": "12 4"}
SERIES = {
    "now": ("bar-now", "#0b5a7a", "#5cb3d6"),
    "year_ago": ("bar-year-ago", "#59656d", "#a5afb6"),
    "five_years_ago": ("bar-five-years-ago", "#8b949a", "#737d84"),
    "projected": ("bar-projected", "#a86400", "#e0a24a"),
    "natural_increase": ("bar-natural", "#59656d", "#a5afb6"),
    "net_migration_intermunicipal": ("bar-within", "#0b5a7a", "#5cb3d6"),
    "net_immigration": ("bar-abroad", "#a86400", "#e0a24a"),
    "unemployed_jobseekers": ("bar-unemployed", "#0b5a7a", "#5cb3d6"),
    "open_vacancies": ("bar-vacancies", "#a86400", "#e0a24a"),
}
"""The class and the colours of each series of bars; a page takes the dark colour by itself."""
CLASSES = ("#dbe9f0", "#a8cadb", "#6ba3c0", "#33789c", "#0b4a66")
"""The classes of a map from low to high, on light ground; tokens.css has the same."""
CLASSES_DARK = ("#20404f", "#2f647e", "#4c8eae", "#86bcd6", "#d5ecf7")
UNLISTED = "area-unlisted"
UNLISTED_COLOURS = ("#6d6100", "#c9bb4a")


def look_of(settings: Settings, area: str) -> Look:
    """Return an area's look; one without its own has the common colour and a line style that its code decides."""
    shown = settings.shown.get(area)
    if shown:
        return Look(shown.colour, shown.colour_dark, shown.line)
    return Look(*UNLISTED_COLOURS, STYLES[sum(map(ord, area)) % len(STYLES)])


def area_class(settings: Settings, area: str) -> str:
    """Return the class that gives an area its colour on a page."""
    return f"area-{area}" if area in settings.shown else UNLISTED


def style_sheet(settings: Settings, fonts: Iterable[tuple[str, str]]) -> str:
    """Return the style sheet of the settings' colours and of the fonts, given as (address, unicode range)."""
    looks = {f"area-{area.code}": (area.colour, area.colour_dark) for area in settings.shown.values()}
    looks[UNLISTED] = UNLISTED_COLOURS
    looks |= {name: (light, dark) for name, light, dark in SERIES.values()}
    light = "".join(f"--{name}:{colours[0]};" for name, colours in looks.items())
    dark = "".join(f"--{name}:{colours[1]};" for name, colours in looks.items())
    classes = "".join(f".{name}{{color:var(--{name})}}\nrect.{name}{{fill:var(--{name})}}\n" for name in looks)
    return (
        "".join(font_face(address, characters) for address, characters in fonts)
        + f":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{classes}"
    )


def font_face(address: str, characters: str) -> str:
    """Return the rule that loads one part of the typeface when one of its characters is needed."""
    return (
        '@font-face{font-family:"Atkinson Hyperlegible Next";font-style:normal;font-weight:400 700;font-display:swap;'
        f'src:url("{address}") format("woff2");unicode-range:{characters}}}\n'
    )


def dark_rules(settings: Settings) -> str:
    """Return the rules that make a picture that stands alone dark: its drawing's classes win over its attributes."""
    looks = {f"area-{area.code}": area.colour_dark for area in settings.shown.values()}
    looks[UNLISTED] = UNLISTED_COLOURS[1]
    areas = "".join(f".{name}{{color:{colour}}}" for name, colour in looks.items())
    bars = "".join(f".{name}{{color:{colour}}}rect.{name}{{fill:{colour}}}" for name, _, colour in SERIES.values())
    classes = "".join(f".v-{level}{{fill:{colour}}}" for level, colour in enumerate(CLASSES_DARK))
    return (
        f".picture,.drawing{{fill:{INK_DARK}}}.ground{{fill:{GROUND_DARK}}}.quiet,.stamp,.ticks{{fill:{QUIET_DARK}}}"
        f"path.grid{{stroke:{HAIRLINE_DARK}}}path.break,path.middle{{stroke:{QUIET_DARK}}}path.band{{fill:{HAIRLINE_DARK}}}{areas}{bars}{classes}"
        f".paper{{fill:{GROUND_DARK}}}path.ink,.frame,.dots{{stroke:{QUIET_DARK}}}circle.ink{{fill:{QUIET_DARK}}}"
        f".rim{{fill:{QUIET_DARK};stroke:{QUIET_DARK}}}.region,.halo,.place{{stroke:{GROUND_DARK}}}"
        f".name{{stroke:{GROUND_DARK};stroke-width:3px;paint-order:stroke}}"
        f".own,.own-row,.own-dot,path.target{{stroke:{INK_DARK}}}path.rimmed{{stroke:{GROUND_DARK}}}.unmarked{{color:{QUIET_DARK};fill:{INK_DARK}}}"
    )
