"""The screen in a browser: a small server, one child a visitor, and every child ended with the server.

textual-serve brings the terminal that runs in the page and speaks with the children. Its own page asks a
stranger for a font, and its own server waits for ever for a child that does not listen; so page and server
are ours. A page of another site that a visitor has open is kept out: a socket is opened only from our page.
"""

import asyncio
import contextlib
import html
import os
import re
import signal
import socket
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from importlib.resources import files
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

import textual_serve
from aiohttp import WSCloseCode, WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from terms.ground.errors import TermsError
from terms.tui.ending import SERVER

MOST_VISITORS = 16
"""Each is a process of its own of about 60 MB."""

GRACE = 3.0
"""Seconds a child is given to leave; Textual needs a fraction of one."""

LARGEST = 500
"""Columns and rows beyond which a page asks for no real screen."""

STATIC = Path(textual_serve.__file__).parent / "static"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
        "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
"""Nothing from outside is loaded, even if it were asked for. xterm.js sets styles as it draws, hence inline ones."""


class CannotListen(TermsError):
    """The address is taken, or none of this machine."""

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(f"cannot listen on {host}, port {port}: {why}")


class Visitor(AppService):
    """One child and the socket it is drawn on."""

    words: tuple[str, ...] = ()

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Start the child without a shell, in a group of its own, so that ctrl+c reaches the server alone."""
        self._process = process = await asyncio.create_subprocess_exec(
            *self.words,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env={**self._build_environment(width=width, height=height), SERVER: str(os.getpid())},
            start_new_session=True,
        )
        self._stdin = process.stdin
        return process

    async def end(self) -> None:
        """Ask the child to leave; end it where it does not."""
        process = self._process
        if process is None:
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                await self.stop()
                await process.wait()
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


class Server:
    """Our page, the static files of textual-serve, and a socket for each visitor."""

    def __init__(self, words: Sequence[str], *, host: str, title: str) -> None:
        self.words = tuple(words)
        self.host = host
        self.title = title
        self.visitors: dict[Visitor, web.WebSocketResponse] = {}
        self.downloads = DownloadManager()

    def application(self) -> web.Application:
        """The routes; whoever is still there on leaving is sent away, and their children are ended."""
        made = web.Application(middlewares=[self._guarded])
        made.add_routes(
            [
                web.get("/", self.page),
                web.get("/page.css", partial(_own, "page.css", "text/css")),
                web.get("/page.js", partial(_own, "page.js", "text/javascript")),
                web.get("/ws", self.visited),
                web.get("/download/{key}", self.download),
                web.static("/static", STATIC),
            ]
        )
        made.on_shutdown.append(self._close)
        return made

    @web.middleware
    async def _guarded(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Refuse names that are not ours: a page elsewhere may have its own name point to this machine."""
        if not self._is_ours(request.host):
            raise web.HTTPForbidden(text="this server does not go by that name")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    def _is_ours(self, name: str) -> bool:
        asked = urlsplit(f"//{name}").hostname or ""
        if self.host in ("0.0.0.0", "::"):
            return True
        return asked in {self.host, "localhost", "127.0.0.1", "::1"}

    async def page(self, request: web.Request) -> web.Response:
        """The page, with the address of its socket."""
        size = request.query.get("fontsize", "16")
        text = Template(_text("page.html")).substitute(
            title=html.escape(self.title),
            socket=html.escape(f"ws://{request.host}/ws"),
            size=size if re.fullmatch(r"[1-9][0-9]?", size) else "16",
        )
        return web.Response(text=text, content_type="text/html")

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A file that a visitor exported: made by the child, sent to the browser, never kept here."""
        key = request.match_info["key"]
        try:
            meta = await self.downloads.get_download_metadata(key)
        except KeyError as fault:
            raise web.HTTPNotFound(text="there is no such file") from fault
        name = re.sub(r"[^A-Za-z0-9._-]", "-", meta.file_name)
        response = web.StreamResponse(
            headers={**HEADERS, "Content-Disposition": f"attachment; filename={name}"}
        )
        response.content_type = "application/octet-stream"
        await response.prepare(request)
        async for chunk in self.downloads.download(key):
            await response.write(chunk)
        await response.write_eof()
        return response

    async def visited(self, request: web.Request) -> web.WebSocketResponse:
        """One visitor, from their coming to their going."""
        if urlsplit(request.headers.get("Origin", "")).netloc != request.host:
            raise web.HTTPForbidden(text="the socket is for the page of this server")
        if len(self.visitors) >= MOST_VISITORS:
            raise web.HTTPServiceUnavailable(text=f"there are {MOST_VISITORS} visitors already")
        drawn = web.WebSocketResponse(heartbeat=15)
        await drawn.prepare(request)
        visitor = Visitor(
            "",
            write_bytes=drawn.send_bytes,
            write_str=drawn.send_str,
            close=partial(drawn.close),  # type: ignore[arg-type]
            download_manager=self.downloads,
        )
        visitor.words = self.words
        self.visitors[visitor] = drawn
        try:
            await visitor.start(_cells(request, "width", 80), _cells(request, "height", 24))
            await self._listen(drawn, visitor)
        finally:
            await visitor.end()
            self.visitors.pop(visitor, None)
        return drawn

    async def _listen(self, drawn: web.WebSocketResponse, visitor: Visitor) -> None:
        async for message in drawn:
            if message.type != WSMsgType.TEXT:
                continue
            match message.json():
                case ["stdin", str(keys)]:
                    await visitor.send_bytes(keys.encode("utf-8", "replace"))
                case ["resize", {"width": int(width), "height": int(height)}]:
                    await visitor.set_terminal_size(min(width, LARGEST), min(height, LARGEST))
                case ["ping", told]:
                    await drawn.send_json(["pong", told])
                case ["blur", *_]:
                    await visitor.blur()
                case ["focus", *_]:
                    await visitor.focus()

    async def _close(self, application: web.Application) -> None:
        for drawn in [*self.visitors.values()]:
            await drawn.close(code=WSCloseCode.GOING_AWAY, message=b"the server ends")
        await asyncio.gather(*(visitor.end() for visitor in [*self.visitors]))


def _text(name: str) -> str:
    return files("terms.tui").joinpath(name).read_text("utf-8")


async def _own(name: str, kind: str, request: web.Request) -> web.Response:
    return web.Response(text=_text(name), content_type=kind)


def _cells(request: web.Request, name: str, usual: int) -> int:
    told = request.query.get(name, "")
    return min(int(told), LARGEST) if re.fullmatch(r"[1-9][0-9]{0,4}", told) else usual


def serve(words: Sequence[str], *, host: str, port: int, title: str, ready: Callable[[str], None]) -> None:
    """Serve `words`, a command that draws one visitor's screen, until ctrl+c or SIGTERM.

    `ready` is told the address once it is listened on. `port` 0: any that is free.

    Raises:
        CannotListen: the address is taken, or none of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as fault:
        listening.close()
        raise CannotListen(host, port, getattr(fault, "strerror", None) or str(fault)) from fault
    named = f"[{host}]" if ":" in host else host
    asyncio.run(_run(Server(words, host=host, title=title), listening, partial(ready, f"http://{named}:{listening.getsockname()[1]}/")))  # fmt: skip


async def _run(server: Server, listening: socket.socket, ready: Callable[[], None]) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    with contextlib.suppress(NotImplementedError):  # on Windows ctrl+c raises instead
        for number in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
            loop.add_signal_handler(number, ended.set)
    runner = web.AppRunner(server.application(), access_log=None, shutdown_timeout=GRACE)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    ready()
    try:
        await ended.wait()
    finally:
        await runner.cleanup()
