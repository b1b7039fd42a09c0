"""Run a fake publisher as a process: `python -m tests.publishers --port 8051`, with `--catalogue` or `--sotkanet`."""

import argparse
import signal
import threading
from types import FrameType

from tests.publishers.ckan import Ckan
from tests.publishers.server import Publisher
from tests.publishers.sotkanet import Sotkanet
from tests.publishers.statfin import Config, StatFin


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.publishers", description=__doc__)
    parser.add_argument("--port", type=int, default=8051, help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--max-calls", type=int, default=40, help="calls allowed in a minute")
    other = parser.add_mutually_exclusive_group()
    other.add_argument("--catalogue", action="store_true", help="Kela's catalogue in place of Statistics Finland")
    other.add_argument("--sotkanet", action="store_true", help="Sotkanet in its place")
    return parser.parse_args()


def asked_for(asked: argparse.Namespace) -> Publisher:
    """Give the publisher that was asked for."""
    if asked.sotkanet:
        return Sotkanet(port=asked.port)
    return (
        Ckan(port=asked.port) if asked.catalogue else StatFin(config=Config(max_calls=asked.max_calls), port=asked.port)
    )


def main() -> None:
    """Serve until interrupted or terminated; print the address in one line."""
    asked = arguments()
    done = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        done.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    with asked_for(asked) as publisher:
        print(publisher.url, flush=True)
        done.wait()


if __name__ == "__main__":
    main()
