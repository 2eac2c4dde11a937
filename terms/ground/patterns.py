"""Regular expressions that are made ready when they are first asked, not when their module is loaded.

The program has a hundred; a command asks less than half of them, and making the others ready would take a
thirtieth of its start.
"""

import re
from typing import cast

ASKED = ("fullmatch", "match", "search", "sub", "split", "finditer", "findall", "pattern")
"""What is asked of one; once it is ready these are looked up as fast as those of `re.compile`."""


class Late:
    """Stands for `re.compile(words, flags)` until it is asked something.

    Raises:
        re.error: when it is asked, where `words` are no regular expression.
    """

    def __init__(self, words: str, flags: re.RegexFlag) -> None:
        self.words, self.flags_asked = words, flags

    def __getattr__(self, name: str) -> object:
        made = re.compile(self.words, self.flags_asked)
        self.__dict__.update({one: getattr(made, one) for one in ASKED})
        return getattr(made, name)


def late(words: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """The regular expression that `words` spell, to be used like any other."""
    return cast(re.Pattern[str], Late(words, flags))
