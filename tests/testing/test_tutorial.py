"""Every file and every command of the tutorial works as it is printed, in the order in which it is read."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.house.source import ROOT

TEXT = (ROOT / ".github" / "TUTORIAL.md").read_text("utf-8")
FENCE = re.compile(r"```(yaml|python|console)\n(.*?)```", re.DOTALL)
NAME = re.compile(r"`([\w.]+\.(?:record\.yaml|scenario\.yaml|py))`")


def as_timed(text: str) -> str:
    """The text without what differs from run to run: how long it took."""
    return re.sub(r"in \d+\.\d+s(?: \([\d:]+\))?", "in N s", text)


def run(command: str, folder: Path) -> str:
    plain = {name: said for name, said in os.environ.items() if name not in ("FORCE_COLOR", "PY_COLORS")}
    environ = {**plain, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "COLUMNS": "80"}
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environ, capture_output=True, text=True, check=False, timeout=300
    )
    return done.stdout


def test_every_file_and_command_of_the_tutorial_works_as_printed(tmp_path):
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p no:asyncio -p no:cacheprovider\n", "utf-8")
    written, asked = [], 0
    for match in FENCE.finditer(TEXT):
        if match[1] != "console":
            name = NAME.findall(TEXT[: match.start()])[-1]
            (tmp_path / name).write_text(match[2], "utf-8")
            written.append(name)
            continue
        for part in re.split(r"^\$ ", match[2], flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            assert as_timed(run(command, tmp_path)) == as_timed(printed), command
            asked += 1
    assert written == [
        "ferry.record.yaml",
        "cheaper.scenario.yaml",
        "test_ferry.py",
        "test_belief.py",
        "test_bell.py",
    ]
    assert asked == 8


def test_the_readme_leads_to_the_tutorial():
    assert "(.github/TUTORIAL.md)" in (ROOT / "README.md").read_text("utf-8")
