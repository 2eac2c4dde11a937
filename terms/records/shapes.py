"""From nodes to frozen words, and back from a path of keys to the node that was written there."""

from collections.abc import Iterator

from terms.ground.nodes import ListNode, MapNode, Node, TextNode
from terms.ground.words import FrozenWords, Words


def words_of(node: Node) -> Words:
    """What a node says, frozen: text as it is spelt, lists and maps of it."""
    if type(node) is TextNode:
        return node.text
    if type(node) is MapNode:
        return FrozenWords({entry.key.text: words_of(entry.value) for entry in node.entries})
    return tuple([words_of(child) for child in node.children])  # type: ignore[union-attr]


def says_nothing(node: Node) -> bool:
    """Whether nothing is written: an empty text, list or map."""
    if type(node) is TextNode:
        return not node.text
    return not (node.entries if type(node) is MapNode else node.children)  # type: ignore[union-attr]


def shape_of(node: Node) -> str:
    """The plain word for what was written."""
    if type(node) is TextNode:
        return "text"
    return "a map of keys" if type(node) is MapNode else "a list"


def members(node: Node) -> tuple[Node, ...]:
    """The members of a list; a single text or map stands for a list of one."""
    return node.children if type(node) is ListNode else (node,)


def step_into(node: Node, key: str | int) -> Node | None:
    """What stands behind one key or place; a place in what is no list is the thing itself."""
    if type(node) is MapNode:
        return node.get(str(key))
    if type(node) is ListNode and isinstance(key, int) and key < len(node.children):
        return node.children[key]
    return node if key == 0 else None


def find(node: Node, path: tuple[str | int, ...]) -> Node:
    """The node at `path`, or the deepest one on the way to it that was written."""
    for key in path:
        inner = step_into(node, key)
        if inner is None:
            return node
        node = inner
    return node


def key_node(node: Node, path: tuple[str | int, ...]) -> TextNode | None:
    """The key at the end of `path`; None when it was not written."""
    if not path:
        return None
    holder = find(node, path[:-1])
    entry = holder.entry(str(path[-1])) if type(holder) is MapNode else None
    return entry.key if entry is not None else None


def texts_in(node: Node) -> Iterator[TextNode]:
    """Every text in a node, keys included, in the order written."""
    if type(node) is TextNode:
        yield node
    elif type(node) is MapNode:
        for entry in node.entries:
            yield entry.key
            yield from texts_in(entry.value)
    else:
        for child in node.children:  # type: ignore[union-attr]
            yield from texts_in(child)
