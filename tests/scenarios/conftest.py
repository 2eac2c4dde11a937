"""An invented toll, and a folder in which scenarios on it are tried from the command line."""

import pytest

from terms.cli.main import main

RECORD = """\
format: terms/1
title: A toll
parties: {kestria: {role: belligerent}, velm: {role: belligerent}}
terms: {toll.rate: {type: money, unit: USD}}
sources: {N1: Notes}
events:
  - {id: k-open, date: 2031-05-01, kind: propose, by: kestria, terms: {toll.rate: 3 USD}, source: N1 p.1}
"""


@pytest.fixture
def told(tmp_path, monkeypatch, capsys):
    """A folder with the record; returns the exit code and the output of a verb on a scenario there."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "toll.record.yaml").write_text(RECORD, "utf-8")

    def run(verb, text):
        (tmp_path / "toll.scenario.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
        code = main([verb, "toll.scenario.yaml"])
        return code, capsys.readouterr().out

    return run
