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
_BLANK = ord(" ")


def digest_of(content: bytes) -> str:
    """The SHA-256 of a line in 64 small hexadecimal digits."""
    return sha256(content).hexdigest()


def link_after(previous: str, digest: str) -> str:
    """The link of a line with this digest behind the line with the link `previous`."""
    return sha256((previous + digest).encode()).hexdigest()


class Sealed(Struct, frozen=True, gc=False):
    """A line with the `seal` before it, `LINK DIGEST ` as bytes, which most readers never look into.

    In damaged storage neither digest nor link need be right; b"" for a seal that is none.
    """

    content: bytes
    seal: bytes

    @property
    def digest(self) -> str:
        """The digest of the content; "" where there is no seal."""
        return self.seal[WIDTH + 1 : -1].decode("ascii", "replace")

    @property
    def link(self) -> str:
        """The link of the line; "" where there is no seal."""
        return self.seal[:WIDTH].decode("ascii", "replace")

    def packed(self) -> bytes:
        """As a store keeps it in one field: `LINK DIGEST CONTENT`."""
        return self.seal + self.content


def sealed(content: bytes, previous: str) -> Sealed:
    """A line sealed behind `previous`."""
    digest = digest_of(content)
    return Sealed(content, seal_of(link_after(previous, digest), digest))


def seal_of(link: str, digest: str) -> bytes:
    """What stands before a line with this link and this digest."""
    return f"{link} {digest} ".encode()


def unpacked(state: bytes) -> Sealed:
    """What `packed` packed. Never raises: damaged bytes give a digest and a link that fit nothing."""
    if len(state) < _LEAD or state[WIDTH] != _BLANK or state[_LEAD - 1] != _BLANK:
        return Sealed(state, b"")
    return Sealed(state[_LEAD:], state[:_LEAD])
