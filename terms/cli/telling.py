"""An event in full, or an occurrence with its rival accounts side by side, as `terms why` prints them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from terms.cli.opening import Opened
    from terms.cli.output import Output
    from terms.views.detail import EventDetail
    from terms.views.occurrences import Telling
    from terms.views.sources import SourceView


def tell_occurrence(
    found: "Opened", out: "Output", name: str, tellings: "tuple[Telling, ...]", *, json: bool
) -> None:
    """What each account tells of an occurrence, with its sources."""
    from terms.cli.shown import heading

    if json:
        out.json("occurrence", {"at": found.point(), "occurrence": name, "tellings": tellings})
        return
    heading(found, out)
    accounts = tuple(dict.fromkeys(one.account for one in tellings))
    out.line()
    out.heading(f"{name}: {len(accounts)} account{'s' if len(accounts) > 1 else ''}")
    for account in accounts:
        mine = [one for one in tellings if one.account == account]
        out.line()
        out.heading(f"{account} ({'in use' if mine[0].in_use else 'not in use'})")
        for one in mine:
            out.labelled(f"  {one.date}  ", f"{one.sentence} [{one.event}]")
            if one.note:
                out.labelled("  note: ", one.note)
            for source in one.sources:
                out.labelled(f"  {_source_name(source)}: ", _source_words(source))


def _source_name(source: "SourceView") -> str:
    return f"{source.id} {source.at}".rstrip() + (f" ({source.grade})" if source.grade else "")


def _source_words(source: "SourceView") -> str:
    """Title, publisher, day and address: what somebody needs who quotes it."""
    published = f"published {source.published}" if source.published else ""
    return ", ".join(part for part in (source.title, source.publisher, published, source.url) if part)


def tell_event(found: "Opened", out: "Output", name: str, *, json: bool) -> None:
    """Everything about one event: what it says, what it changed, on whose word, who knew."""
    from terms.cli.naming import event_index
    from terms.cli.shown import heading
    from terms.views.detail import event_detail

    name = found.history.events[event_index(found.history, name)].id
    detail = event_detail(found.history, name, found.at.steps)
    # A line of the file tells how much of it stands before, and of that a party may know but a part.
    place = found.record.head(detail.id) if found.history.view.party is None else None
    if json:
        out.json("event", {"at": found.point(), "event": detail, "place": str(place) if place else None})
        return
    heading(found, out)
    out.line()
    _lines(out, detail)
    if place is not None:
        out.line()
        out.wrapped(f"recorded at {place}")


def _lines(out: "Output", detail: "EventDetail") -> None:
    from terms.views.cells import cell_words

    out.heading(f"{detail.id}: {detail.sentence}")
    speaker = ", ".join(part for part in (detail.speaker or "", detail.office, detail.standing) if part)
    rows = [
        ("date", detail.date),
        ("known", detail.known),
        ("by", ", ".join(detail.by)),
        ("speaker", speaker),
        ("on behalf of", detail.on_behalf_of or ""),
        ("to", ", ".join(detail.to)),
        ("via", ", ".join(detail.via)),
        ("present", ", ".join(detail.present)),
        ("channel", detail.channel if detail.channel != "public" else ""),
        ("place", detail.place),
        *detail.fields,
        ("conditions", detail.conditions),
        ("note", detail.note),
        ("tags", ", ".join(detail.tags)),
        ("corrected by", ", ".join(detail.corrections)),
        ("answered by", ", ".join(detail.answers)),
        (
            "named by",
            ", ".join(one for one in detail.later if one not in (*detail.answers, *detail.corrections)),
        ),
    ]
    out.table([row for row in rows if row[1]])
    if detail.changes:
        out.line()
        out.heading("Changed")
        for change in detail.changes:
            before, after = change.before, change.after
            was = f"{before.sign.mark} {before.sign.word} {cell_words(before)}".strip()
            now = f"{after.sign.mark} {after.sign.word} {cell_words(after)}".strip()
            out.entry(f"{after.party} on {after.term}", f"{was} -> {now}")
    if detail.quote:
        out.line()
        out.wrapped(
            f'"{detail.quote.strip()}"' + (f" ({detail.lang})" if detail.lang else ""), indent=2, hanging=3
        )
    if detail.translation:
        by = f": {detail.translated_by}" if detail.translated_by else ""
        out.wrapped(f'"{detail.translation}" (translation{by})', indent=2)
    _told(out, detail)


def _told(out: "Output", detail: "EventDetail") -> None:
    from terms.views.answers.knowing import learning_words
    from terms.views.sources import voice_words

    out.line()
    out.heading("On whose word")
    for one in detail.sources:
        out.labelled(f"  {_source_name(one)}: ", _source_words(one))
    for account in detail.accounts:
        differs = ", ".join(f"{key}: {value}" for key, value in account.differs) or "as a whole"
        used = "in use" if account.in_use else "not in use"
        told = f", {', '.join(account.sources)}" if account.sources else ""
        out.labelled(f"  account {account.name} ({used}{told}): ", f"{account.event}; {differs}")
    for voice in detail.voices:
        out.line(f"  {voice_words(voice)}")
    for objection in detail.objections:
        out.labelled(f"  objection {objection.code}: ", objection.sentence)
    if detail.channel != "public":
        out.line()
        out.heading("Who knew when")
        out.table(
            [
                (one.party.replace("*", "everybody"), one.date, learning_words(one))
                for one in detail.knowing.learned
            ]
        )
