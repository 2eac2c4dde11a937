"""Opens corpus records, and says in one word what a test wants to know of them."""

from datetime import UTC, datetime
from pathlib import Path

from terms.core.consent import consent_of
from terms.core.history import History
from terms.core.life import axes
from terms.core.situation import Situation, situation
from terms.records import read_record

HERE = Path(__file__).parent


def opened(name: str) -> History:
    """The history of a corpus record that loads without a single error."""
    record = read_record(str(HERE / f"{name}.record.yaml"))
    assert [found for found in record.diagnostics if found.severity == "error"] == []
    return History(record.header, record.events)


def after(history: History, event: str, on: str | None = None) -> Situation:
    """The situation right after an event, at its own date or on the day given."""
    return situation(history, history.index(event) + 1, day(on) if on else None)


def day(text: str) -> datetime:
    """Noon of a day, or an instant, in UTC."""
    return datetime.fromisoformat(text if "T" in text else f"{text}T12:00:00").replace(tzinfo=UTC)


def consent(at: Situation, term: str) -> str:
    """The state of consent on a term."""
    return consent_of(at, term).state


def headline(at: Situation, term: str) -> str:
    """The headline over the four axes."""
    return axes(at, term).headline


def status(at: Situation, party: str, term: str) -> str:
    """What a party says now on a term; silent when it never spoke."""
    cell = at.talks.cell(party, term)
    return cell.status if cell is not None else "silent"
