"""One PostgreSQL server for all tests of a process, started only when a test asks for it."""

import pytest

from tests.stores.places import start_server


@pytest.fixture(scope="session")
def server():
    return start_server()
