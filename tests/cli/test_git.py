"""After `terms setup-git`, git itself merges records by their events and names events in its diffs."""

import os
import subprocess
import sys

import pytest

from tests.golden import told
from tests.records.test_merging import event, record

NAME = "talks.record.yaml"


@pytest.fixture
def git(tmp_path, monkeypatch):
    """A repository with one record of one event, set up; runs git in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "North")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "north@example.org")

    def run(*words):
        done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    run("init", "-q", "-b", "main")
    assert "*.record.yaml diff=terms merge=terms" in told(["setup-git"])
    commit(run, tmp_path, record(event("a")))
    return run


def commit(run, folder, text):
    (folder / NAME).write_text(text, "utf-8")
    run("add", ".")
    run("commit", "-q", "-m", "words")


def branched(run, folder, *, ours, theirs):
    """What `git merge` says of two branches."""
    run("checkout", "-q", "-b", "other")
    commit(run, folder, theirs)
    run("checkout", "-q", "main")
    commit(run, folder, ours)
    return run("merge", "-q", "--no-edit", "other")


def test_two_branches_that_both_add_events_merge_without_loss(git, tmp_path):
    code, said = branched(
        git, tmp_path, ours=record(event("a"), event("b")), theirs=record(event("a"), event("c"))
    )
    assert code == 0, said
    assert (tmp_path / NAME).read_text("utf-8") == record(event("a"), event("b"), event("c"))


def test_an_event_that_both_changed_differently_is_a_conflict_between_the_two(git, tmp_path):
    code, said = branched(
        git,
        tmp_path,
        ours=record(event("a", "no"), event("b")),
        theirs=record(event("a", "never"), event("c")),
    )
    assert code == 1
    assert "both sides changed event 'a'" in said
    text = (tmp_path / NAME).read_text("utf-8")
    assert "<<<<<<< ours\n    that: no\n=======\n    that: never\n>>>>>>> theirs\n" in text
    assert text.endswith(event("b") + "\n" + event("c"))


def test_different_fields_of_one_event_changed_on_two_sides_are_both_taken(git, tmp_path):
    theirs = record(event("a").replace("2031-03-01", "2031-03-02"))
    ours = record(event("a").replace("p.9", "p.10"))
    assert branched(git, tmp_path, ours=ours, theirs=theirs)[0] == 0
    assert (tmp_path / NAME).read_text("utf-8") == theirs.replace("p.9", "p.10")


def test_a_hunk_is_headed_by_the_event_it_is_in(git, tmp_path):
    long = event("b").replace("    source", "    note: n\n    quote: q\n    speaker: s\n    source")
    commit(git, tmp_path, record(event("a"), long))
    (tmp_path / NAME).write_text(record(event("a"), long.replace("p.9", "p.10")), "utf-8")
    assert "@@ id: b\n" in git("diff")[1]


def test_setting_up_again_changes_nothing(git, tmp_path):
    before = (tmp_path / ".gitattributes").read_bytes()
    assert "as it was" in told(["setup-git"])
    assert (tmp_path / ".gitattributes").read_bytes() == before


def test_attributes_that_are_there_stay(git, tmp_path):
    (tmp_path / ".gitattributes").write_text("*.png binary", "utf-8")
    told(["setup-git"])
    assert (tmp_path / ".gitattributes").read_text("utf-8").startswith("*.png binary\n*.record.yaml ")


def test_outside_a_repository_it_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert told(["setup-git"]).endswith("[exit 2]\n")


def test_without_git_it_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not installed" in told(["setup-git"])
