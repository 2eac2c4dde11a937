"""Diagnostics are told in reading order and counted in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.ground.diagnostics import Diagnostic, Severity, in_order, summary
from terms.ground.places import Place


def fault(code, *, line=None, path="ostra.record.yaml", column=1, severity=Severity.ERROR):
    place = None if line is None else Place(path, line, column, line, column + 1)
    return Diagnostic(code, severity, "something is wrong", place)


def test_faults_are_told_by_path_line_column_and_code():
    told = [
        fault("E900"),
        fault("E101", path="a", line=9),
        fault("E101", path="b", line=2, column=1),
        fault("E104", path="b", line=2, column=5),
        fault("E204", path="b", line=2, column=5),
        fault("E101", path="b", line=10),
    ]
    assert in_order(reversed(told)) == tuple(told)


@pytest.mark.parametrize(
    ("severities", "words"),
    [
        ([], "no faults"),
        ([Severity.ERROR], "1 error"),
        ([Severity.NOTE, Severity.ERROR, Severity.WARNING, Severity.ERROR], "2 errors, 1 warning, 1 note"),
    ],
)
def test_faults_are_counted_in_words(severities, words):
    assert summary(fault("E101", severity=severity) for severity in severities) == words


@given(st.lists(st.builds(fault, st.sampled_from(["E1", "E2"]), line=st.none() | st.integers(1, 3))))
def test_no_fault_is_lost_by_ordering(faults):
    assert sorted(map(repr, in_order(faults))) == sorted(map(repr, faults))
