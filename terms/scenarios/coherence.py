"""What the parts of one scenario file must be together: a sweep of a bearable size, names that mean something."""

from collections.abc import Iterable, Iterator

from terms.ground.nodes import MapNode, Node, TextNode
from terms.ground.suggest import nearest
from terms.records.notebook import Notebook
from terms.scenarios.points import counted, is_variable, variables_in
from terms.scenarios.scenario import MOST_POINTS, Scenario


def check_sweep(root: MapNode, made: Scenario, note: Notebook) -> None:
    """Note a sweep whose lists do not go together, and one with too many points."""
    entry = root.entry("sweep")
    if entry is None or not made.sweep:
        return
    place = entry.key.place
    if made.mode == "zip" and len({len(values) for _, values in made.sweep}) > 1:
        said = ", ".join(f"{name.text} {len(values)}" for name, values in made.sweep)
        what = f"values walked side by side are equally many; here {said}"
        note.error("E507", what, place, "write as many of each, or sweep-mode: grid")
    if (number := counted(made)) > MOST_POINTS:
        what = f"this sweep has {number} points, more than {MOST_POINTS}"
        note.error("E506", what, place, "try fewer values, or sweep-mode: zip")


def check_names(root: MapNode, made: Scenario, note: Notebook) -> None:
    """Note every `$name` without a sweep and every need without an assumption.

    Nothing is said of a name whose values could not be read, since that is told at them.
    """
    swept = {name.text for name, _ in made.sweep}
    written = swept | set(_names(root.get("sweep")))
    for body in made.bodies:
        for node in variables_in(body):
            if is_variable(node.text) and node.text[1:] not in written:
                _without_sweep(node, swept, note)
    base = root.get("base")
    for node in variables_in(base) if base is not None else ():
        way = "a sweep goes over what is changed, supposed and expected: write a scenario for each base"
        note.error("E505", f"'{node.text}' stands for nothing under base:", node.place, way)
    assumed: set[str] = set()
    for one in made.assumptions:
        if one.id.text in assumed:
            note.error("E201", f"assumption '{one.id.text}' is written twice", one.id.place)
        assumed.add(one.id.text)
    for needs in (*(edit.needs for edit in made.edits), *(event.needs for event in made.supposed)):
        for name in needs:
            if name.text not in assumed:
                ways = (*_meant(name.text, assumed), "write it under assume:")
                note.error("E509", f"'{name.text}' is not assumed", name.place, *ways)


def _names(node: Node | None) -> Iterator[str]:
    """Every name under `sweep:`, those a level too deep included."""
    for key, value in node.entries if isinstance(node, MapNode) else ():
        yield key.text
        yield from _names(value)


def _without_sweep(node: TextNode, swept: Iterable[str], note: Notebook) -> None:
    name = node.text[1:]
    what = f"nothing says what '{node.text}' stands for"
    ways = (f"write it under sweep: {name}: [.., ..]", f"a text that begins so is written ${node.text}")
    note.error("E505", what, node.place, *_meant(name, swept, sign="$"), *ways)


def _meant(name: str, known: Iterable[str], *, sign: str = "") -> tuple[str, ...]:
    found = nearest(name, known)
    return (f"did you mean '{sign}{found}'?",) if found is not None else ()
