"""Small invented talks as events and, beside them, as plain predicates on deals: for trying every deal there is.

The predicates are written from the definitions of the analyses and share nothing with their engine.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, combinations, product

from hypothesis import strategies as st

from terms.core.situation import Situation, situation
from tests.told import told

Deal = Mapping[str, object]
"""Term -> its value, None where the deal leaves it out; happening -> its day."""

PARTIES = ("north", "south")
HAPPENINGS = ("parameters.settled", "talks.begins", "vote.held")
PORTS = tuple(frozenset(one) for size in range(4) for one in combinations(("east", "west", "south"), size))
VALUES: dict[str, tuple[object, ...]] = {
    "pullback": (None, 5, 10, 15, 20, 25, 30, 35),
    "roads": (None, "open", "closed"),
    "ports": (None, *PORTS),
}
WORDS: dict[str, tuple[tuple[str, Callable[[object], bool]], ...]] = {
    "pullback": (
        ("at least 20 km", lambda v: v >= 20),
        ("at most 10 km", lambda v: v <= 10),
        ("10 km to 30 km", lambda v: 10 <= v <= 30),
        ("30 km", lambda v: v == 30),
    ),
    "roads": (("open", lambda v: v == "open"), ("closed", lambda v: v == "closed")),
    "ports": (
        ("{all-of: [east]}", lambda v: "east" in v),
        ("{within: [west, south]}", lambda v: v <= {"west", "south"}),
        ("{all-of: [west, south]}", lambda v: v >= {"west", "south"}),
    ),
}
MODALITIES = ("limit", "demand", "offer", "refuse")
DAYS = range(7)
"""Enough for three happenings bound by at most two days each."""


@dataclass(frozen=True)
class Told:
    """One statement: its event, the position it makes, and what it asks of a deal.

    `asks` of a term tells (modality, test); of an either/or `ways` are tests term by term, of a rejection `bars` those
    of the either/or that it refuses; of order `keeps`.
    """

    event: str
    name: str
    by: str
    term: str = ""
    modality: str = ""
    test: Callable[[object], bool] | None = None
    ways: tuple[Mapping[str, Callable[[object], bool]], ...] = ()
    keeps: Callable[[Deal], bool] | None = None
    bars: tuple[Mapping[str, Callable[[object], bool]], ...] = ()

    @property
    def terms(self) -> frozenset[str]:
        return frozenset({self.term} - {""}).union(*(way.keys() for way in self.ways))


@st.composite
def statements(draw) -> tuple[Told, ...]:
    """At most one stance a party on each term, an either/or perhaps, and some order."""
    found: list[Told] = []
    for by, term in product(PARTIES, VALUES):
        if draw(st.booleans()):
            modality = draw(st.sampled_from(MODALITIES))
            words, test = draw(st.sampled_from(WORDS[term]))
            name = f"e{len(found)}"
            said = "{as: refuse}" if modality == "refuse" else f"{{is: {words}, as: {modality}}}"
            event = f"id: {name}, kind: propose, by: {by}, terms: {{{term}: {said}}}"
            found.append(Told(event, name, by, term, modality, test))
    if draw(st.integers(0, 2)) == 0:
        found.append(draw(_either_or(f"e{len(found)}")))
        if draw(st.booleans()):
            offer, name = found[-1], f"e{len(found)}"
            by = PARTIES[1 - PARTIES.index(offer.by)]
            event = f"id: {name}, kind: reject, by: {by}, of: {offer.name}"
            found.append(Told(event, name, by, bars=offer.ways))
    pairs = [(by, *pair) for by in PARTIES for pair in combinations(HAPPENINGS, 2)]
    for by, one, other in draw(st.lists(st.sampled_from(pairs), max_size=3, unique=True)):
        found.append(draw(_order(f"e{len(found)}", by, one, other)))
    return tuple(found)


@st.composite
def _either_or(draw, name: str) -> Told:
    (w1, t1), (w2, t2) = draw(st.sampled_from(WORDS["pullback"])), draw(st.sampled_from(WORDS["roads"]))
    w3, t3 = draw(st.sampled_from(WORDS["ports"]))
    by = draw(st.sampled_from(PARTIES))
    first, ways = f"pullback: {w1}", ({"pullback": t1}, {"roads": t2, "ports": t3})
    if draw(st.booleans()):  # both alternatives speak of the roads
        w4, t4 = draw(st.sampled_from(WORDS["roads"]))
        first, ways = f"{first}, roads: {w4}", ({"pullback": t1, "roads": t4}, ways[1])
    event = (
        f"id: {name}, kind: propose, form: demand, by: {by}, "
        f"one-of: {{opt1: {{{first}}}, opt2: {{roads: {w2}, ports: {w3}}}}}"
    )
    return Told(event, name, by, ways=ways)


@st.composite
def _order(draw, name: str, by: str, one: str, other: str) -> Told:
    """One statement of a party on two happenings: a second one would stand in place of the first."""
    x, y = draw(st.permutations((one, other)))
    days = draw(st.integers(1, 2))
    words, keeps = draw(
        st.sampled_from(
            [
                (f"{x} before {y}", lambda deal: deal[x] < deal[y]),
                (f"{x} not after {y}", lambda deal: deal[x] <= deal[y]),
                (f"{x} within {days} days after {y}", lambda deal: 0 <= deal[x] - deal[y] <= days),
                (f"{x} at least {days} days after {y}", lambda deal: deal[x] - deal[y] >= days),
            ]
        )
    )
    return Told(
        f"id: {name}, kind: condition, by: {by}, order: {{o1: {words}}}", f"{name}/o1", by, keeps=keeps
    )


def at_end(said: Iterable[Told]) -> Situation:
    """The record of these statements, read to its end."""
    return situation(told(*(one.event for one in said), logic=False))


def _inside(one: Told, later: Iterable[Told]) -> bool:
    """Whether a later either/or of the same party speaks of a stance's term in every alternative."""
    return bool(one.term) and any(
        other.by == one.by and other.ways and all(one.term in way for way in other.ways) for other in later
    )


class Tried:
    """Everything there is to know about a few statements, from looking at every deal.

    `partial`: a deal has to settle nothing but what is demanded.
    """

    def __init__(self, said: tuple[Told, ...], *, partial: bool = False) -> None:
        said = tuple(one for place, one in enumerate(said) if not _inside(one, said[place:]))
        self.said = said
        spoken = [(one.term, one.modality) for one in said if one.term]
        spoken += [(term, "limit") for one in said for term in one.terms if one.ways]
        self.scope = {term for term, modality in spoken if modality != "refuse"}
        refused = {term for term, modality in spoken if modality == "refuse"}
        self.mixed = set() if partial else self.scope & refused
        self.required = set() if partial else self.scope - self.mixed
        values = [dict(zip(VALUES, picked, strict=True)) for picked in product(*VALUES.values())]
        self.deals = [deal for deal in values if all(deal[term] is not None for term in self.required)]
        times = [dict(zip(HAPPENINGS, days, strict=True)) for days in product(DAYS, repeat=len(HAPPENINGS))]
        orders, others = [one for one in said if one.keeps], [one for one in said if not one.keeps]
        self._kept = {frozenset(one.name for one in orders if one.keeps(time)) for time in times}
        self._met = [
            (deal, frozenset(one.name for one in others if self.holds(one, deal))) for deal in self.deals
        ]
        self._sets = {met for _, met in self._met}
        self.names = frozenset(one.name for one in said)
        self.orders = frozenset(one.name for one in orders)

    def holds(self, one: Told, deal: Deal) -> bool:
        """Whether a statement on values is satisfied by a deal."""
        if one.ways or one.bars:
            met = any(
                all(deal[term] is not None and test(deal[term]) for term, test in way.items())
                for way in one.ways or one.bars
            )
            return met if one.ways else not met
        value = deal[one.term]
        if one.modality == "refuse":
            return value is None
        if value is None:
            return one.modality != "demand" and one.term not in self.mixed
        return bool(one.test(value))

    def fits(self, names: frozenset[str]) -> bool:
        """Whether some deal satisfies all of these."""
        return any(names & self.orders <= kept for kept in self._kept) and any(
            names - self.orders <= met for met in self._sets
        )

    def subsets(self) -> Iterable[frozenset[str]]:
        names = sorted(self.names)
        return map(
            frozenset, chain.from_iterable(combinations(names, size) for size in range(len(names) + 1))
        )

    def cores(self) -> set[frozenset[str]]:
        """The smallest sets that cannot all hold."""
        return {
            one for one in self.subsets() if not self.fits(one) and all(self.fits(one - {n}) for n in one)
        }

    def ways_out(self) -> set[frozenset[str]]:
        """The smallest sets whose giving up lets the rest hold."""
        held = [one for one in self.subsets() if self.fits(one)]
        return {self.names - one for one in held if not any(one < other for other in held)}

    def values(self, term: str) -> set[object]:
        """The values of a term in deals that satisfy everything."""
        return {deal[term] for deal, met in self._met if self.names - self.orders <= met}

    def largest(self) -> set[frozenset[str]]:
        """The largest sets of terms in scope that a deal satisfying everything settles."""
        settled = {
            frozenset(term for term in self.scope if deal[term] is not None)
            for deal, met in self._met
            if self.names - self.orders <= met
        }
        return {one for one in settled if not any(one < other for other in settled)}
