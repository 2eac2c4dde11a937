"""The screen in a browser: nobody from outside, nothing from outside, and no child outlives the server."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.tui.browser import chromium, page
from tests.tui.terminal import LONGEST, ROOT


class Served:
    """`terms serve` on a free port, started in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        words = [sys.executable, "-m", "terms", "serve", "--port", "0", str(ROOT / "seeds" / "example")]
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "LANG": "C.UTF-8",
            "HOME": str(folder),
        }
        self.folder = folder
        self.run = subprocess.Popen(words, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
        assert self.run.stdout is not None
        self.address = re.findall(r"http\S+", self.run.stdout.readline())[0]

    def children(self) -> list[int]:
        """The processes that draw for visitors."""
        listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
        pairs = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
        return [child for child, parent in pairs if parent == self.run.pid]

    def end(self, number: int) -> int:
        """The exit code after a signal."""
        self.run.send_signal(number)
        return self.run.wait(LONGEST)


def started(folder: Path) -> Iterator[Served]:
    made = Served(folder)
    yield made
    if made.run.poll() is None:
        made.run.kill()
    made.run.communicate()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all the tests that leave it as it is."""
    yield from started(tmp_path_factory.mktemp("served"))


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Served]:
    """A server for a test that ends it."""
    yield from started(tmp_path)


def gone(process: int) -> bool:
    """Whether a process has ended within the time it is given."""
    start = time.monotonic()
    while time.monotonic() - start < LONGEST:
        try:
            os.kill(process, 0)
            state = Path(f"/proc/{process}/stat")
            if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


class Visit:
    """A visitor without a browser: what a page would send and receive."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.heard = b""

    async def until(self, wanted: bytes) -> None:
        async with asyncio.timeout(LONGEST):
            while wanted not in self.heard:
                told = await self.socket.receive()
                self.heard += told.data if isinstance(told.data, bytes) else str(told.data).encode()

    async def type(self, keys: str) -> None:
        self.heard = b""
        await self.socket.send_json(["stdin", keys])


async def opened(session: aiohttp.ClientSession, address: str, origin: str | None = None) -> Visit:
    headers = {"Origin": origin or address.rstrip("/")}
    address = address.replace("http", "ws", 1) + "ws?width=120&height=36"
    return Visit(await session.ws_connect(address, headers=headers))


async def test_a_visitor_steps_exports_and_leaves_nothing_behind(served: Served) -> None:
    async with aiohttp.ClientSession() as session:
        visit = await opened(session, served.address)
        await visit.until(b"12/12")
        await visit.type(",")
        await visit.until(b"11/12")
        await visit.type("epositions csv\r")
        await visit.until(b"deliver_file_start")
        name = re.findall(rb'"deliver_file_start", "([^"]+)"', visit.heard)[0].decode()
        told = await (await session.get(f"{served.address}download/{name}")).text()
        (child,) = served.children()
        await visit.socket.close()
    assert told.startswith("term,stage,stands")
    assert gone(child)
    assert list(served.folder.iterdir()) == []


async def test_children_end_with_the_server_however_it_ends(own: Served) -> None:
    async with aiohttp.ClientSession() as session:
        visits = [await opened(session, own.address) for _ in range(2)]
        for visit in visits:
            await visit.until(b"12/12")
        children = own.children()
        code = own.end(signal.SIGTERM)
    assert (len(children), code) == (2, 0)
    assert all(gone(child) for child in children)


async def test_a_killed_server_leaves_no_child_behind(own: Served) -> None:
    async with aiohttp.ClientSession() as session:
        visit = await opened(session, own.address)
        await visit.until(b"12/12")
        (child,) = own.children()
        own.end(signal.SIGKILL)
    assert gone(child)


def test_a_child_whose_server_ended_before_it_was_up_ends_too(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "terms", "step", "--served", str(ROOT / "seeds" / "example")]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    environment |= {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver", "TERMS_SERVER": "1"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(words, cwd=tmp_path, env=environment, **pipes) as child:
        try:
            assert child.wait(LONGEST) == 0
        finally:
            child.kill()


async def test_pages_of_others_are_kept_out_and_nothing_comes_from_others(served: Served) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await opened(session, served.address, origin="http://elsewhere.example")
        answer = await session.get(served.address, headers={"Host": "elsewhere.example"})
        assert answer.status == 403
        answer = await session.get(served.address)
        text = await answer.text()
        assert (await session.get(f"{served.address}download/none")).status == 404
    addresses = re.findall(r'(?:src|href)="([^"]+)"', text)
    assert addresses
    assert all(address.startswith("/") for address in addresses)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_the_screen_steps_in_chromium(served: Served, tmp_path: Path) -> None:
    program = chromium()
    if program is None:
        pytest.skip("chromium is not installed")
    async with page(program, served.address, tmp_path / "profile") as shown:
        await shown.until(b"12/12")
        before = await shown.picture()
        await shown.type(",")
        await shown.until(b"11/12")
        assert await shown.picture() != before
    assert [address for address in shown.asked if not address.startswith(served.address)] == []


def test_a_port_that_is_taken_is_said(served: Served) -> None:
    port = served.address.rstrip("/").rpartition(":")[2]
    words = [sys.executable, "-m", "terms", "serve", "--port", port, str(ROOT / "seeds" / "example")]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert "cannot listen on 127.0.0.1" in told.stderr
