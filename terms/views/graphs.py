"""Who waits for whom and what hangs on what, as text, as DOT, and as SVG without a system package."""

from collections.abc import Sequence
from html import escape

from msgspec import Struct

from terms.analyses.deadlock import Waiting
from terms.analyses.linkage import Linkage
from terms.values import alternatives, read_order

ROW, LEFT, LINE = 34, 20, 14
"""Pixels: a row of the drawing, its margin, and what a label needs below the one above it."""

LETTER, SMALL_LETTER = 8, 6
"""Pixels that a letter takes at most, of a name and of a label."""


class Arrow(Struct, frozen=True):
    """One edge: `strict` where the same moment will not do, `marked` where it lies on a cycle."""

    start: str
    end: str
    label: str
    strict: bool = True
    marked: bool = False
    directed: bool = True


def waiting_arrows(answer: Waiting) -> tuple[Arrow, ...]:
    """The edges of all ordering statements, those of each cycle marked."""
    on_cycle = {(link.first, link.then, link.statement.name) for one in answer.findings for link in one.links}
    return tuple(
        Arrow(start, end, one.name, strict, (start, end, one.name) in on_cycle)
        for one in answer.statements
        for side in alternatives(read_order(one.words))
        for start, end, strict in side
    )


def linkage_arrows(answer: Linkage) -> tuple[Arrow, ...]:
    """The declared ties; those of order have a direction."""
    order = ("before", "not after")
    return tuple(
        Arrow(one.one, one.other, one.position, one.kind != "not after", directed=one.kind in order)
        for one in answer.ties
    )


def as_text(arrows: Sequence[Arrow]) -> tuple[str, ...]:
    """One line an edge: `=>` strictly before, `->` not after, `--` tied; `*` on a cycle."""
    return tuple(
        f"{'*' if one.marked else ' '} {one.start} {_sign(one)} {one.end}  [{one.label}]" for one in arrows
    )


def as_dot(arrows: Sequence[Arrow]) -> str:
    """The edges in the language of Graphviz."""
    rows = ["digraph terms {", "  rankdir=LR;"]
    for one in arrows:
        looks = [f'label="{_quoted(one.label)}"']
        looks += ["dir=none"] if not one.directed else []
        looks += ["style=dashed"] if not one.strict else []
        looks += ["penwidth=3"] if one.marked else []
        rows.append(f'  "{_quoted(one.start)}" -> "{_quoted(one.end)}" [{", ".join(looks)}];')
    return "\n".join([*rows, "}"]) + "\n"


def as_svg(arrows: Sequence[Arrow]) -> str:
    """One row a node, arcs on its right, and each arc's label at the end of a thin line of its own.

    Dashed where the same moment will do, thick on a cycle.
    """
    nodes = sorted({name for one in arrows for name in (one.start, one.end)})
    rows = {name: ROW * (place + 1) for place, name in enumerate(nodes)}
    x = LEFT + LETTER * max((len(name) for name in nodes), default=0)
    labels = _label_rows([(rows[one.start] + rows[one.end]) // 2 for one in arrows])
    column = max((_apex(one, rows, x) for one in arrows), default=x) + 20
    width = column + SMALL_LETTER * max((len(one.label) for one in arrows), default=0) + LEFT
    height = max(ROW * (len(nodes) + 1), max(labels, default=0) + LINE)
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="13">',
        '<defs><marker id="to" markerWidth="9" markerHeight="9" refX="8" refY="4" orient="auto" '
        'markerUnits="userSpaceOnUse"><path d="M0 0 L8 4 L0 8 z"/></marker></defs>',
        *(f'<text x="{LEFT}" y="{rows[name] + 4}">{escape(name)}</text>' for name in nodes),
        *(_arc(one, rows, x, column, label) for one, label in zip(arrows, labels, strict=True)),
    ]
    return "\n".join([*drawn, "</svg>"]) + "\n"


def _label_rows(wanted: Sequence[int]) -> list[int]:
    """Where each label stands: as near below the middle of its arc as leaves every label a line of its own."""
    found, free = [0] * len(wanted), 0
    for place in sorted(range(len(wanted)), key=lambda one: (wanted[one], one)):
        found[place] = max(wanted[place], free)
        free = found[place] + LINE
    return found


def _apex(one: Arrow, rows: dict[str, int], x: int) -> int:
    """How far to the right the arc of an edge reaches."""
    return x + (40 + abs(rows[one.end] - rows[one.start]) // 2) * 3 // 4


def _arc(one: Arrow, rows: dict[str, int], x: int, column: int, label: int) -> str:
    start, end = rows[one.start], rows[one.end]
    bend, middle = x + 40 + abs(end - start) // 2, (start + end) // 2
    looks = ' stroke-dasharray="5 4"' if not one.strict else ""
    looks += f' stroke-width="{3 if one.marked else 1}"'
    looks += ' marker-end="url(#to)"' if one.directed else ""
    return (
        f'<path d="M{x} {start} C{bend} {start} {bend} {end} {x} {end}" fill="none" stroke="black"{looks}/>'
        f'<path d="M{_apex(one, rows, x)} {middle} L{column - 4} {label}" fill="none" stroke="silver"/>'
        f'<text x="{column}" y="{label + 4}" font-size="10">{escape(one.label)}</text>'
    )


def _sign(one: Arrow) -> str:
    if not one.directed:
        return "--"
    return "=>" if one.strict else "->"


def _quoted(words: str) -> str:
    return words.replace("\\", "\\\\").replace('"', '\\"')
