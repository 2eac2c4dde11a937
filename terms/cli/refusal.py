"""What ends a command with exit code 2: one sentence for the person at the keyboard, and a way out."""

from collections.abc import Iterable

from terms.ground.errors import TermsError


class Refused(TermsError):
    """The command cannot run. `help` are further lines, such as the nearest known name."""

    def __init__(self, sentence: str, help: Iterable[str] = ()) -> None:
        self.sentence = sentence
        self.help = tuple(help)
        super().__init__("\n  help: ".join((sentence, *self.help)))
