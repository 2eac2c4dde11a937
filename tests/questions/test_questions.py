"""The questions that readers of the records ask, each answered by commands and held against the facts by hand."""

from pathlib import Path

import pytest

from tests import golden

CASES = golden.cases(Path(__file__).parent)


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_a_question_has_the_answer_that_the_facts_give(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    monkeypatch.setenv("COLUMNS", "80")
    golden.check(path)
