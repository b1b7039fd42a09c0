"""A server over a data folder, for as long as something looks at its pages."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from werkzeug.serving import make_server

from dashboards.server import create_server
from impact_commands import form_reader
from queries.catalogue import load_catalogue
from queries.settings import load_settings


@contextmanager
def serving(data_dir: Path) -> Iterator[str]:
    """Serve a data folder's pages; give their root address."""
    app = create_server(load_settings(data_dir=data_dir), load_catalogue(), form_reader())
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
