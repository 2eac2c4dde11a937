"""A broken law as a record that a negotiator can read: kept under `.terms/cases`, replayed by `terms replay`.

The law's name and the numbers it chose stand in the record under `x-case`, which every reader leaves alone.
"""

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from msgspec import Struct, field
from msgspec.structs import replace

from terms.core.history import History
from terms.ground.words import FrozenWords, Plain, freeze
from terms.records import Record
from terms.records.writing import write_record
from terms.testing.catalogue import Choose, Law

FOLDER = Path(".terms") / "cases"
SUFFIX = ".record.yaml"
KEY = "x-case"


class Case(Struct, frozen=True):
    """What a law was tried with: its name and the numbers it chose, by name."""

    law: str
    choices: Mapping[str, int] = field(default_factory=dict)

    def choose(self, name: str, least: int, most: int) -> int:
        """The number kept under a name; the least where none was, or where it does not fit any more."""
        found = self.choices.get(name, least)
        return found if least <= found <= most else least


def case_text(history: History, case: Case) -> str:
    """The record as a file, with what is needed to try the law on it again."""
    chosen: dict[str, Plain] = {name: str(number) for name, number in case.choices.items()}
    spelled: dict[str, Plain] = {"law": case.law, **({"chosen": chosen} if chosen else {})}
    kept = history.declared.x if isinstance(history.declared.x, FrozenWords) else FrozenWords({})
    header = replace(history.declared, x=freeze({**dict(kept.items()), KEY: spelled}))
    return write_record(header, history.record)


def case_of(record: Record) -> Case | None:
    """What a kept record was tried with; None: it is a record like any other."""
    told = record.header.x.get(KEY) if isinstance(record.header.x, FrozenWords) else None
    law = told.get("law") if isinstance(told, FrozenWords) else None
    if not isinstance(told, FrozenWords) or not isinstance(law, str):
        return None
    chosen = told.get("chosen")
    numbers = chosen.items() if isinstance(chosen, FrozenWords) else ()
    return Case(
        law, {name: int(words) for name, words in numbers if isinstance(words, str) and words.isdecimal()}
    )


def case_path(name: str) -> Path:
    """Where the case of this name is kept, seen from the folder one works in."""
    return FOLDER / f"{name}{SUFFIX}"


class Told:
    """Around the trial of a law: where it fails, the record is kept and told with the failure.

    Hypothesis tries ever shorter stories, so the last one kept is the shortest.
    """

    def __init__(self, law: Law, history: History, choose: Choose, *, name: str) -> None:
        self.law, self.history, self._choose, self.name = law, history, choose, name
        self.choices: dict[str, int] = {}

    def choose(self, name: str, least: int, most: int) -> int:
        """Choose, and remember."""
        self.choices[name] = self._choose(name, least, most)
        return self.choices[name]

    def __enter__(self) -> "Told":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(fault, Exception) and not type(fault).__module__.startswith("hypothesis"):
            fault.add_note(kept(self.history, Case(self.law.name, self.choices), self.law, self.name))


def kept(history: History, case: Case, law: Law, name: str) -> str:
    """Keep a case, and tell it: the law, where the record is, and the record itself."""
    text = case_text(history, case)
    path = case_path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    number = f"law {law.number}" if law.number else "law"
    many = f"{len(history.record)} event{'' if len(history.record) == 1 else 's'}"
    return (
        f"{number}, {law.name}: {law.says}\nThe shortest record found to break it has {many}. "
        f"It is kept as {path.as_posix()}; `terms replay {name}` tells it and tries the law again:\n\n{text}"
    )
