"""The tree of a scenario's text as it was read before: the same text, the same tree, and no reader of YAML.

Loading that reader takes a fifteenth of `terms run`. Only a tree without faults is kept, and only if what
comes back is equal to it.
"""

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from terms.cellar.folder import cellar, fetched, hash_of, mark_of_text, put_by
from terms.ground.nodes import Entry, ListNode, MapNode, Node, Origin, TextNode
from terms.ground.tree import Tree, read_tree


class KeptText(Struct, frozen=True, array_like=True, tag="text"):
    """A text as it is kept."""

    text: str
    start: int
    end: int
    quoted: bool


class KeptList(Struct, frozen=True, array_like=True, tag="list"):
    """A list as it is kept."""

    start: int
    end: int
    children: "tuple[Kept, ...]"


class KeptMap(Struct, frozen=True, array_like=True, tag="map"):
    """A map as it is kept."""

    start: int
    end: int
    entries: "tuple[tuple[KeptText, Kept], ...]"


Kept = KeptText | KeptList | KeptMap


class Trees:
    """Reads texts into trees, and knows which of them it had to read word by word. Raises nothing."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.folder: Path | None = cellar(environment)
        self.fresh: list[Tree] = []

    def __call__(self, text: str, path: str) -> Tree:
        """What `text`, all of the file `path`, says; from the cache folder where it was read before."""
        if self.folder is None:
            return read_tree(text, path)
        content = fetched(self.folder, _name(path), mark_of_text(text))
        found = _recalled(content, text, path) if content is not None else None
        if found is None:
            found = read_tree(text, path)
            self.fresh.append(found)
        return found

    def keep(self) -> None:
        """Keep what was read and has no faults."""
        for tree in self.fresh:
            if tree.root is not None and not tree.faults:
                content = msgspec.json.encode(_told(tree.root))
                if _recalled(content, tree.text, tree.path) == tree:
                    put_by(self.folder, _name(tree.path), mark_of_text(tree.text), content)
        self.fresh.clear()


def _name(path: str) -> str:
    return f"{hash_of(str(Path(path).absolute()))}.tree"


def _told(node: Node) -> Kept:
    if isinstance(node, TextNode):
        return _told_text(node)
    if isinstance(node, ListNode):
        return KeptList(node.start, node.end, tuple(map(_told, node.children)))
    entries = tuple((_told_text(entry.key), _told(entry.value)) for entry in node.entries)
    return KeptMap(node.start, node.end, entries)


def _told_text(node: TextNode) -> KeptText:
    return KeptText(node.text, node.start, node.end, node.quoted)


def _recalled(content: bytes, text: str, path: str) -> Tree | None:
    try:
        kept = msgspec.json.decode(content, type=Kept)
    except msgspec.DecodeError:
        return None
    return Tree(_made(kept, Origin(path, text)), (), text, path)


def _made(kept: Kept, origin: Origin) -> Node:
    if isinstance(kept, KeptText):
        return _made_text(kept, origin)
    if isinstance(kept, KeptList):
        children = tuple([_made(one, origin) for one in kept.children])
        return ListNode(children, kept.start, kept.end, origin)
    entries = tuple([Entry(_made_text(key, origin), _made(value, origin)) for key, value in kept.entries])
    return MapNode(entries, kept.start, kept.end, origin)


def _made_text(kept: KeptText, origin: Origin) -> TextNode:
    return TextNode(kept.text, kept.start, kept.end, kept.quoted, origin)
