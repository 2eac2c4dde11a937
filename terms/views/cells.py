"""One cell in words: where a party stands on a term in a stage, since which event, and how old that is."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from terms.core.binding import matched
from terms.core.entries import Cell, Version
from terms.core.holding import let_go
from terms.core.situation import Situation
from terms.core.talks import CellKey, Talks
from terms.views.reading import days_since
from terms.views.signs import SIGNS, Sign
from terms.views.wording import ago, modality_words, stance_words

Options = Mapping[tuple[str, str, str], tuple[tuple[str, str], ...]]
"""(party, term, stage) -> (EVENT/OPTION, words) of the options that party has on the table."""


class CellView(Struct, frozen=True):
    """A cell as it is shown.

    `words` are the party's own stance; empty while it took none. `event` made the status, `stance_event`
    the stance (it may be older: a party that rejects an offer keeps its own stance). `answers` is the
    version a response is about. `detail` is what a deferral waits for, which reservations are kept, to whom
    it was referred. `bound` are the words that bind the party where it now says something else.
    `options` are terms it offers only inside an option not yet picked, `undertaken` what it has bound itself
    to without anybody's acceptance: (event, words). `age` is in days, None: not known.
    `contested`: rival accounts give another answer here.
    """

    party: str
    term: str
    stage: str
    sign: Sign
    modality: str = ""
    words: str = ""
    event: str | None = None
    stance_event: str | None = None
    answers: str | None = None
    detail: str = ""
    bound: str = ""
    bound_by: str | None = None
    options: tuple[tuple[str, str], ...] = ()
    undertaken: tuple[tuple[str, str], ...] = ()
    age: int | None = None
    reopened: bool = False
    contested: bool = False

    @property
    def is_silent(self) -> bool:
        """Whether the party has said nothing on the term in this stage."""
        return self.event is None and not self.options and not self.undertaken


def cell_view(
    at: Situation,
    key: CellKey,
    *,
    options: Options | None = None,
    reopened: bool = False,
    contested: bool = False,
) -> CellView:
    """The cell (party, term, stage) in words at a moment. `options` None: work them out anew."""
    party, term, stage = key
    offered = (options_on_table(at.talks) if options is None else options).get(key, ())
    made = _undertaken(at.talks, party, term)
    cell = at.talks.cells.get(key)
    if cell is None:
        return CellView(
            party, term, stage, SIGNS["silent"], options=offered, undertaken=made, contested=contested
        )
    bound, bound_by = _bound(at, key, cell)
    return CellView(
        party,
        term,
        stage,
        SIGNS[cell.status],
        modality_words(cell.stance),
        stance_words(cell.stance),
        cell.event,
        cell.stance_event,
        cell.version if cell.version != cell.event else None,
        "" if cell.detail == "option" else cell.detail,
        bound,
        bound_by,
        offered,
        made,
        days_since(at, cell.event),
        reopened,
        contested,
    )


def age_words(at: Situation, cell: CellView) -> str:
    """How long ago a party said so: `8 days ago`, `28 to 57 days ago` where the date is vague."""
    first = at.history.event(cell.event).date.first_day if cell.event is not None else None
    return ago(cell.age, None if first is None else (at.moment.date() - first).days)


def options_on_table(talks: Talks) -> Options:
    """Every option of an open version that nobody picked, by the cell of those who tabled it."""
    found: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for version in talks.offering_options():
        if version.state == "open" and version.chosen is None:
            for key, option in _options_of(version):
                found.setdefault(key, []).append(option)
    return {key: tuple(sorted(options)) for key, options in found.items()}


def _options_of(version: Version) -> Iterator[tuple[CellKey, tuple[str, str]]]:
    for name, clauses in version.options.items():
        for term, clause in clauses.items():
            for party in version.by:
                yield (party, term, clause.stage), (f"{version.id}/{name}", stance_words(clause.stance))


def _undertaken(talks: Talks, party: str, term: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (made.event, stance_words(made.clause.stance))
        for name, made in sorted(talks.undertakings.items())
        if name.rpartition("/")[2] == term and party in made.by and made.recanted_by is None
    )


def _bound(at: Situation, key: CellKey, cell: Cell) -> tuple[str, str | None]:
    """What binds the party and since which event, where everybody matched it and it says otherwise."""
    talks = at.talks
    if cell.status == "accepted" and any(
        one.version == cell.version and matched(talks, key[1], one.version, key[2]) for one in cell.bound
    ):
        return "", None
    for one in cell.bound:
        clause = talks.clause(one.version, key[1])
        if (
            clause is None
            or one.reservations
            or one.condition
            or not matched(talks, key[1], one.version, key[2])
            or let_go(at, key[1], key[2], one)
        ):
            continue
        if clause.stance != cell.stance or cell.status not in ("accepted", "proposed"):
            return stance_words(clause.stance), one.event
    return "", None


def cell_words(cell: CellView) -> str:
    """A cell on one line without its sign: what the party answers, says, is bound to, offers in options."""
    own = _own(cell)
    said = [_answer(cell), own]
    if cell.bound:
        said.append(f"bound to {cell.bound} by {cell.bound_by}")
    if cell.reopened:
        said.append("reopened")
    said.extend(f"in {option} ({words})" for option, words in cell.options)
    said.extend(f"undertakes {words} in {event}" for event, words in cell.undertaken)
    if cell.contested:
        said.append("contested")
    return "; ".join(part for part in said if part)


def _answer(cell: CellView) -> str:
    """What a response is about, with what it waits for or keeps back."""
    if cell.sign.word in ("proposed", "silent"):
        return ""
    of = cell.answers or ""
    detail = {"deferred": f"until {cell.detail}", "referred to another body": f"to {cell.detail}"}
    more = detail.get(cell.sign.word, cell.detail) if cell.detail else ""
    return " ".join(part for part in (of, more) if part)


def _own(cell: CellView) -> str:
    if not cell.words:
        return ""
    plain = cell.modality in ("", "refuse", "open", "defer") or cell.sign.word.startswith("accepted")
    modality = "" if plain else f" ({cell.modality})"
    own = "own stance " if cell.sign.word == "rejected" else ""
    older = f" since {cell.stance_event}" if cell.stance_event not in (None, cell.event) else ""
    return f"{own}{cell.words}{modality}{older}"
