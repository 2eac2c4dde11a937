"""Scenarios and records are tests of pytest, in a project of its own that installs the built wheel."""

import os
import subprocess
import sys
import textwrap
import venv
from pathlib import Path

import pytest

from tests.house.source import ROOT

RECORD = """\
format: terms/1
title: Ferry talks (invented)
parties:
  velm: {role: belligerent}
  kestria: {role: belligerent}
terms:
  ferry.fare: {type: money, unit: USD}
sources:
  D1: {title: Diary}
events:
  - id: v-offer
    date: 2031-03-01
    kind: propose
    by: velm
    terms: {ferry.fare: 5 USD}
    source: D1

  - id: k-yes
    date: 2031-03-02
    kind: accept
    by: kestria
    of: v-offer
    source: D1
"""
SWEEP = """\
format: terms-scenario/1
title: Another fare
base: {record: ferry.record.yaml}
tags: [slow-fare]
edit:
  - replace: v-offer
    with: {terms: {ferry.fare: $fare}}
sweep: {fare: [4 USD, 5 USD, 6 USD]}
expect:
  - {term: ferry.fare, at-most: 5 USD}
"""
KNOWN = """\
format: terms-scenario/1
title: Known not to hold
base: {record: ferry.record.yaml}
xfail: nobody has asked for it yet
expect:
  - {term: ferry.fare, status: open}
"""
LAWS = """\
from msgspec.structs import replace
from typing import Literal

from hypothesis import settings
from terms.core.event import Event
from terms.core.reducer import evolve
from terms.testing import LAWS, LawTests, RecordMachine, run_machine

settings.register_profile("few", max_examples=6, deadline=None)
settings.load_profile("few")


class TestOurTalks(LawTests):
    record = "ferry.record.yaml"


class Ring(Event):
    kind: Literal["ring"] = "ring"


@evolve.register
def rung(event: Ring, talks):
    return replace(talks)


class TestOurBell(LawTests):
    tellers = {"ring": lambda story, move: {}}
    kinds = ("propose", "accept")
    laws = (LAWS["shared-state"],)


def test_nobody_ever_walks_out():
    def nobody_walks_out(history):
        assert history.last.session.walked_out == ()

    run_machine(invariants=[nobody_walks_out], kinds=("propose", "meet", "walk-out"))
"""


INWARD = ("PYTHONPATH", "PYTEST_ADDOPTS", "FORCE_COLOR", "PY_COLORS")
"""What would lead a project outside back into this folder, or colour what it prints."""

OUTSIDE = {name: said for name, said in os.environ.items() if name not in INWARD} | {"PYTHONUTF8": "1"}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project outside the repository, with the wheel installed and nothing fetched."""
    folder = tmp_path_factory.mktemp("outside")
    built = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(built, check=True, capture_output=True, timeout=120)
    venv.create(folder / "env", with_pip=False)
    (packages,) = (folder / "env").glob("lib/python*/site-packages")
    (wheel,) = folder.glob("*.whl")
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        "--target",
        str(packages),
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True, timeout=120)
    here = next(path for path in sys.path if path.endswith("site-packages"))
    (packages / "dependencies.pth").write_text(here, "utf-8")
    home = folder / "project"
    home.mkdir()
    (home / "pyproject.toml").write_text(
        "[tool.pytest.ini_options]\naddopts = ['--strict-markers', '-p', 'no:asyncio']\n"
    )
    (home / "ferry.record.yaml").write_text(RECORD, "utf-8")
    (home / "fare.scenario.yaml").write_text(SWEEP, "utf-8")
    (home / "known.scenario.yaml").write_text(KNOWN, "utf-8")
    return home


def run(project: Path, *words: str, module: str = "pytest") -> str:
    python = project.parent / "env" / "bin" / "python"
    done = subprocess.run(
        [str(python), "-m", module, *(word.encode() for word in words)],  # whatever the locale can encode
        cwd=project,
        env=OUTSIDE,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    return done.stdout + done.stderr


def test_the_wheel_itself_is_used(project):
    said = subprocess.run(
        [str(project.parent / "env" / "bin" / "python"), "-c", "import terms; print(terms.__file__)"],
        cwd=project, env=OUTSIDE, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert str(project.parent) in said


def test_nothing_is_collected_unless_one_asks(project):
    assert "no tests collected" in run(project, "--co", "-q")


def test_a_point_of_a_sweep_is_a_test_with_a_name_that_stays(project):
    assert run(project, "--co", "-q", "--terms").splitlines()[:5] == [
        "fare.scenario.yaml::fare=4USD",
        "fare.scenario.yaml::fare=5USD",
        "fare.scenario.yaml::fare=6USD",
        "ferry.record.yaml::check",
        "known.scenario.yaml::holds",
    ]


def test_a_folder_may_be_asked_for_in_the_settings(project):
    said = run(project, "--co", "-q", "-o", f"terms_paths='{project}'")
    assert "fare.scenario.yaml::fare=4USD" in said
    assert "no tests collected" in run(project, "--co", "-q", "-o", f"terms_paths='{project / 'elsewhere'}'")


def test_a_failure_is_told_with_carets_and_causes_and_no_stack_trace(project):
    said = run(project, "--terms", "-p", "no:cacheprovider")
    assert "1 failed, 3 passed, 1 xfailed" in said
    assert "error[F5" in said
    assert "^" in said
    assert "ferry.record.yaml" in said
    assert "Traceback" not in said
    assert "trying.py" not in said


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        (("-k", "4USD"), "1 passed"),
        (("-m", "slow_fare"), "1 failed, 2 passed"),
        (("fare.scenario.yaml::fare=5USD",), "1 passed"),
    ],
    ids=["by a word", "by a tag", "by its id"],
)
def test_points_are_picked_like_any_other_test(project, words, outcome):
    assert outcome in run(project, "--terms", *words)


def test_only_what_failed_is_run_again(project):
    run(project, "--terms")
    last = run(project, "--terms", "--lf").splitlines()[-1]
    assert "1 failed" in last
    assert "passed" not in last


def test_a_faulty_file_fails_and_says_where(project):
    bad = project / "bad.scenario.yaml"
    bad.write_text(
        SWEEP.replace("v-offer", "v-ofer").replace(
            "sweep: {fare: [4 USD, 5 USD, 6 USD]}", "sweep: {fare: [4 USD]}"
        ),
        "utf-8",
    )
    worse = project / "worse.record.yaml"
    worse.write_text(RECORD.replace("of: v-offer", "of: v-ofer"), "utf-8")
    said = run(project, "--terms", "-p", "no:cacheprovider", "bad.scenario.yaml", "worse.record.yaml")
    bad.unlink()
    worse.unlink()
    assert "2 failed" in said
    assert "did you mean 'v-offer'?" in said
    assert "Traceback" not in said


def test_a_point_with_any_characters_in_its_name_is_run_by_its_id(project):
    odd = project / "odd.scenario.yaml"
    odd.write_text(
        SWEEP.replace("with: {terms: {ferry.fare: $fare}}", "with: {note: $fare}").replace(
            "[4 USD, 5 USD, 6 USD]", "['a [b]::c/d', 'ä 漢', 'x=1,y=2']"
        ),
        "utf-8",
    )
    names = [
        line
        for line in run(project, "--co", "-q", "--terms", "odd.scenario.yaml").splitlines()
        if "::" in line
    ]
    assert names == [
        "odd.scenario.yaml::fare=a_b__c/d",
        "odd.scenario.yaml::fare=ä漢",
        "odd.scenario.yaml::fare=x=1,y=2",
    ]
    said = run(project, "-q", "--terms", *names)
    odd.unlink()
    assert "3 passed" in said


def test_one_fault_of_many_points_is_told_once(project):
    bad = project / "bad.scenario.yaml"
    bad.write_text(SWEEP.replace("v-offer", "v-ofer"), "utf-8")
    said = run(project, "--terms", "-p", "no:cacheprovider", "bad.scenario.yaml")
    bad.unlink()
    assert "3 failed" in said
    told = said.partition("short test summary info")[0]  # which repeats first lines whole under CI
    assert told.count("did you mean 'v-offer'?") == 1
    assert told.splitlines().count("the same as at [fare=4USD]") == 2


def test_laws_run_on_your_record_your_kinds_and_your_invariants(project):
    """And what breaks is told as the shortest record, which `terms replay` tells again."""
    (project / "test_laws.py").write_text(textwrap.dedent(LAWS), "utf-8")
    said = run(project, "-q", "test_laws.py", "-p", "no:cacheprovider", "--tb=short")
    assert "2 failed, 19 passed" in said, said
    assert "law 12, shared-state" in said
    assert "kept as .terms/cases/our-bell-shared-state.record.yaml" in said
    kept = (project / ".terms" / "cases" / "our-bell-shared-state.record.yaml").read_text("utf-8")
    assert kept.count("  - id:") == 1
    walked = (project / ".terms" / "cases" / "nobody-walks-out.record.yaml").read_text("utf-8")
    assert [line for line in walked.splitlines() if "kind:" in line] == ["    kind: walk-out"]
    assert "walk" in run(project, "replay", "nobody-walks-out", module="terms")
    assert "nobody-walks-out" in run(project, "replay", module="terms")
