"""The description of the interface as OpenAPI 3.1, made of the same tables that answer it."""

from typing import Any

from dashboards.open_data.parameters import COLUMNS, PARAMETERS, Parameter
from dashboards.open_data.rows import MOST_ROWS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARQUET = "application/vnd.apache.parquet"
CSVW = "application/csvm+json"
PROBLEM = "application/problem+json"
OBSERVATIONS = {
    "csv": ("text/csv", f"Observations as CSV with the columns {', '.join(COLUMNS)}."),
    "json": ("application/json", "Observations as a JSON-stat 2.0 dataset."),
    "xlsx": (XLSX, f"Observations as a workbook with notes and sources, at most {MOST_ROWS['xlsx']} rows."),
    "csv-metadata.json": (CSVW, "CSVW metadata of the CSV of the same parameters."),
}
LISTS = {
    "indicators": "Every indicator: labels, unit, source, periods, levels, breakdowns, breaks.",
    "areas": "Every area: level, names, what it lies in.",
    "sources": "Every source: licence, release, when it was fetched, how it stands.",
}
INFO = {
    "title": "Koillismaa open data",
    "version": "1",
    "description": (
        "Municipal indicators of Finland with their status, unit, source, release and breaks. An empty value is not "
        "published and its status says why. Nothing is summed here: persons do not add up over areas, categories or "
        "months. An indicator with made_of is computed where a page shows it; ask for its parts. "
        "Without as_of figures are those known now."
    ),
}
PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string", "description": "One sentence in the language asked for."},
        "status": {"type": "integer"},
        "parameter": {"type": "string", "description": "The parameter that is to blame."},
    },
}


def describe_interface() -> dict[str, Any]:
    """Return the OpenAPI document."""
    paths: dict[str, Any] = {f"/api/v1/{name}": {"get": read_list(name, text)} for name, text in LISTS.items()}
    for ending, (kind, text) in OBSERVATIONS.items():
        paths[f"/api/v1/observations.{ending}"] = {"get": read_observations(ending, kind, text)}
    paths["/api/v1/observations.parquet"] = {"get": read_everything()}
    return {
        "openapi": "3.1.0",
        "info": INFO,
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": {"Problem": PROBLEM_SCHEMA}, "responses": problems()},
    }


def problems() -> dict[str, Any]:
    """Return the answers that are no data."""
    texts = {
        "BadParameter": "A parameter cannot be meant; it is named.",
        "Unknown": "A code is not known; its parameter is named.",
        "NoData": "No data is loaded yet.",
    }
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {name: {"description": text, "content": content} for name, text in texts.items()}


def answers(kind: str, schema: dict[str, Any], refusals: dict[str, str]) -> dict[str, Any]:
    """Return the answers of an operation: data of a kind, and refusals by their status."""
    refused = {status: {"$ref": f"#/components/responses/{name}"} for status, name in refusals.items()}
    return {
        "200": {"description": "The data.", "content": {kind: {"schema": schema}}},
        "304": {"description": "Unchanged since the ETag that was sent."},
        **refused,
        "503": {"$ref": "#/components/responses/NoData"},
    }


def read_list(name: str, text: str) -> dict[str, Any]:
    """Return the operation of a list."""
    schema = {"type": "array", "items": {"type": "object", "required": ["code"]}}
    return {
        "operationId": name,
        "summary": text,
        "responses": answers("application/json", schema, {"400": "BadParameter"}),
    }


def read_observations(ending: str, kind: str, text: str) -> dict[str, Any]:
    """Return the operation of observations in a form."""
    takes = [each for each in PARAMETERS if each.name != "excel" or ending.startswith("csv")]
    schema: dict[str, Any] = {"type": "object"} if kind.endswith("json") else {"type": "string"}
    return {
        "operationId": f"observations_{ending.partition('.')[0].replace('-', '_')}",
        "summary": text,
        "parameters": [describe_parameter(each) for each in takes],
        "responses": answers(kind, schema, {"400": "BadParameter", "404": "Unknown"}),
    }


def read_everything() -> dict[str, Any]:
    """Return the operation of the file that has everything."""
    return {
        "operationId": "observations_parquet",
        "summary": "All observations known now, breakdowns too, as one Parquet file with the columns of the CSV.",
        "responses": answers(PARQUET, {"type": "string"}, {"400": "BadParameter"}),
    }


def describe_parameter(parameter: Parameter) -> dict[str, Any]:
    """Return one parameter."""
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.meaning,
        "schema": parameter.schema,
        "example": parameter.example,
    }
