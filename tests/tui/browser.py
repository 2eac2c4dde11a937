"""A headless Chromium, spoken to by its own protocol: opens a page, types keys, hears what comes over sockets."""

import asyncio
import base64
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

LONGEST = 60.0
"""Seconds a busy machine may take to start a browser and a screen in it."""


def chromium() -> str | None:
    """Where Chromium is; None: it is not installed."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


class Page:
    """One page. `heard` is all that its sockets received, `asked` the addresses it loaded anything from."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.number = 0
        self.heard = b""
        self.asked: list[str] = []

    async def call(self, method: str, **parameters: object) -> dict[str, object]:
        """The answer to one command; what happens meanwhile is noted."""
        self.number += 1
        await self.socket.send_json({"id": self.number, "method": method, "params": parameters})
        while True:
            told = await self.socket.receive_json(timeout=LONGEST)
            if told.get("id") == self.number:
                return told.get("result", {})
            self._note(told)

    def _note(self, told: dict[str, dict[str, dict[str, str]]]) -> None:
        parameters = told.get("params", {})
        if told.get("method") == "Network.webSocketFrameReceived":
            frame = parameters["response"]
            self.heard += base64.b64decode(frame["payloadData"]) if frame["opcode"] == 2 else b""  # type: ignore[comparison-overlap]
        if told.get("method") == "Network.requestWillBeSent":
            self.asked.append(parameters["request"]["url"])

    async def until(self, wanted: bytes) -> None:
        """Wait until a socket received something."""
        async with asyncio.timeout(LONGEST):
            while wanted not in self.heard:
                await self.call("Runtime.evaluate", expression="1")
                await asyncio.sleep(0.1)

    async def type(self, key: str) -> None:
        """A key pressed and let go."""
        for kind in ("keyDown", "keyUp"):
            await self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, text=key if kind == "keyDown" else ""
            )

    async def picture(self) -> bytes:
        """What is drawn, as PNG, once two pictures in a row are alike."""
        last = b""
        async with asyncio.timeout(LONGEST):
            while True:
                told = await self.call("Page.captureScreenshot", format="png")
                if (now := base64.b64decode(str(told["data"]))) == last:
                    return now
                last = now
                await asyncio.sleep(0.5)


@asynccontextmanager
async def page(program: str, address: str, folder: Path) -> AsyncIterator[Page]:
    """The page at an address, in a browser of its own that ends with it."""
    browser = await asyncio.create_subprocess_exec(
        program, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
        "--window-size=1200,800", f"--user-data-dir={folder}", "about:blank", stderr=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert browser.stderr is not None
        async with asyncio.timeout(LONGEST):
            while not (found := re.search(rb"ws://([^/]+)/", await browser.stderr.readline())):
                pass
        async with aiohttp.ClientSession() as session:
            listed = await (await session.get(f"http://{found[1].decode()}/json/list")).json()
            opened = next(one for one in listed if one["type"] == "page")
            async with session.ws_connect(opened["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                made = Page(socket)
                for name in ("Network", "Page", "Runtime"):
                    await made.call(f"{name}.enable")
                await made.call("Emulation.setFocusEmulationEnabled", enabled=True)
                await made.call("Page.navigate", url=address)
                yield made
    finally:
        browser.kill()
        await browser.wait()
