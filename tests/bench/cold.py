"""A cold process as somebody with an installed program starts it: the byte code is there."""

import os
import subprocess
import time

INSTALLED = {
    name: value
    for name, value in os.environ.items()
    if name not in ("PYTHONDONTWRITEBYTECODE", "TERMS_NO_CACHE")
}


def cold_ms(*words: str, cwd: str | None = None, **environment: str) -> float:
    """The wall time of a command from start to end, in ms. Raises `CalledProcessError` when it fails."""
    begun = time.perf_counter()
    subprocess.run(words, capture_output=True, check=True, env={**INSTALLED, **environment}, cwd=cwd)
    return (time.perf_counter() - begun) * 1000
