"""Generated records of any size for benchmarks: plausible talks between two parties and a mediator."""

import json
import random
from collections.abc import Iterator
from typing import Protocol

from terms.core.header import Header, Party, Source, Term
from terms.values import Declaration

HEAD = """format: terms/1
title: Generated talks

parties:
  north: {name: North, role: belligerent}
  south: {name: South, role: belligerent}
  league: {name: The League, role: mediator}

terms:
"""
TAIL = """
sources:
  M1: {title: Minutes of the sessions, published: 2031-03-01}

events:
"""
TERMS = 40


def header() -> Header:
    """What the generated events are about."""
    terms = tuple(Term(f"sector-{place}.distance", Declaration("quantity", "km")) for place in range(TERMS))
    parties = (Party("north", "North", "belligerent"), Party("south", "South", "belligerent"))
    return Header(parties=parties, terms=terms, sources=(Source("M1", "Minutes"),))


class Told(Protocol):
    """Tells the events of a record of a size, the same for one seed."""

    def __call__(self, count: int, *, seed: int) -> Iterator[dict[str, object]]: ...


def events(count: int, *, seed: int = 1) -> Iterator[dict[str, object]]:
    """`count` events as files would spell them: offers, counters, answers, statements; the same for one seed."""
    chance = random.Random(seed)
    tabled: list[str] = []
    for place in range(count):
        by = ("north", "south")[place % 2]
        kind = (
            "propose"
            if len(tabled) < 5
            else chance.choice(("propose", "counter", "accept", "reject", "state"))
        )
        event: dict[str, object] = {
            "id": f"e{place + 1}",
            "date": f"2031-{place * 12 // count + 1:02}-{place * 336 // count % 28 + 1:02}",
            "kind": kind,
            "by": by,
        }
        if kind in ("counter", "accept", "reject"):
            event["of"] = chance.choice(tabled[-40:])
        if kind in ("propose", "counter"):
            event["terms"] = {f"sector-{chance.randrange(TERMS)}.distance": f"{chance.randrange(10, 60)} km"}
            tabled.append(f"e{place + 1}")
        event |= {
            "source": f"M1 p.{place // 4 + 1}",
            "quote": "Thirty empties the valley. We said twenty in the autumn and we say twenty now.",
            "note": "Read out at the table before the recess, then handed to the secretary.",
        }
        yield event


RETOLD = 500
"""Events from one that changes how an earlier one is read to the next, in a record with such."""


def retold(count: int, *, seed: int = 1) -> Iterator[dict[str, object]]:
    """As `events`, but now and then something of the last 300 is corrected, taken back, told otherwise or further up."""
    chance = random.Random(seed)
    for place, event in enumerate(events(count, seed=seed)):
        earlier = f"e{max(place - chance.randrange(300), 1)}"
        late = {key: event[key] for key in ("id", "date", "source")} | {"of": earlier, "why": "misheard"}
        how = place // RETOLD % 4 if place and place % RETOLD == 0 else None
        if how == 0:
            yield {**late, "kind": "correct", "with": {"note": "misheard in the hall", "by": "south"}}
        elif how == 1:
            yield {**late, "kind": "retract"}
        elif how == 2:
            yield {**event, "after": earlier}
        else:
            told = {} if how is None else {"account-of": f"sitting-{place // (RETOLD * 8)}"}
            yield {**event, **told}


def record_text(count: int, *, seed: int = 1) -> str:
    """A record of `count` events as a file."""
    lines = [HEAD]
    lines += [f"  sector-{place}.distance: {{type: quantity, unit: km}}\n" for place in range(TERMS)]
    lines.append(TAIL)
    for event in events(count, seed=seed):
        for place, (key, value) in enumerate(event.items()):
            lead = "  - " if place == 0 else "    "
            if isinstance(value, dict):
                lines.append(
                    f"{lead}{key}:\n" + "".join(f"      {name}: {words}\n" for name, words in value.items())
                )
            else:
                lines.append(f"{lead}{key}: {value}\n")
        lines.append("\n")
    return "".join(lines)


def json_events(count: int, *, seed: int = 1, told: Told = events) -> Iterator[bytes]:
    """The same events as JSON, one bytes object an event."""
    return (json.dumps(event).encode() for event in told(count, seed=seed))


def ledger_text(count: int, size: int) -> str:
    """A Beancount ledger of `count` transactions, padded by narration to about `size` bytes."""
    head = 'option "operating_currency" "EUR"\n2000-01-01 open Assets:Cash EUR\n2000-01-01 open Expenses:Food EUR\n\n'
    bare = '{day} * "Payee {n}" "{pad}"\n  Expenses:Food    {n}.00 EUR\n  Assets:Cash     -{n}.00 EUR\n\n'
    pad = max(0, (size - len(head)) // count - len(bare.format(day="2031-01-01", n=1234, pad="")))
    rows = [
        bare.format(day=f"2031-{n * 12 // count + 1:02}-{n % 28 + 1:02}", n=n + 1, pad="x" * pad)
        for n in range(count)
    ]
    return head + "".join(rows)
