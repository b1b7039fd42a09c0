"""One indicator, five areas, from 2006-01 on, from the full database; each time another question, then the same."""

import itertools

from queries.read import NEWEST_KNOWLEDGE, Reader
from queries.settings import load_settings
from tests.bench.figures import Figure, full_database, percentiles, print_figures


def main() -> None:
    """Measure and print."""
    areas = [area.code for area in load_settings().municipalities]
    with full_database() as data_dir:
        reader = Reader(data_dir)

        def ask(until: str = "2099-12") -> object:
            return reader.snapshot().frame(
                "series",
                indicator="unemployment_rate",
                areas=areas,
                since="2006-01",
                until=until,
                as_of=NEWEST_KNOWLEDGE,
            )

        def ask_nothing() -> object:
            return reader.snapshot().cursor.execute("select 1").fetchall()

        never_asked = (f"{year}-12" for year in itertools.count(2100))
        middle, high = percentiles(lambda: ask(next(never_asked)), 300)
        again, _ = percentiles(ask, 300)
        least, _ = percentiles(ask_nothing, 300)
        held = reader.snapshot().cursor.execute("select count(*) from observation").fetchone()
    print_figures(
        "query: one indicator, five areas, from 2006-01",
        [
            Figure("rows in the database", f"{(held or (0,))[0]:,}"),
            Figure("p50", f"{middle:.2f} ms", "at most 3 ms"),
            Figure("p95", f"{high:.2f} ms"),
            Figure("the same question again, p50", f"{again:.2f} ms"),
            Figure("'select 1' at the same time, p50", f"{least:.2f} ms", "0.2 ms on a machine that is not busy"),
            Figure("ratio of the two p50", f"{middle / least:.0f}"),
        ],
    )


if __name__ == "__main__":
    main()
