"""The laws of the model that speak of texts and of scenarios: 4, 9 and 14."""

from collections.abc import Sequence

from terms.core.history import History
from terms.records import read_text
from terms.records.objections import objections_of
from terms.records.writing import from_json_lines, to_json_lines, write_record
from terms.scenarios import read_scenario_text
from terms.testing.changes import Change, branched, scenario_text
from terms.testing.texts import Spoil, Style, respelled, spoiled


def writing_reads_back(history: History) -> None:
    """Law 4: reading what was written gives the same record, as text and as JSON Lines."""
    told = (history.declared, history.record)
    record = read_text(write_record(*told))
    assert (record.header, record.events) == told
    assert from_json_lines(to_json_lines(*told)) == told


def other_words_mean_the_same(history: History, styles: Sequence[Style]) -> None:
    """Law 4: remarks, order of keys, brackets, line ends and blank lines change nothing."""
    record = read_text(respelled(history.declared, history.record, styles))
    assert not record.has_errors, [one.message for one in record.diagnostics]
    assert (record.header, record.events) == (history.declared, history.record)


def an_empty_scenario_is_its_base(history: History, cut: int) -> None:
    """Law 9: a scenario that changes nothing is its base up to the branch point, state for state."""
    text = scenario_text(history.declared, history.record, (), cut=cut)
    steps = max(1, cut) if history.record else 0
    made = branched(text, history.declared, history.record).ground.history
    assert made.events == history.record[:steps]
    assert made.last == History(history.declared, history.record[:steps]).last


def dropping_and_putting_back(history: History, place: int) -> None:
    """Law 9: an event that is dropped and put in again at its place changes nothing."""
    words = history.record[place].words()
    base = scenario_text(history.declared, history.record, ())
    at = ("insert-after", place - 1) if place else ("insert-before", 1)
    edits = [
        f"  - drop: {history.record[place].id}",
        f"  - {at[0]}: {history.record[at[1]].id}",
        f"    event: {_flow(words)}",
    ]
    made = branched("\n".join([base.rstrip(), "edit:", *edits, ""]), history.declared, history.record)
    assert made.ground.events == made.base.events
    assert [step.after for step in made.ground.history] == [step.after for step in made.base.history]


def _flow(words: object) -> str:
    if isinstance(words, dict):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(inner)}" for key, inner in words.items()) + "}"
    if isinstance(words, list):
        return "[" + ", ".join(map(_flow, words)) + "]"
    return '"' + str(words).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def edits_stay_in_their_branch(
    history: History, changes: Sequence[Change], *, cut: int, replay: bool
) -> None:
    """Law 9: a branch leaves its base as it was, and up to its first change it is like its base."""
    text = scenario_text(history.declared, history.record, changes, cut=cut, replay=replay)
    made = branched(text, history.declared, history.record)
    assert made.base.events == history.record
    assert made.base.history.last == History(history.declared, history.record).last
    assert made.ground.events[: made.first] == made.base.events[: made.first]
    assert made.ground.history.state(made.first) == made.base.history.state(made.first)


def no_text_is_too_bad_to_read(history: History, damage: Sequence[Spoil]) -> None:
    """Law 14: whatever is done to a record, reading it tells what is wrong; what is told as right stays as it is."""
    record = read_text(spoiled(write_record(history.declared, history.record), damage))
    objections_of(record)
    if not record.has_errors:
        again = read_text(write_record(record.header, record.events))
        assert (again.header, again.events) == (record.header, record.events)


def no_scenario_is_too_bad_to_read(
    history: History, changes: Sequence[Change], damage: Sequence[Spoil]
) -> None:
    """Law 14: whatever is done to a scenario, reading it tells what is wrong and never raises."""
    text = spoiled(scenario_text(history.declared, history.record, changes), damage)
    read = read_scenario_text(text)
    assert all(one.message for one in read.diagnostics)
