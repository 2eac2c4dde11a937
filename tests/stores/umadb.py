"""A plugin of pytest, for `make umadb`: the contract of stores held against real UmaDB servers, in place of the recorder in memory.

UmaDB comes with its server by pip, but only for some machines, so the adapter is no dependency of the tests.
"""

import itertools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from terms.stores import open_store
from tests.stores import places

BESIDE = str(Path(sys.executable).parent)
SERVER = shutil.which("umadb", path=f"{BESIDE}{os.pathsep}{os.environ.get('PATH', '')}") or "umadb"


class OnUmaDB:
    """Opens a fresh server wherever the suite asks for a recorder whose ids are numbers."""

    def __init__(self):
        self.usual, self.alive, self.folders = places.opened, [], []
        self.ports = itertools.count(51_200)

    def opened(self, kind, folder, server=None):
        if kind != "numbered recorder":
            return self.usual(kind, folder, server)
        port, kept = next(self.ports), tempfile.mkdtemp()
        command = [SERVER, "--listen", f"127.0.0.1:{port}", "--db-path", kept]
        self.folders.append(kept)
        self.alive.append(subprocess.Popen(command, stdout=subprocess.DEVNULL))
        for _ in range(100):
            with socket.socket() as reached:
                if not reached.connect_ex(("127.0.0.1", port)):
                    break
            time.sleep(0.05)
        return lambda: open_store(f"umadb://127.0.0.1:{port}")

    def end(self):
        for one in self.alive:
            one.kill()
            one.wait()
        for folder in self.folders:
            shutil.rmtree(folder, ignore_errors=True)


held = OnUmaDB()
places.opened = held.opened


def pytest_unconfigure():
    """The servers end with the tests."""
    held.end()
