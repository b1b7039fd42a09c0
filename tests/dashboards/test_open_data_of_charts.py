"""The files in a chart's menu hold the chart's own rows: the same keys, figures and statuses, no more and no fewer."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboards.answer import ANSWERERS
from dashboards.charts import CHARTS
from dashboards.open_data.chart_rows import rows_address
from dashboards.open_data.rows import write_number
from dashboards.site import Site
from dashboards.view import view
from queries.catalogue import load_catalogue
from queries.settings import load_settings
from tests.dashboards import benefit_database, every_municipality, small_database

New = Callable[[Path], FlaskClient]
COMPUTED = {name for name, chart in CHARTS.items() if load_catalogue().indicators[chart.indicator].made_of}


@pytest.fixture(scope="module", params=["small", "every", "benefit"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "every":
        return every_municipality.build(folder)
    change = benefit_database.add_benefit if request.param == "benefit" else None
    return small_database.build(folder, change=change)


def shown_rows(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    keys = ["indicator", "area", "period"]
    categories = frame["category"].tolist() if "category" in frame else [""] * len(frame)
    values = [None if pd.isna(value) else float(value) for value in frame["value"].tolist()]
    columns = [*(frame[name].tolist() for name in keys), categories, map(write_number, values)]
    return sorted(zip(*columns, strict=True))


@pytest.mark.parametrize("query", [{}, {"area": ["614"], "measure": ["persons"]}, {"as_of": ["2026-08-01"]}])
def test_the_csv_of_every_chart_has_its_rows(folder: Path, new_client: New, query: dict[str, list[str]]) -> None:
    site, client, given = Site(load_settings(data_dir=folder), load_catalogue()), new_client(folder), 0
    for chart in CHARTS.values():
        visit = ANSWERERS[chart.page].visit(site, "fi", query)
        shown = view(chart.id, visit)
        frame, address = shown.frame, rows_address(visit, shown, "csv")
        assert not (address and chart.id in COMPUTED)
        if not address:
            assert frame.empty or chart.id in COMPUTED or chart.kind == "occupations", chart.id
            continue
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        found = [
            (row["indicator"], row["area"], row["period"], row["category"], row["value"])
            for row in csv.DictReader(io.StringIO(answer.text))
        ]
        assert sorted(found) == shown_rows(frame), chart.id
        given += 1
    assert given >= 3


def test_a_menu_leads_to_both_files_and_a_computed_chart_to_none(tmp_path: Path, new_client: New) -> None:
    client = new_client(small_database.build(tmp_path, change=benefit_database.add_benefit))
    html = client.get("/fi/tyottomyysturva?area=305").text
    for kind in ("csv", "xlsx"):
        assert f"/api/v1/observations.{kind}?indicator=cofunded_benefit_recipients&amp;area=305" in html
    assert "indicator=cofunded_benefit_municipal_eur_per_inhabitant" not in html
