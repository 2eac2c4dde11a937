"""The tree of a scenario that is recalled is the tree that was read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.cellar import trees
from terms.cellar.folder import MOST_KEPT, cellar, mark_of_text, put_by
from terms.cellar.trees import Trees
from terms.ground.tree import read_tree

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "scenarios").rglob("*.scenario.yaml"))
TEXT = "format: terms-scenario/1\nbase: {record: talks, after: n-1}\nexpect:\n  - [a, 'b', {c: d}]\n"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(tmp_path / "cache")}


def kept_of(environment: dict[str, str]) -> list[Path]:
    folder = cellar(environment)
    return sorted(folder.glob("*.tree")) if folder is not None and folder.exists() else []


def recalled(text: str, path: str, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch):
    """What comes of a text that was read before, by a reader that may not read it again."""
    first = Trees(environment)
    read = first(text, path)
    first.keep()

    def never(text: str, path: str) -> None:
        raise AssertionError(f"{path} was read again")

    with monkeypatch.context() as changed:
        changed.setattr(trees, "read_tree", never)
        again = Trees(environment)
        return read, again(text, path)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_scenario_comes_back_as_it_was_read(path, environment, monkeypatch):
    read, found = recalled(path.read_text("utf-8"), str(path), environment, monkeypatch)
    assert found == read
    assert [entry.key.place for entry in found.root.entries] == [
        entry.key.place for entry in read.root.entries
    ]


WORDS = st.text("ab'\"|é\u0301 ", max_size=5).map(lambda text: '"' + text.replace('"', '\\"') + '"')
NODES = st.recursive(
    WORDS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda members: f"[{', '.join(members)}]")
        | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=3).map(
            lambda entries: "{" + ", ".join(f"{key}: {value}" for key, value in entries.items()) + "}"
        )
    ),
    max_leaves=8,
)


@given(NODES)
def test_so_does_every_tree_without_faults(tmp_path_factory, text):
    environment = {"XDG_CACHE_HOME": str(tmp_path_factory.mktemp("trees"))}
    with pytest.MonkeyPatch.context() as changed:
        read, found = recalled(text, "a.scenario.yaml", environment, changed)
    assert found == read == read_tree(text, "a.scenario.yaml")


def test_one_with_faults_is_not_kept(environment):
    for text in ("a: [", "a: 1\na: 2\n", "", "a: *b\n", "\ufeffa: \x07\n"):
        tree = Trees(environment)
        assert tree(text, "a.scenario.yaml") == read_tree(text, "a.scenario.yaml")
        tree.keep()
        assert kept_of(environment) == []


def test_a_changed_text_is_read_anew_and_takes_the_place_of_the_old(environment):
    tree = Trees(environment)
    tree(TEXT, "a.scenario.yaml")
    tree.keep()
    assert len(kept_of(environment)) == 1
    changed = "format: terms-scenario/1\nbase: {record: other}\n"
    assert tree(changed, "a.scenario.yaml") == read_tree(changed, "a.scenario.yaml")
    assert len(tree.fresh) == 1
    tree.keep()
    assert len(kept_of(environment)) == 1


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'["text",1,2]', b'["map",0,1,[["text"]]]', b"7"])
def test_what_is_no_tree_counts_as_nothing_kept(content, environment):
    text, path = "format: terms-scenario/1\n", "a.scenario.yaml"
    tree = Trees(environment)
    tree(text, path)
    tree.keep()
    [kept] = kept_of(environment)
    put_by(cellar(environment), kept.name, mark_of_text(text), content)
    again = Trees(environment)
    assert again(text, path) == read_tree(text, path)
    assert len(again.fresh) == 1


def test_nothing_is_kept_where_nothing_is_to_be(tmp_path):
    environment = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "TERMS_NO_CACHE": "1"}
    tree = Trees(environment)
    assert tree("a: 1\n", "a.scenario.yaml") == read_tree("a: 1\n", "a.scenario.yaml")
    tree.keep()
    assert not (tmp_path / "cache").exists()


def test_all_shipped_scenarios_and_their_records_find_room_beside_each_other():
    assert len(SHIPPED) * 2 < MOST_KEPT
