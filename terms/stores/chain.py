"""The chain: each line of a stream carries the digest of its content and a link that seals all before it.

A link is the SHA-256 of the link before it and the digest of the line, both in hexadecimal. Whoever
holds one link can tell whether anything up to it was changed, taken out, put in or moved. A chain that
only its author checks proves nothing: hand heads over, signed (see `checkpoints`).

The digest is kept beside the link, although it follows from the content, so that `verify` can say
*what* broke: content that no longer fits its digest was changed, a link that does not follow was moved.
"""

from hashlib import sha256

from msgspec import Struct

START = "0" * 64
"""The link before the first line of every stream. No name is in it: a copy under another name has the same chain."""

WIDTH = 64
_LEAD = 2 * WIDTH + 2


def digest_of(content: bytes) -> str:
    """The SHA-256 of a line in 64 small hexadecimal digits."""
    return sha256(content).hexdigest()


def link_after(previous: str, digest: str) -> str:
    """The link of a line with this digest behind the line with the link `previous`."""
    return sha256((previous + digest).encode()).hexdigest()


class Sealed(Struct, frozen=True, gc=False):
    """A line with what seals it. In damaged storage neither digest nor link need be right."""

    content: bytes
    digest: str
    link: str

    def packed(self) -> bytes:
        """As a store keeps it in one field: `LINK DIGEST CONTENT`."""
        return f"{self.link} {self.digest} ".encode() + self.content


def sealed(content: bytes, previous: str) -> Sealed:
    """A line sealed behind `previous`."""
    digest = digest_of(content)
    return Sealed(content, digest, link_after(previous, digest))


def unpacked(state: bytes) -> Sealed:
    """What `packed` packed. Never raises: damaged bytes give a digest and a link that fit nothing."""
    if state[WIDTH : WIDTH + 1] != b" " or state[_LEAD - 1 : _LEAD] != b" ":
        return Sealed(state, "", "")
    lead = state[:_LEAD].decode("ascii", "replace")
    return Sealed(state[_LEAD:], lead[WIDTH + 1 : -1], lead[:WIDTH])
