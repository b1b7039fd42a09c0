"""What holds for every test: no setting from outside, no call beyond this machine, the same examples every time."""

import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from queries.settings import PREFIX

LOOPBACK = ("127.0.0.1", "::1", "localhost")

settings.register_profile("house", deadline=None, derandomize=True, database=None)
settings.load_profile("house")

for _name in [name for name in os.environ if name.startswith(PREFIX)]:
    del os.environ[_name]


@pytest.fixture(autouse=True, scope="session")
def no_call_beyond_this_machine() -> Iterator[None]:
    """Refuse every connection that leaves the machine and say whom it was meant for."""
    connect = socket.socket.connect

    def connect_here_only(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test called {address[0]}:{address[1]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here_only)
        yield
