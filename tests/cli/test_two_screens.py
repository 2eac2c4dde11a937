"""Two people at two screens over one store: what one appends the other is shown, where they were looking."""

import asyncio
import shutil
from pathlib import Path

from terms.cli.stored import rereading, stored_record
from terms.core.history import History
from terms.tui.app import LOOK_AGAIN, StepApp
from terms.tui.opening import desk_for
from tests.golden import told
from tests.tui.terminal import LONGEST

RECORD = Path(__file__).parent / "valley.record.yaml"
ACCEPT = b'{"date": "2031-03-20", "kind": "accept", "by": "south", "of": "n-25", "source": "M1 p.12"}'
STORE = "sqlite:terms.db"


def screen(at):
    """A screen on the store, opened at an event, which looks for what is new by itself."""
    record = stored_record(STORE, as_text=False)
    desk = desk_for(History(record.header, record.events), name="valley", at=at, ascii_only=True)
    return StepApp(desk, reread=rereading(record))


async def grown(one, length):
    """Wait until the screen shows that many steps; a screen that never does runs into the limit."""
    async with asyncio.timeout(LONGEST):
        while len(one.desk.history) < length:
            await asyncio.sleep(0.05)


async def test_what_one_screen_appends_the_other_shows_without_losing_its_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(RECORD, tmp_path / "valley.record.yaml")
    told(["store", "import", "valley.record.yaml", STORE])
    first, second = screen("n-25"), screen("s-no-30")
    async with first.run_test(size=(120, 36)), second.run_test(size=(120, 36)):
        length = len(first.desk.history)
        added = await asyncio.to_thread(told, ["add", STORE], stdin=ACCEPT)
        assert "south-accept added" in added
        await grown(first, length + 1)
        await grown(second, length + 1)
        assert (first.desk.here, second.desk.here) == ("n-25", "s-no-30")
        assert first.desk.history.events[-1].id == "south-accept"


def test_a_screen_looks_for_what_is_new_within_a_second():
    assert LOOK_AGAIN <= 1.0
