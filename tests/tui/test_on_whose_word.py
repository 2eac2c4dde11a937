"""The panes tell a denial as a sentence, and a vague day by its first and its last."""

from terms.tui.desk import opened, pointed
from terms.tui.panes import event, why
from terms.tui.panes.positions import _under_cursor
from tests.told import told


def test_a_denial_and_a_vague_day_are_told_as_they_are():
    history = told(
        "id: s-10, date: 2031-02, kind: propose, by: south, terms: {pullback: 10 km}",
        "id: n-den, date: 2031-03-02, kind: deny, by: north, of: s-10, source: N1",
    )
    desk = pointed(opened(history, name="talks").but(point=("south", "pullback", "")))
    assert "proposed, 2 to 29 days ago (s-10)" in _under_cursor(desk)
    assert why.rows(desk)[0][0].endswith("proposed, 2 to 29 days ago")
    there = desk.but(steps=1)
    assert ("denied by north [n-den]", "mark") in event.rows(there)
