"""One indicator, five areas, from 2006-01 on, from the full database."""

from queries.read import NEWEST_KNOWLEDGE, Reader
from queries.settings import load_settings
from tests.bench.figures import Figure, full_database, percentiles, print_figures


def main() -> None:
    """Measure and print."""
    areas = [area.code for area in load_settings().municipalities]
    with full_database() as data_dir:
        reader = Reader(data_dir)

        def ask() -> object:
            return reader.snapshot().frame(
                "series",
                indicators=["unemployment_rate"],
                areas=areas,
                dimension="",
                since="2006-01",
                until="2099-12",
                as_of=NEWEST_KNOWLEDGE,
            )

        middle, high = percentiles(ask, 300)
        held = reader.snapshot().cursor.execute("select count(*) from observation").fetchone()
    print_figures(
        "query: one indicator, five areas, from 2006-01",
        [
            Figure("rows in the database", f"{(held or (0,))[0]:,}"),
            Figure("p50", f"{middle:.2f} ms", "at most 3 ms"),
            Figure("p95", f"{high:.2f} ms"),
        ],
    )


if __name__ == "__main__":
    main()
