"""Opens the screen on a record that breaks when it is read again: run by the test that the terminal is given back."""

from terms.core.history import History
from terms.tui.running import run
from tests.tui import ferry


def broken() -> History | None:
    """What a bug in the program would look like."""
    raise RuntimeError("the record broke")


if __name__ == "__main__":
    run(ferry.history(), name="ferry", at="mediator", reread=broken)
