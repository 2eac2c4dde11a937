"""What stands at the head of every answer: what went into it, what was left out, and under which policy."""

from msgspec import Struct

from terms.analyses.engine.declared import declared
from terms.analyses.engine.positions import Model, Silence
from terms.analyses.engine.readings import told_by


class Heading(Struct, frozen=True):
    """`positions` counts those of each party, sorted by id: who has more on record looks more in the way.

    `text` are the (term, party, event) that a person has to judge and that the arithmetic therefore leaves
    out, in whole or in part. `silent` are (party, term, said inside a package only), without a stance of their
    own; `answered` those of them that said something all the same, as (party, term, `deferred` or the like).
    `readings` counts the readings of rival accounts that change the positions, 1 when there is no rival.
    `conditional` positions are taken as they stand, without their conditions; `overtaken` order statements ask
    for nothing any more. `months`: lengths in calendar months are read at their shortest. `rivals` counts the
    rival accounts told by then: an answer under one reading takes the default one, or that of the lens
    (`by_lens`). `unused` tells what was declared beside the record and cannot be used, and why; `one_by_one`:
    there are too many combinations of accounts, so each reading takes one other account alone. `stale` after how
    many days a position counts as old, on whose word.
    """

    positions: tuple[tuple[str, int], ...]
    text: tuple[tuple[str, str, str], ...]
    silent: tuple[tuple[str, str, bool], ...]
    silence: Silence
    answered: tuple[tuple[str, str, str], ...] = ()
    readings: int = 1
    conditional: tuple[str, ...] = ()
    overtaken: tuple[str, ...] = ()
    months: bool = False
    rivals: int = 0
    unused: tuple[str, ...] = ()
    stale: tuple[int, str] | None = None
    one_by_one: bool = False
    by_lens: bool = False


def heading(model: Model, *, readings: int = 1, one_by_one: bool = False) -> Heading:
    """The heading of an answer worked out from `model`."""
    known = declared(model.at)
    return Heading(
        tuple(model.spoken().items()),
        model.reviewed,
        tuple((one.party, one.slot, one.package_only) for one in model.silent),
        model.silence,
        tuple((one.party, one.slot, one.said) for one in model.silent if one.said),
        readings,
        model.conditional,
        model.moot,
        model.domains.loose,
        sum(1 for _ in told_by(model.at)),
        known.unused,
        known.stale,
        one_by_one,
        bool(model.at.history.view.prefer),
    )
