"""Generated records of any size for benchmarks: plausible talks between two parties and a mediator."""

import json
import random
from collections.abc import Iterator

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


def json_events(count: int, *, seed: int = 1) -> Iterator[bytes]:
    """The same events as JSON, one bytes object an event."""
    return (json.dumps(event).encode() for event in events(count, seed=seed))


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
