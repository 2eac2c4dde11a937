"""`terms replay` on what a test kept: a kind of one's own is known to that test alone, and so it is said."""

from tests.golden import told

KEPT = """\
format: terms/1
title: Bells
parties: {north: {role: belligerent}}
terms: {}
sources: {M1: Minutes}
x-case: {law: shared-state}
events:
  - {id: e1, date: 2031-03-01, kind: ring, by: north, source: M1}
"""


def test_a_kept_case_with_a_kind_of_ones_own_is_sent_to_its_test(tmp_path):
    kept = tmp_path / "bell.record.yaml"
    kept.write_text(KEPT)
    said = told(["replay", str(kept)])
    assert "error[E104]: 'ring' is not a kind of event" in said
    assert "run the test that kept\nthe case\n" in said
    kept.write_text(KEPT.replace("x-case: {law: shared-state}\n", ""))
    assert "run the test" not in told(["replay", str(kept)])
    kept.write_text(KEPT.replace("kind: ring", "kind: walk-out"))
    assert told(["replay", str(kept)]).endswith("\nholds\n")
