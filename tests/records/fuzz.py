"""Mutants of records: whatever is done to a text, reading it neither crashes nor loses an event in silence.

`python -m tests.records.fuzz 20000 1` reads that many mutants from that seed and says what it found.
"""

import random
import re
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from terms.core.event import KINDS
from terms.ground.diagnostics import Diagnostic
from terms.records import Record, read_text
from terms.records.objections import objections_of
from terms.records.writing import write_record
from terms.testing.stories import Move, interpret

SEEDS = Path(__file__).parents[2] / "seeds"
_EVENT = re.compile(r"^  - id: *[\"']?([a-z][a-z0-9-]*)", re.MULTILINE)
ODD = ["{", "}", "[", "]", '"', "'", ":", ": ", " #", "-", "- ", "\t", "|", ">", "&a", "*a", "!t", "%", "@", "`", ",", "\r",
       "\x00", "\u2028", "\ufeff", "é", "مرحبا", "<<: ", "---\n", "...\n", "? ", "~", "\\", "\n", "\n\n", "  ", "x-"]  # fmt: skip
WORDS = ["yes", "no", "12:30", "30 km", "north", "e1", "e2/option-1", "vote", "2031-3-4", "not stated", "id", "kind", "terms", "of",
         "source", "M1", "any of [a, b]", "{is: open}", "same as e1", "all-of", "events:", "terms:", "correct", "retract", "with"]  # fmt: skip


@lru_cache(maxsize=1)
def originals() -> tuple[str, ...]:
    """A record with every kind of event, one with every option on, and the example of the tutorial."""
    kinds = list(KINDS)
    plain = write_record(
        *interpret([Move(kind, place % 3, place % 5, (place % 15,)) for place, kind in enumerate(kinds * 2)])
    )
    full = write_record(
        *interpret(
            [
                Move(kind, place % 3, place % 2, (place % 15, 3), place, 127, 1)
                for place, kind in enumerate(kinds)
            ]
        )
    )
    example = (SEEDS / "example" / "example.record.yaml").read_text("utf-8")
    return plain, full, example


def _cut(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start + chance.randrange(1, 40) :]


def _insert(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(ODD) + text[at:]


def _replace(text: str, chance: random.Random) -> str:
    words = [*re.finditer(r"[\w./-]+", text)]
    if not words:
        return text
    match = chance.choice(words)
    return text[: match.start()] + chance.choice(WORDS) + text[match.end() :]


def _exchange(text: str, chance: random.Random) -> str:
    """A word of the text in place of another: well-formed more often than not, and wrong in meaning."""
    words = [*re.finditer(r"[\w./-]+", text)]
    if not words:
        return text
    match = chance.choice(words)
    return text[: match.start()] + chance.choice(words)[0] + text[match.end() :]


def _lines(change: Callable[[list[str], int, random.Random], None]) -> Callable[[str, random.Random], str]:
    def mutate(text: str, chance: random.Random) -> str:
        lines = text.split("\n")
        change(lines, chance.randrange(len(lines)), chance)
        return "\n".join(lines)

    return mutate


def _drop_line(lines: list[str], at: int, chance: random.Random) -> None:
    del lines[at]


def _double_line(lines: list[str], at: int, chance: random.Random) -> None:
    lines.insert(chance.randrange(len(lines)), lines[at])


def _indent_line(lines: list[str], at: int, chance: random.Random) -> None:
    lines[at] = " " * chance.randrange(0, 9) + lines[at].lstrip(" ")


def _swap_lines(lines: list[str], at: int, chance: random.Random) -> None:
    other = chance.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]


def _truncate(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(len(text) + 1)]


MUTATIONS = (_cut, _insert, _replace, _exchange, _lines(_drop_line), _lines(_double_line), _lines(_indent_line),
             _lines(_swap_lines), _exchange, _replace, _insert, _truncate)  # fmt: skip


def mutants(count: int, seed: int) -> Iterator[str]:
    """`count` mutants of the originals, the same for one seed; each has one to four changes."""
    chance = random.Random(seed)
    for _ in range(count):
        text = chance.choice(originals())
        for _ in range(chance.choice((1, 1, 1, 2, 2, 4))):
            text = chance.choice(MUTATIONS)(text, chance)
        yield text


def lost_in_silence(text: str, record: Record) -> list[str]:
    """Ids of events that stand in the text and are neither read nor blamed for anything."""
    if not record.events and any(one.code in ("E101", "E105", "E009") for one in record.diagnostics):
        return []  # nothing below is read, and that is said
    lines = text.removeprefix("\ufeff").count("\n") + 2
    opening = max(0, text.find("\nevents:"))
    starts = [(text.count("\n", 0, match.start()) + 1, match[1]) for match in _EVENT.finditer(text, opening)]
    bare = [number for number, line in enumerate(text.split("\n"), start=1) if line[:1].strip("# \r")]
    blamed = [
        (one.place.line, max(_reach(one, bare, lines), *(where.place.line for where in one.related), 0))
        for one in record.diagnostics
        if one.severity == "error" and one.place is not None
    ]
    read = {place.place.line for place in record.places.values()}
    lost = []
    for (line, name), (following, _) in pairwise([*starts, (lines, "")]):
        told = any(first < following and last >= line for first, last in blamed)
        if line not in read and not told:
            lost.append(name)
    return lost


def _reach(one: Diagnostic, bare: list[int], lines: int) -> int:
    """The last line that a fault speaks of: one at the margin of a line speaks of all that is indented below it."""
    assert one.place is not None
    if one.place.column > 1:
        return one.place.end_line
    return max(one.place.end_line, next((number - 1 for number in bare if number > one.place.line), lines))


def verdict(text: str) -> str:
    """What is wrong with reading this text; empty when nothing is."""
    record = read_text(text)
    objections_of(record)
    lost = lost_in_silence(text, record)
    return f"lost in silence: {', '.join(lost)}" if lost else ""


def survey(texts: Iterator[str], verdict: Callable[[str], str], seed: int, ending: str) -> int:
    """Try every text; 1 when any is read wrongly, and then the first few are kept beside, named by `ending`."""
    number, bad = -1, 0
    for number, text in enumerate(texts):
        try:
            said = verdict(text)
        except Exception as fault:  # noqa: BLE001 - a crash of any kind is what is looked for
            said = f"{type(fault).__name__}: {fault}"
        if said:
            bad += 1
            print(f"mutant {number} of seed {seed}: {said[:300]}")
            if bad <= 3:
                Path(f"mutant-{seed}-{number}.{ending}").write_text(text, "utf-8", "surrogatepass")
    print(f"{number + 1} mutants, {bad} read wrongly")
    return 1 if bad else 0


if __name__ == "__main__":
    asked, start = ([int(word) for word in sys.argv[1:]] + [20_000, 1][len(sys.argv) - 1 :])[:2]
    sys.exit(survey(mutants(asked, start), verdict, start, "record.yaml"))
