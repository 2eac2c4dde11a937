"""Packages: the terms that stand or fall with one, and those of them that are not agreed yet."""

from collections.abc import Mapping

from terms.core.entries import BOUND, Clause, Version
from terms.core.holding import bonds_on, holds, versions_on
from terms.core.situation import Situation


def unagreed_rest(
    at: Situation, term: str, version: str, held: Version | None, needed: tuple[str, ...]
) -> tuple[str, ...]:
    """Terms of the same package that not all of `needed` are bound to; none when it may be taken alone.

    An amended package keeps this clause: it counts as agreed once any text it stands in is agreed whole.
    """
    tied = _tied(at, term, needed)
    if held is None or held.severally:
        return _open_among(at, tied, {}, needed)
    if "/" in version:
        option = at.talks.target(version).clauses
        return _open_among(at, {*tied, *option} - {term}, option, needed)
    rest = _open_among(at, tied | _packed(held, term), held.clauses, needed)
    if not rest and _stands_in(held, term, version):
        return rest  # no other text of the package could leave less open
    rests = [
        _open_among(at, tied | _packed(text, term), text.clauses, needed)
        for text in at.talks.versions.values()
        if text.root == held.root and _stands_in(text, term, version)
    ]
    return min(rests, key=lambda rest: (len(rest), rest), default=())


def _stands_in(text: Version, term: str, version: str) -> bool:
    clause = text.clauses.get(term)
    return clause is not None and clause.version == version


def _packed(text: Version, term: str) -> set[str]:
    """The other terms that stand or fall with `term` in a text."""
    found = set(text.clauses) if text.whole else set()
    for terms in text.packages.values():
        found |= set(terms) if term in terms else set()
    return found - {term}


def _tied(at: Situation, term: str, needed: tuple[str, ...]) -> set[str]:
    """The other terms of packages that one of `needed` declared; one without terms holds all that were raised."""
    found: set[str] = set()
    for tie in at.talks.ties.values():
        if tie.package and set(tie.by) & set(needed) and (not tie.terms or term in tie.terms):
            found |= set(tie.terms) or at.raised
    return found - {term}


def _open_among(
    at: Situation, terms: set[str], clauses: Mapping[str, Clause], needed: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(sorted(term for term in terms if not _settled(at, term, clauses.get(term), needed)))


def _settled(at: Situation, term: str, clause: Clause | None, needed: tuple[str, ...]) -> bool:
    """Whether all of `needed` are bound to the clause (none given: to any version), or put it off together."""
    stage = clause.stage if clause is not None else at.talks.stage_of(term)
    if clause is not None and clause.stance.modality == "defer":
        return True
    versions = (clause.version,) if clause is not None else versions_on(at, term, stage)
    return any(
        all(party in bonds and holds(at, term, stage, bonds[party], BOUND) for party in needed)
        for bonds in (bonds_on(at, term, stage, version) for version in versions)
    )
