"""Who waits for whom and what hangs on what, as text, as DOT, and as SVG without a system package."""

from collections.abc import Sequence
from html import escape

from msgspec import Struct

from terms.analyses.deadlock import Waiting
from terms.analyses.linkage import Linkage
from terms.values import alternatives, read_order

ROW, LEFT, WIDE = 34, 20, 620
"""Pixels: a row of the drawing, its margin, its width."""


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
    """One row a node, arcs on its right; dashed where the same moment will do, thick on a cycle."""
    nodes = sorted({name for one in arrows for name in (one.start, one.end)})
    rows = {name: ROW * (place + 1) for place, name in enumerate(nodes)}
    height = ROW * (len(nodes) + 1)
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {height}" '
        'font-family="sans-serif" font-size="13">',
        '<defs><marker id="to" markerWidth="9" markerHeight="9" refX="8" refY="4" orient="auto">'
        '<path d="M0 0 L8 4 L0 8 z"/></marker></defs>',
        *(f'<text x="{LEFT}" y="{rows[name] + 4}">{escape(name)}</text>' for name in nodes),
        *(_arc(one, rows) for one in arrows),
    ]
    return "\n".join([*drawn, "</svg>"]) + "\n"


def _arc(one: Arrow, rows: dict[str, int]) -> str:
    start, end = rows[one.start], rows[one.end]
    x = LEFT + 230
    bend = x + 40 + abs(end - start) // 2
    looks = ' stroke-dasharray="5 4"' if not one.strict else ""
    looks += f' stroke-width="{3 if one.marked else 1}"'
    looks += ' marker-end="url(#to)"' if one.directed else ""
    middle = (start + end) // 2
    return (
        f'<path d="M{x} {start} C{bend} {start} {bend} {end} {x} {end}" fill="none" stroke="black"{looks}/>'
        f'<text x="{bend - 8}" y="{middle + 4}" font-size="10">{escape(one.label)}</text>'
    )


def _sign(one: Arrow) -> str:
    if not one.directed:
        return "--"
    return "=>" if one.strict else "->"


def _quoted(words: str) -> str:
    return words.replace("\\", "\\\\").replace('"', '\\"')
