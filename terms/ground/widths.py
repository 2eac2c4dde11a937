"""Text on a screen: how many cells it takes, and the one gate that untrusted text passes.

A record quotes strangers. Their text may hold escape sequences that repaint a terminal, or marks
that turn the order of letters round; everything shown passes `clean`, which makes such characters
visible instead of obeying or dropping them. Joiners (U+200C, U+200D) stay: Persian needs them.
"""

from __future__ import annotations

import re

from terms.ground.patterns import late

_LINE_END = late(r"\r\n|[\n\u2028\u2029]")
_UNSEEN = late(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)
# wcwidth 0.9 takes a joiner to swallow whatever follows; terminals join pictures alone.
_LOOSE_JOINER = late(
    r"(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"
)


def clean(text: str) -> str:
    r"""`text` as one line that is safe to show; cleaning it again changes nothing.

    A tab becomes a space and a line end ` / `; control characters become `\x1b`, marks of
    direction and other unseen characters `<U+202E>`.
    """
    if text.isascii() and text.isprintable():
        return text
    line = _LINE_END.sub(" / ", text).replace("\t", " ")
    return _UNSEEN.sub(_made_visible, line)


def cells(text: str) -> int:
    """How many cells `text` takes once it is cleaned; wide East Asian characters take two."""
    safe = clean(text)
    return len(safe) if safe.isascii() else _wide_cells(safe)


def fit(text: str, width: int, *, cut: str = "…") -> str:
    """`text`, cleaned, in exactly `width` cells: filled with spaces, or cut with `cut` as its last cell.

    Pass `cut="~"` where only ASCII may be shown. A width of zero or less gives the empty text.
    """
    safe = clean(text)
    taken = cells(safe)
    if taken <= width:
        return safe + " " * (width - taken)
    if width < 1:
        return ""
    kept = _prefix(safe, width - 1)
    return kept + cut + " " * (width - 1 - cells(kept))


def _wide_cells(safe: str) -> int:
    from wcwidth import wcswidth  # its tables take longer to load than a plain record to read

    return wcswidth(_LOOSE_JOINER.sub("", safe))


def _prefix(safe: str, width: int) -> str:
    """As many whole characters, as a reader sees them, as `width` cells hold."""
    from wcwidth import iter_graphemes

    kept, rest = "", iter_graphemes(safe)
    while cells(longer := kept + next(rest)) <= width:  # ends before `rest`, since all of it is too wide
        kept = longer
    return kept


def _made_visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0xA0 else f"<U+{code:04X}>"
