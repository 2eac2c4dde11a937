"""Python's collector of cycles works while the reader rests, not while keys come.

A jump in a long record makes some thirty thousand objects, and a collection right behind it walks through all of
them to find no garbage: as much time again as drawing takes. Nearly all of it goes by itself when it is let go;
what is left (the program around the canvas makes a few cycles with every key) can wait.
"""

import gc

RESTED, LONG_RESTED = 0.4, 5.0
"""Seconds without a key after which what was made lately is looked through, and after which all of it is."""

FEW, MANY = 5_000, 2_000_000
"""Objects made since the last look that are not worth one; and so many that it cannot wait for a rest."""

LOOKS = 10
"""Looks at what was made lately before one at everything."""


def begin() -> None:
    """From now on: what was loaded so far is set aside for good, since nearly all of it stays."""
    gc.freeze()
    gc.disable()


def look(rested: float) -> None:
    """Now and then: look through what was made, if the reader has rested so many seconds."""
    gc.disable()  # whoever paused it in a thread may have let it go on
    made, _, looks = gc.get_count()
    if looks > LOOKS and rested > LONG_RESTED:
        gc.collect()
    elif made > MANY or (made > FEW and rested > RESTED):
        gc.collect(1)


def end() -> None:
    """The program ends; Python's own way again."""
    gc.enable()
