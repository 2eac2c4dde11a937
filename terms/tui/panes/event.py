"""One event in full: what it did, in which words, on whose word, who knew, who tells it otherwise."""

from functools import lru_cache

from terms.core.history import History
from terms.tui import matrix
from terms.tui.desk import Desk
from terms.tui.lines import Style
from terms.tui.panes.positions import cell_text
from terms.views.answers.knowing import EVERYBODY, Learning
from terms.views.detail import Change, EventDetail, accounts_of, event_detail
from terms.views.sources import SourceView, voice_words
from terms.views.wording import listed, name_of

Row = tuple[str, Style]

FIRST_CHANGES = 2
"""Changes shown before the quotation; an event that moves more cells tells the rest at the end."""


def rows(desk: Desk) -> list[Row]:
    """The event looked at."""
    if desk.event is None:
        return [("Nothing has happened yet. '.' steps to the first event.", "dim")]
    first, *rest = _told(desk.history, desk.event.id)
    return [first, *_in_overlay(desk), *rest]


def _in_overlay(desk: Desk) -> list[Row]:
    """The cell under the cursor in what is laid over, where it differs; and where the two first do."""
    if desk.overlay is None or desk.cell not in desk.starred:
        return []
    party, term, _ = desk.cell
    there, here = (
        cell_text(matrix.cell_at(history, steps, desk.cell))
        for history, steps in ((desk.overlay.history, desk.opposite), (desk.history, desk.steps))
    )
    first = matrix.first_divergence(desk.history, desk.overlay)
    since = f"; first differs: {first}" if first else ""
    who = name_of(desk.history.header, party)
    return [(f"* {who} on {term}: {here} here, {there} in {desk.overlay.name}{since}", "mark")]


@lru_cache(maxsize=64)
def _told(history: History, name: str) -> list[Row]:
    told = event_detail(history, name)
    made: list[Row] = [(f"{told.id}  {told.date}  {told.sentence}", "strong")]
    made += [(f"! objection: {objection.sentence}", "alert") for objection in told.objections]
    made += [(f"corrected or retracted by {event}", "alert") for event in told.corrections]
    made += _accounts(told)
    changes = [_change(history, change) for change in told.changes]
    made += changes[:FIRST_CHANGES]
    if told.quote:
        made.append((f'"{told.quote.strip()}"' + (f" ({told.lang})" if told.lang else ""), ""))
    if told.translation:
        made.append(
            (
                f'in translation: "{told.translation}"'
                + (f" ({told.translated_by})" if told.translated_by else ""),
                "",
            )
        )
    in_full: list[Row] = [(_source(source), "dim") for source in told.sources]
    brief = ", ".join(" ".join(filter(None, (one.id, one.at, one.grade))) for one in told.sources)
    made += in_full if len(in_full) <= 1 else [(f"sources {brief}; in full below", "dim")]
    made += _knowledge(history, told)
    made += [(voice_words(one), "mark") for one in told.voices]
    made += changes[FIRST_CHANGES:]
    made += [(f"{key}: {words}", "") for key, words in told.fields]
    if told.conditions:
        made.append((f"conditions: {told.conditions}", ""))
    made += _circumstances(told) + (in_full if len(in_full) > 1 else [])
    return made + [(f"{source.id}: {source.url}", "dim") for source in told.sources if source.url]


def _change(history: History, change: Change) -> Row:
    """One changed cell; the words once where only the sign is another."""
    who = name_of(history.header, change.after.party)
    before, after = cell_text(change.before), cell_text(change.after)
    if before == after:
        return f"{who} on {change.after.term}: {after}, again", "changed"
    if change.before.words == change.after.words and change.before.words:
        before = change.before.sign.mark
    return f"{who} on {change.after.term}: {before} -> {after}", "changed"


def _source(source: SourceView) -> str:
    grade = f"graded {source.grade}" if source.grade else ""
    side = f"{source.side}'s own source" if source.side else ""
    published = f"published {source.published}" if source.published else ""
    said = (
        f"source {source.id}",
        source.at,
        source.title,
        source.publisher,
        published,
        grade,
        side,
        source.note,
    )
    return ", ".join(part for part in said if part)


def _knowledge(history: History, told: EventDetail) -> list[Row]:
    """Who came to know of it, when and through which event; one line where it was public at its own moment."""
    learned = told.knowing.learned
    if not learned or (learned[0].party == EVERYBODY and learned[0].how == "public"):
        return [("known to everybody as it happened", "dim")]
    made: list[Row] = []
    for place, one in enumerate(learned):
        made.append((f"known to {_learning(history, told, one)}", "mark"))
        last = place + 1 == len(learned) or learned[place + 1].through != one.through
        if last and one.through != told.id:
            made += _otherwise(history, one.through)
    return made


def _otherwise(history: History, event: str) -> list[Row]:
    """How rival accounts date the event through which something came to be known."""
    made: list[Row] = []
    for account in accounts_of(history, event):
        dates = [words for key, words in account.differs if key == "date"]
        if dates and not account.in_use:
            by = f" by {', '.join(account.sources)}" if account.sources else ""
            made.append((f"? on {dates[0]}{by} (account {account.name} of {event})", "mark"))
    return made


def _learning(history: History, told: EventDetail, one: Learning) -> str:
    who = "everybody" if one.party == EVERYBODY else name_of(history.header, one.party)
    how = f"{one.how}" if one.through == told.id else f"by {one.through}, {one.how}"
    parts = f" of {listed(one.parts)} only" if one.parts else ""
    return f"{who}{parts}, {one.date} ({how})"


def _accounts(told: EventDetail) -> list[Row]:
    """Every account of what it tells; nothing where nobody tells it otherwise."""
    made: list[Row] = []
    for account in told.accounts:
        differs = "; ".join(f"{key}: {words}" for key, words in account.differs)
        sources = f" by {', '.join(account.sources)}" if account.sources else ""
        used = "in use" if account.in_use else "a rival"
        own = f" {account.event}" if account.event != told.id else ""
        made.append(
            (f"? account {account.name}{own}{sources}, {used}" + (f": {differs}" if differs else ""), "mark")
        )
    return made


def _circumstances(told: EventDetail) -> list[Row]:
    office = f"({told.office})" if told.office else ""
    pairs = (
        ("spoken by", " ".join(word for word in (told.speaker or "", office, told.standing) if word)),
        ("on behalf of", told.on_behalf_of or ""),
        ("to", ", ".join(told.to)),
        ("through", ", ".join(told.via)),
        ("present", ", ".join(told.present)),
        ("channel", told.channel if told.channel != "public" else ""),
        ("place", told.place),
        ("learned by the record", told.known),
        ("note", told.note),
        ("answered or mentioned by", ", ".join(told.later)),
        ("tags", ", ".join(told.tags)),
    )
    return [(f"{key}: {words}", "dim") for key, words in pairs if words]
