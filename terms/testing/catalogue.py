"""The ready-made laws by name: what each says, and how it is tried on one history with a few whole numbers.

A law that chooses (a step, a party) draws whole numbers between two bounds under a name, so that the same law is
tried by Hypothesis, which draws them, and by `terms replay`, which reads them from a kept case.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from terms.core.history import History
from terms.testing import certificates, laws, text_laws
from terms.testing.changes import CHANGES, Change
from terms.testing.stories import KIND_NAMES, Move
from terms.testing.texts import SPOILING, STYLES, WHOLE, Spoil, Style

Choose = Callable[[str, int, int], int]
"""Chooses a whole number under a name, from the first bound to the last."""
Trial = Callable[[History, Choose], None]


class Law(Struct, frozen=True):
    """One law. `tried` raises AssertionError where a history breaks it.

    `number` is that of the model's list; 0 for one of your own. `kinds` are the kinds of event that stories
    for it are told in, since it says little of others; empty: all.
    """

    name: str
    says: str
    tried: Trial
    number: int = 0
    kinds: tuple[str, ...] = ()

    def fits(self, kinds: Sequence[str]) -> tuple[str, ...]:
        """Which of these kinds of event stories for it are told in."""
        return tuple(kind for kind in kinds if not self.kinds or kind in self.kinds)


def _step(history: History, choose: Choose) -> int:
    return choose("step", 0, len(history))


def _moves(choose: Choose, name: str) -> Move:
    return Move(
        KIND_NAMES[choose(f"{name}-kind", 0, len(KIND_NAMES) - 1)],
        choose(f"{name}-who", 0, 3),
        choose(f"{name}-back", 0, 4),
        value=choose(f"{name}-value", 0, 24),
        flags=choose(f"{name}-flags", 0, 255),
    )


def _changes(choose: Choose) -> list[Change]:
    return [
        Change(
            CHANGES[choose(f"change-{number}", 0, len(CHANGES) - 1)],
            choose(f"change-{number}-back", 0, 9),
            _moves(choose, f"change-{number}"),
        )
        for number in range(choose("changes", 0, 4))
    ]


def _damage(choose: Choose) -> list[Spoil]:
    return [
        Spoil(
            SPOILING[choose(f"damage-{number}", 0, len(SPOILING) - 1)],
            choose(f"damage-{number}-place", 0, 20_000),
            choose(f"damage-{number}-size", 0, 20_000),
        )
        for number in range(choose("damages", 0, 4))
    ]


def _styles(choose: Choose) -> list[Style]:
    known = (*STYLES, *WHOLE)
    return [
        Style(known[choose(f"style-{number}", 0, len(known) - 1)], choose(f"style-{number}-place", 0, 99))
        for number in range(choose("styles", 0, 6))
    ]


def _known_later(history: History, choose: Choose) -> None:
    days = [event.date.last_day for event in history.record if event.date.last_day is not None]
    if days:
        span = max(0, (max(days) - min(days)).days)
        end = datetime(min(days).year, min(days).month, min(days).day, 23, 59, 59, tzinfo=UTC)
        laws.known_later_does_not_matter(history, end + timedelta(days=choose("days", 0, span + 1)))


def _swapped(history: History, choose: Choose) -> None:
    if len(history) > 1:
        laws.swapping_independent_events(history, choose("place", 0, len(history) - 2))


def _seen(history: History, choose: Choose) -> None:
    parties = sorted(history.header.party)
    laws.what_a_party_knows_only_grows(
        history, parties[choose("party", 0, len(parties) - 1)], _step(history, choose)
    )


def _renamed(history: History, choose: Choose) -> None:
    names = {
        party: f"{party}-{turn}" for turn, party in enumerate(sorted(history.header.party, reverse=True))
    }
    laws.renaming_renames(history, names)


def _put_back(history: History, choose: Choose) -> None:
    if len(history) > 1:
        text_laws.dropping_and_putting_back(history, choose("place", 0, len(history) - 1))


def _confined(history: History, choose: Choose) -> None:
    changes = _changes(choose)
    text_laws.edits_stay_in_their_branch(
        history, changes, cut=_step(history, choose), replay=bool(choose("replay", 0, 1))
    )


_RESPONDING = ("accept", "propose", "counter", "reject", "agree", "recant", "amend", "withdraw")
_MENDING = ("propose", "accept", "state", "correct", "retract", "counter", "agree")
_TELLING = ("propose", "state", "publish", "leak", "hand-over", "accept", "counter")

SHIPPED = (
    Law(
        "resuming",
        "replaying from any step equals replaying from the start",
        lambda history, choose: laws.resuming_changes_nothing(history, _step(history, choose)),
        1,
    ),
    Law(
        "no-later-events",
        "the state at a step ignores the events after it",
        lambda history, choose: laws.later_events_do_not_matter(history, _step(history, choose)),
        2,
    ),
    Law("known-later", "as known on a day ignores what was known later", _known_later, 3),
    Law(
        "reads-back",
        "reading what was written gives the same record",
        lambda history, choose: text_laws.writing_reads_back(history),
        4,
    ),
    Law(
        "other-words",
        "remarks, order of keys, brackets and line ends change nothing",
        lambda history, choose: text_laws.other_words_mean_the_same(history, _styles(choose)),
        4,
    ),
    Law(
        "disclosure",
        "disclosing moves no position, denying changes certainty only",
        lambda history, choose: laws.disclosure_moves_nothing(history),
        5,
    ),
    Law(
        "correction",
        "a correction changes only what depends on what it corrects",
        lambda history, choose: laws.correction_is_as_if_written_so(history),
        6,
        _MENDING,
    ),
    Law(
        "one-version",
        "agreed requires the same version from every consenting party",
        lambda history, choose: laws.agreed_means_one_version(history),
        7,
        _RESPONDING,
    ),
    Law("swapping", "swapping two independent events of one day changes nothing but the order", _swapped, 8),
    Law(
        "empty-scenario",
        "an empty scenario equals its base",
        lambda history, choose: text_laws.an_empty_scenario_is_its_base(history, _step(history, choose)),
        9,
    ),
    Law("put-back", "dropping an event and putting it in again changes nothing", _put_back, 9),
    Law("confined", "what a scenario changes stays in its branch", _confined, 9),
    Law(
        "knowledge",
        "what a party sees contains nothing it does not know, and knowledge only grows",
        _seen,
        10,
        _TELLING,
    ),
    Law("renaming", "renaming parties renames every answer and changes nothing else", _renamed, 11),
    Law(
        "shared-state",
        "an event without effect shares the state object",
        lambda history, choose: laws.no_effect_shares_the_state(history),
        12,
    ),
    Law(
        "conclusions",
        "every deal, conflict, knot and agreement survives keeping only the events it cites",
        lambda history, choose: certificates.findings_rest_on_what_they_cite(history),
        13,
    ),
    Law(
        "any-text",
        "no text makes reading a record crash or change what it says",
        lambda history, choose: text_laws.no_text_is_too_bad_to_read(history, _damage(choose)),
        14,
    ),
    Law(
        "any-scenario",
        "no text makes reading a scenario crash",
        lambda history, choose: text_laws.no_scenario_is_too_bad_to_read(
            history, _changes(choose), _damage(choose)
        ),
        14,
    ),
)
LAWS = {law.name: law for law in SHIPPED}
"""Every law that is shipped, by name: all fourteen of the model's list, some as two or three."""
