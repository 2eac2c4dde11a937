"""Scenarios as one party could run them: the record below is what `terms export --for PARTY` hands that party.

So nothing that it does not know of takes part, neither in what comes of the scenario nor in what is expected of it.
"""

from functools import cache

from msgspec.structs import replace

from terms.cli.naming import known_name
from terms.cli.opening import untold_fault
from terms.cli.refusal import Refused
from terms.records.record import Record
from terms.scenarios.grounds import Library
from terms.scenarios.scenario import Scenario


def handed(record: Record, party: str) -> Record:
    """What a party is handed of a record: no places in a file, which would tell how much there is between them.

    Nor is it told of faults, which may be those of events that are hidden from it: what is faulty is left out.

    Raises:
        Refused: the record cannot be read, or declares no such party.
    """
    from terms.stores.projecting import handed_to

    if record.is_unreadable:
        raise Refused(*untold_fault(record.path))
    known_name(party, record.header.party, "party")
    return Record(*handed_to(party, record.header, record.events), path=record.path)


def library_for(party: str | None, library: Library) -> Library:
    """The library in which every record is what a party is handed of it; None: all that is recorded.

    A pin is of a past of which the party does not know all, so it is not held against what it does.
    """
    if party is None:
        return library

    @cache
    def record(path: str) -> Record:
        return handed(library.record(path), party)

    def scenario(path: str) -> Scenario:
        return replace(library.scenario(path), pin=None)

    return Library(record, scenario, library.named)
