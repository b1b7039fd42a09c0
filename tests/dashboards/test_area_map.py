"""The map on a database with every municipality: its shapes, links, classes and words."""

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest

from dashboards.charts.area_map import class_limits, level_of
from dashboards.charts.description import HIDDEN, NO_VALUE
from dashboards.charts.draw_map import draw_far, draw_near
from dashboards.charts.draw_svg import draw_svg
from dashboards.charts.geometry import load_geometry, spare_points
from dashboards.charts.svg_parts import WIDE
from dashboards.view import view
from dashboards.visit import Visit
from tests.dashboards.every_municipality import HIDDEN as HIDDEN_CODES
from tests.dashboards.every_municipality import (
    HOMES,
    NOT_HELD,
    build,
    card,
    figures_of,
    map_of,
    municipalities,
    ranks_of,
    rates,
)
from tests.dashboards.small_database import add

Ask = Callable[..., Visit]
SVG = "{http://www.w3.org/2000/svg}"
PAGE = "tyollisyyskatsaus"


def test_there_is_a_shape_for_every_municipality_and_none_beside() -> None:
    geometry = load_geometry()
    assert sorted(geometry.shapes) == municipalities()
    assert all(shape.path.startswith("M") and shape.path.endswith("z") for shape in geometry.shapes.values())
    assert 1.6 < geometry.box.height / geometry.box.width < 1.9


def test_neighbours_share_their_border_and_the_outline_of_both_is_without_it() -> None:
    shapes = load_geometry().shapes

    def sides(code: str) -> set[tuple[object, object]]:
        return {pair for ring in shapes[code].rings for pair in zip(ring, (*ring[1:], ring[0]), strict=True)}

    shared = {(there, here) for here, there in sides("305")} & sides("832")
    assert len(shared) > 3
    outline = load_geometry().outline(["305", "832"])
    # as many steps as sides that are not shared: a ring has one step less than sides
    steps = sum(len(re.findall(r"-?\d+", part)) // 2 for part in re.findall(r"l([^z]*)", outline))
    assert steps + outline.count("z") == len(sides("305") | sides("832")) - 2 * len(shared)
    assert load_geometry().outline([]) == ""


def test_a_point_beside_a_straight_border_is_left_out_on_both_sides_and_nowhere_else() -> None:
    left = [(0, 0), (10, 0), (20, 0), (20, 9), (20, 20), (0, 20)]
    right = [(20, 0), (40, 5), (40, 20), (20, 20), (20, 9)]
    assert spare_points([left, [*right[:1], (30, -3), *right[1:]]]) == {(10, 0), (20, 9)}
    # in a small ring all stay, and a point where three shapes meet
    assert spare_points([left, right]) == {(10, 0)}
    third = [(10, 0), (20, -9), (20, 0), (15, 0), (14, 0), (12, 0)]
    assert (10, 0) not in spare_points([left, third])


def test_the_map_has_every_municipality_as_a_named_link(ask: Ask) -> None:
    description = map_of(ask(month="2026-06", view="chart"))
    root = ElementTree.fromstring(draw_far(description, "alt"))
    links = list(root.iter(f"{SVG}a"))
    assert len(links) == 308
    addresses = {link.get("href") for link in links}
    assert addresses == {f"/fi/{PAGE}?area={code}&month=2026-06" for code in municipalities()}
    names = {link.get("href", "")[-15:-12]: link.findtext(f"{SVG}title") for link in links}
    rate, before = figures_of("305", "2026-06")[2], figures_of("305", "2025-06")[2]
    assert [link.findtext(f"{SVG}title") for link in links if "area=305" in link.get("href", "")] == [
        f"Kuusamo: {rate:.1f}\u00a0%, {rate - before:.1f} prosenttiyksikköä enemmän kuin vuotta aiemmin".replace(
            ".", ","
        )
    ]
    assert None not in names.values()
    assert [link.get("href") for link in links if link.get("aria-current")] == [f"/fi/{PAGE}?area=305&month=2026-06"]


def test_the_shapes_are_in_the_document_once_and_used_by_both_views(ask: Ask) -> None:
    description = map_of(ask())
    far, near = draw_far(description, "alt"), draw_near(description, "alt")
    assert far.count('<path id="m') == 308
    assert near.count("<path id=") == 0
    for code in HOMES:
        assert f'href="#m{code}"' in near
        assert f'class="place area-{code}"' in near
    assert near.count("<a ") < 60


def test_hidden_and_missing_values_have_looks_of_their_own(ask: Ask) -> None:
    description = map_of(ask())
    levels = {region.area: region.level for region in description.regions}
    assert {code for code, level in levels.items() if level == HIDDEN} == set(HIDDEN_CODES)
    assert {code for code, level in levels.items() if level == NO_VALUE} == {NOT_HELD}
    far = draw_far(description, "alt")
    assert far.count('fill="url(#hidden-far)"') == 4
    assert far.count('fill="url(#none-far)"') == 1
    spoken = {region.area: region.spoken for region in description.regions}
    assert spoken["766"] == "Sottunga: salassa pidettävä"
    assert spoken[NOT_HELD] == "Alajärvi: tieto puuttuu tästä aineistosta"
    assert [key.label for key in description.keys][-2:] == [
        "salassa pidettävä (4 kuntaa)",
        "tieto puuttuu tai ei ole esitettävissä (1 kunta)",
    ]


def test_every_municipality_is_in_the_class_of_its_value_and_the_legend_counts_them(ask: Ask) -> None:
    description = map_of(ask())
    limits = class_limits(sorted(rates().values()))
    assert len(limits) == 4
    levels = {region.area: region.level for region in description.regions}
    for code, rate in rates().items():
        assert levels[code] == sum(limit <= rate for limit in limits)
    labels = [key.label for key in description.keys[:5]]
    low, high = (f"{limit:.1f}".replace(".", ",") for limit in (limits[0], limits[-1]))
    assert labels[0].startswith(f"alle {low}\u00a0%")
    assert labels[-1].startswith(f"vähintään {high}\u00a0%")
    counted = [int(re.findall(r"\((\d+) ", label)[0]) for label in labels]
    assert counted == [list(levels.values()).count(level) for level in range(5)]
    assert sum(counted) == len(rates())


def test_the_map_and_its_table_have_the_same_figures(ask: Ask) -> None:
    visit = ask()
    table = {row[0].removesuffix(" •"): row[1] for row in card(visit, "area_map").table[1:]}
    assert len(table) == 308
    for region in map_of(visit).regions:
        name = visit.name(region.area)
        if isinstance(region.level, int):
            assert region.spoken.startswith(f"{name}: {table[name]}\u00a0%")
        else:
            assert table[name] == ("…" if region.level == HIDDEN else "×")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_map_tells_the_lowest_the_highest_and_the_own_in_words(ask: Ask, language: str) -> None:
    visit = ask(language, area="615")
    told = view("area_map", visit)
    values = [visit.value("unemployment_rate", value) for value in (min(rates().values()), max(rates().values()))]
    assert all(value in told.summary for value in values)
    assert visit.name("615") in told.summary
    assert told.summary in told.alt


def test_another_measure_can_be_mapped_and_the_ranking_stays(ask: Ask) -> None:
    visit = ask(indicator="unemployed_per_vacancy")
    assert map_of(visit).title == "Työttömiä avointa työpaikkaa kohti kunnittain"
    assert visit.ranked.indicator == "unemployment_rate"
    levels = [region.level for region in map_of(visit).regions]
    assert levels.count(HIDDEN) > 40
    assert levels.count(NO_VALUE) > 40
    links = card(visit, "area_map").links
    assert [link.current for link in links] == [False, True, False]
    assert links[0].address == f"/fi/{PAGE}?area=305#area_map"
    assert links[2].address == f"/fi/{PAGE}?area=305&indicator=activation_rate#area_map"


def test_the_chosen_area_is_outlined_as_one(ask: Ask) -> None:
    assert map_of(ask(area="305")).outlined == ("305",)
    assert len(map_of(ask(area="MK17")).outlined) == 30
    assert map_of(ask(area="SSS")).outlined == ()
    assert map_of(ask(area="MK17")).own == ""


def test_names_in_the_map_are_escaped(tmp_path: Path, visit_of: Callable[..., Visit]) -> None:
    def rename(database: duckdb.DuckDBPyConnection) -> None:
        database.execute("update area set name_fi = 'Äänekoski & <b>' where area = '992'")
        add(database, "unemployment_rate", "992", "2026-08", 9.9)

    visit = visit_of(build(tmp_path, change=rename), area="992")
    for svg in (draw_far(map_of(visit), "<alt>"), draw_svg(ranks_of(visit, "rank_country"), WIDE, "<alt>")):
        ElementTree.fromstring(svg)
        assert "&lt;b&gt;" in svg


def test_limits_are_round_and_part_the_municipalities_about_evenly() -> None:
    values = sorted(6 + number / 30 for number in range(300))
    assert class_limits(values) == (8.0, 10.0, 12.0, 14.0)
    skewed = sorted([1 + number / 100 for number in range(250)] + [20 + number for number in range(50)])
    limits = class_limits(skewed)
    counts = [[level_of(value, limits) for value in skewed].count(level) for level in range(len(limits) + 1)]
    assert min(counts) > 30


@pytest.mark.parametrize(("values", "limits"), [([], ()), ([5.0] * 9, ()), ([1.0, 1.0, 2.0, 2.0], (2.0,))])
def test_few_different_values_make_few_classes(values: list[float], limits: tuple[float, ...]) -> None:
    assert class_limits(values) == limits
