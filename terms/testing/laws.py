"""The laws of the model as functions: each takes a history (and a choice) and raises AssertionError.

They are written against the public surface only, so that users run them on their own records. The
numbers are those of the design's list of laws.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from terms.core.awaiting import ALL_BOUND
from terms.core.consent import consent_of
from terms.core.event import Event, gathered, read_event
from terms.core.header import Header, Party
from terms.core.history import History, story_ranks
from terms.core.knowledge import knows
from terms.core.lens import known_from
from terms.core.reducer import fold
from terms.core.situation import situation
from terms.core.story import AMENDING
from terms.core.talks import Talks
from terms.ground.words import Plain

DISCLOSING = ("hand-over", "publish", "leak", "announce", "deny", "claim", "endorse", "oppose", "incident")


def resuming_changes_nothing(history: History, cut: int) -> None:
    """Law 1: replaying from any step equals replaying from the start, where nothing behind it changes before it."""
    tail = history.events[cut:]
    names = {event.id for event in history.events[:cut]}
    looks_back = any(
        (event.kind in ("correct", "retract") and names & set(getattr(event, "of", ())))
        or event.after in names
        for event in tail
    )
    if not looks_back and not any(event.accounts or event.account_of for event in history.events):
        assert History(history.header, tail).record == tail
        assert fold(_as_folded(history, cut), history.state(cut)) == history.last


def _as_folded(history: History, cut: int) -> Sequence[Event]:
    dropped = {
        name for event in history.events[cut:] if event.kind == "retract" for name in getattr(event, "of", ())
    }
    ranked = sorted(
        zip(story_ranks(history.events)[cut:], history.events[cut:], strict=True), key=lambda pair: pair[0]
    )
    read = (history.as_read(event.id) for _, event in ranked if event.id not in dropped)
    return [event for event in read if event is not None]


def later_events_do_not_matter(history: History, cut: int) -> None:
    """Law 2: the state at n ignores events after n."""
    assert History(history.header, history.record[:cut]).last == history.state(cut)


def known_later_does_not_matter(history: History, moment: datetime) -> None:
    """Law 3: as known on K ignores events known after K."""
    known = tuple(e for e in history.record if known_from(history.header, e) <= moment)
    assert history.as_known(moment).last == History(history.header, known).last


def disclosure_moves_nothing(history: History) -> None:
    """Law 5: disclosure moves no position, and denials change certainty only."""
    for step in history:
        if step.event.kind in DISCLOSING:
            assert step.after.cells == step.before.cells
            assert step.after.versions == step.before.versions


def correction_is_as_if_written_so(history: History) -> None:
    """Law 6: after a correction the talks are those of a record that had said it from the start."""
    for step in history:
        if step.event.kind in AMENDING:
            assert _as_written(history, step.index + 1).last == step.after


def _as_written(history: History, steps: int) -> History:
    """The history of a record that had said from the start what these steps say once they are corrected."""
    read = (history.as_read(event.id, steps) for event in history.events[:steps])
    plain = tuple(event for event in read if event is not None and event.kind not in AMENDING)
    return History(history.header, plain)


def agreed_means_one_version(history: History) -> None:
    """Law 7: agreed requires the same version from every consenting party."""
    at = situation(history)
    for term in history.header.term:
        consent = consent_of(at, term)
        if consent.state in ALL_BOUND:
            held = at.talks.target(consent.version or "").version
            needed = history.header.consent(term, held.text if held is not None else None)
            for party in needed:
                cell = at.talks.cells[party, term, consent.stage]
                assert any(one.version == consent.version for one in cell.bound)


def a_party_sees_only_what_it_knows(history: History, party: str) -> None:
    """Law 10: what a party sees contains nothing it does not know, and knowledge only grows."""
    seen = history.seen_by(party)
    for event in seen.events:
        whole = knows(history.last, history.event(event.id), party)
        assert whole or _is_part(event, history.event(event.id))
    before: set[str] = set()
    for cut in range(len(history) + 1):
        now = {event.id for event in History(history.header, history.record[:cut]).seen_by(party).events}
        assert before <= now
        before = now


def what_a_party_knows_only_grows(history: History, party: str, cut: int) -> None:
    """Law 10, at one step: a party sees only what it knows, and knew nothing before that it knows no more."""
    seen = history.seen_by(party)
    for event in seen.events:
        assert knows(history.last, history.event(event.id), party) or _is_part(event, history.event(event.id))
    before = {event.id for event in History(history.declared, history.record[:cut]).seen_by(party).events}
    assert before <= {event.id for event in seen.events}


def _is_part(shown: Event, whole: Event) -> bool:
    return shown.id == whole.id and shown.quote is None and shown.note is None


def renaming_renames(history: History, names: Mapping[str, str]) -> None:
    """Law 11: renaming parties renames every answer and changes nothing else."""
    other = renamed(history, names)
    assert len(other) == len(history)
    here, there = situation(history), situation(other)
    for term in history.header.term:
        one, two = consent_of(here, term), consent_of(there, term)
        assert (two.state, two.version, two.events) == (one.state, one.version, one.events)
        assert set(two.between) == {names.get(party, party) for party in one.between}
        assert set(two.missing) == {names.get(party, party) for party in one.missing}
    cells = {(names.get(p, p), t, s): cell.status for (p, t, s), cell in history.last.cells.items()}
    assert cells == {key: cell.status for key, cell in other.last.cells.items()}


def no_effect_shares_the_state(history: History) -> None:
    """Law 12: an event without effect shares the state object, and stepping back returns the same object."""
    for place, step in enumerate(history):
        if step.after == step.before:
            assert step.after is step.before
        assert history[place].after is step.after


def swapping_independent_events(history: History, place: int) -> None:
    """Law 8: two neighbours of one day that touch nothing in common change nothing but the order."""
    first, second = history.record[place], history.record[place + 1]
    swapped = History(history.header, (*history.record[:place], second, first, *history.record[place + 2 :]))
    tellings: tuple[History, ...] = (history, swapped)
    if any(event.kind in AMENDING for event in history.record[place + 2 :]):
        # Later corrections may bring together what was apart when it was told.
        tellings += tuple(_as_written(told, len(told)) for told in (history, swapped))
    if first.date == second.date and all(_independent(told, first.id, second.id) for told in tellings):
        assert _unordered(swapped.last) == _unordered(history.last)


def _independent(history: History, first: str, second: str) -> bool:
    """Whether neither of two events names the other and each leaves alone what the other touches, in this order."""
    if first not in history.names or second not in history.names:
        return True  # one was retracted
    one, two = history[history.index(first)], history[history.index(second)]
    if {first, second} & (_named(one.event) | _named(two.event)) or _named(one.event) & _named(two.event):
        return False
    if _spoken(one.event) & _spoken(two.event):
        return False
    if {one.event.kind, two.event.kind} & {*AMENDING, "judge"}:
        return False
    return not touched(one.before, one.after) & touched(two.before, two.after)


def _spoken(event: Event) -> set[str]:
    """The terms an event spells. What one says of a term depends on what was said of it before."""
    told = [getattr(event, name, ()) for name in ("terms", "all_of", "one_of")]
    return {str(term) for one in told for term in one}


def _named(event: Event) -> set[str]:
    """What an event answers, and the occurrence it tells of: which of two tells it first is theirs to say."""
    told = {event.account_of} if event.account_of is not None else set()
    return {reference.partition("/")[0] for reference in getattr(event, "of", ())} | told


def touched(before: Talks, after: Talks) -> set[tuple[str, str]]:
    """(part of the state, key) pairs that differ; cells count by term, since consent looks across parties."""
    found: set[tuple[str, str]] = set()
    for name in Talks.__struct_fields__:
        old, new = getattr(before, name), getattr(after, name)
        if old is new or name == "header":
            continue
        if not hasattr(old, "items"):
            found.add((name, ""))
            continue
        for key in {*old, *new}:
            if old.get(key) != new.get(key):
                found.add(("term", key[1]) if name == "cells" else (name, str(key)))
    return found


def _unordered(talks: Talks) -> dict[str, object]:
    return {name: getattr(talks, name) for name in Talks.__struct_fields__}


def renamed(history: History, names: Mapping[str, str]) -> History:
    """The same record with parties called otherwise, wherever their ids stand as words."""
    pattern = re.compile(r"(?<![\w.-])(" + "|".join(map(re.escape, names)) + r")(?![\w-]|\.\w)")

    def swap(words: Plain) -> Plain:
        if isinstance(words, str):
            return pattern.sub(lambda found: names[found[0]], words)
        if isinstance(words, dict):
            return {str(swap(key)): swap(value) for key, value in words.items()}
        return [swap(one) for one in words]

    header = _renamed_header(history.header, names)
    spelled = [swap(event.words()) for event in history.record]
    return History(header, tuple(read_event(gathered(one)) for one in spelled if isinstance(one, dict)))


def _renamed_header(header: Header, names: Mapping[str, str]) -> Header:
    def new(party: str) -> str:
        return names.get(party, party)

    return replace(
        header,
        parties=tuple(Party(new(p.id), p.name, p.role, p.aliases) for p in header.parties),
        persons=tuple(replace(p, of=new(p.of) if p.of else None) for p in header.persons),
        terms=tuple(
            replace(
                t,
                consent=tuple(map(new, t.consent)),
                declaration=replace(t.declaration, of=tuple(map(new, t.declaration.of))),
            )
            for t in header.terms
        ),
        texts=tuple(replace(t, parties=tuple(map(new, t.parties))) for t in header.texts),
    )
