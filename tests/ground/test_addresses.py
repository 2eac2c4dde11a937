"""What names a store is told from what names a file, and found from the file in which it is written."""

import pytest

from terms.ground.addresses import beside_elsewhere, is_elsewhere


@pytest.mark.parametrize(
    "path", ["sqlite:terms.db#talks", "postgresql://host/base", "umadb://host", "a/b.jsonl#b"]
)
def test_an_address_names_a_store(path):
    assert is_elsewhere(path)


@pytest.mark.parametrize("path", ["talks.record.yaml", "a/sqlite", "b.jsonl.yaml"])
def test_a_path_names_a_file(path):
    assert not is_elsewhere(path)


@pytest.mark.parametrize(("path", "found"), [
    ("sqlite:terms.db#talks", "sqlite:at/terms.db#talks"), ("postgresql://host/base#talks", "postgresql://host/base#talks"),
    ("talks.jsonl", "at/talks.jsonl"), ("talks.record.yaml", "at/talks.record.yaml"),
])  # fmt: skip
def test_the_file_of_a_store_is_found_from_where_it_is_named(path, found):
    assert beside_elsewhere(path, lambda other: f"at/{other}") == found
