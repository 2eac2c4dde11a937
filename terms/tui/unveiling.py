"""The way from the curtain to the program: what stands on the terminal stays until the first frame is drawn over it."""

from textual.drivers.linux_driver import LinuxDriver

from terms.tui.curtain import Curtain


class Unveiling(LinuxDriver):
    """Textual's driver for a terminal on which a picture already stands and keys are already held.

    Going to the other screen clears it in some terminals, so the picture is written once more. At the end the
    terminal is given back as it was before the curtain.
    """

    curtain: Curtain | None = None

    def start_application_mode(self) -> None:
        """Begin as ever, then show the picture again."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        curtain, self.curtain = self.curtain, None  # coming back from the shell it would be out of date
        if curtain is None:
            return
        if curtain.attributes is not None:
            self.attrs_before = curtain.attributes
        if curtain.picture:
            self.write(curtain.picture)
            self.flush()
