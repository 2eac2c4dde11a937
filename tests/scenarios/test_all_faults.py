"""Every mistake in a scenario is told at once, and once."""

import pytest

SWEEP = """\
format: terms-scenario/1
title: Three rates
base: {record: toll.record.yaml}
suppose:
  - {id: v-new, date: +1d, kind: propose, by: velm, terms: {toll.rate: $rte}}
  - {id: k-new, date: +1d, kind: accept, by: kestrai, of: v-new}
sweep: {rate: [3 USD, 4 USD, 5 USD]}
expect:
  - {term: toll.rate, statsu: agreed, at: v-new}
  - {term: toll.rat, status: agreed}
  - {term: toll.rate, value: $rate}
"""


@pytest.mark.parametrize("verb", ["test", "run"])
def test_every_mistake_is_told_once_whatever_else_is_wrong(told, verb):
    code, out = told(verb, SWEEP)
    assert code == 1
    assert out.count("error[") == 4
    for words in ("'$rte' stands for", "'kestrai'", "unknown key 'statsu'", "'toll.rat'"):
        assert sum(words in line for line in out.splitlines() if line.startswith("error[")) == 1, words


def test_what_fails_alike_at_every_point_is_told_once(told):
    code, out = told("test", SWEEP.replace("$rte", "$rate").replace("kestrai", "kestria"))
    assert code == 1
    assert out.count("unknown key 'statsu'") == 1
    assert "rate=3USD and 2 other points" in out


@pytest.mark.parametrize("verb", ["test", "run"])
def test_a_scenario_that_cannot_be_read_is_2_and_one_with_faults_1(told, verb):
    assert told(verb, b"\xff\xfe bad")[0] == 2
    assert told(verb, "format: terms-scenario/9\n")[0] == 1
    unmet = "format: terms-scenario/1\nbase: {record: toll.record.yaml}\nexpect: [{term: toll.rate, status: agreed}]\n"
    assert told("test", unmet)[0] == 1


def test_an_event_that_cannot_be_made_is_told_at_itself_and_not_at_its_answers(told):
    text = SWEEP.replace("$rte", "5 km").replace("kestrai", "kestria").replace("statsu", "status")
    _, out = told(
        "run", text.replace("toll.rat,", "toll.rate,").replace("sweep: {rate: [3 USD, 4 USD, 5 USD]}", "")
    )
    assert out.count("'5 km' does not fit term 'toll.rate'") == 1
    assert "nothing here is called" not in out
    _, out = told(
        "run",
        """\
format: terms-scenario/1
base: {record: toll.record.yaml}
edit:
  - insert-after: k-open
    event: {id: v-new, date: +1d, kind: propose, by: velm, terms: {toll.rate: 5 km}}
    why: a slip
  - {drop: v-new, why: a slip}
  - insert-after: k-open
    event: {id: k-new, date: +1d, kind: accept, by: kestria, of: v-new}
    why: a slip
  - {replace: k-open, with: {of: v-new}, why: a slip}
suppose:
  - {id: k-also, date: +1d, kind: accept, by: kestria, of: k-new}
""",
    )
    assert [line for line in out.splitlines() if line.startswith("error[")] == [
        "error[E302]: '5 km' does not fit term 'toll.rate'",
        "error[E102]: unknown key 'of'",
    ]


@pytest.mark.parametrize(
    ("sweep", "said"),
    [
        ("{rate: [3 USD, '']}", "nothing is written for 'rate'"),
        ("{rate: {from: {usd: 3}}}", "'rate' takes a text or a list of texts"),
        ("{zip: {rate: [3 USD, 4 USD]}}", "'zip' is how a sweep is walked, and no name"),
    ],
)
def test_a_sweep_that_cannot_be_read_is_told_at_its_values_and_not_at_each_name(told, sweep, said):
    text = SWEEP.replace("$rte", "$rate").replace("kestrai", "kestria").replace("[3 USD, 4 USD, 5 USD]", "")
    _, out = told("run", text.replace("{rate: }", sweep))
    assert sum(said in line for line in out.splitlines() if line.startswith("error[")) == 1
    assert "stands for" not in out


def test_a_claim_that_expects_nothing_is_offered_every_claim_there_is(told):
    _, out = told(
        "test", SWEEP.replace("$rte", "3 USD").replace("kestrai", "kestria") + "  - {note: and so on}\n"
    )
    assert "talks, never, always, fails\n" in out


ANSWERED = """\
format: terms-scenario/1
base: {record: toll.record.yaml}
suppose:
  - {id: v-yes, date: +1d, kind: accept, by: velm, of: k-open}
expect:
"""
ASKED = [
    ("  - {agreed: [toll.rate]}\n", 0, "1 expectation asked, and it holds"),
    ("  - {agreed: [toll.rate]}\n  - {open: nothing}\n", 0, "2 expectations asked, all hold"),
    (
        "  - {agreed: [toll.rate]}\n  - {open: [toll.rate], xfail: it was taken}\n",
        0,
        "2 expectations asked: 1 holds, 1 fails as expected (it was taken)",
    ),
    (
        "  - {agreed: nothing}\n  - {open: [toll.rate]}\n  - {talks: unopened}\n",
        1,
        "3 expectations asked: 1 holds, 2 do not hold",
    ),
    ("  - {agreed: [toll.rate], xfail: nobody pays}\n", 1, "1 expectation asked: 1 does not hold"),
    ("  - {agreed: nothing}\nxfail: it was taken\n", 0, "known not to hold: it was taken"),
    (
        "  - {agreed: [toll.rate]}\nxfail: nobody pays\n",
        1,
        "everything expected holds, though xfail says: nobody pays",
    ),
]


@pytest.mark.parametrize(("expected", "code", "said"), ASKED)
def test_what_holds_and_what_fails_as_expected_is_counted_as_it_is(told, expected, code, said):
    found, out = told("run", ANSWERED + expected)
    assert found == code
    assert said in out.splitlines()


REFUSED = ANSWERED.replace("velm, of", "vlem, of")
WITHHELD = [
    ("  - {fails: E205}\n", 0, "1 expectation asked, and it holds"),
    (
        "  - {fails: E205}\n  - {agreed: [toll.rate]}\n",
        0,
        "2 expectations asked: 1 holds, 1 cannot be asked of what is refused",
    ),
    (
        "  - {fails: E205}\n  - {fails: E203, xfail: E205 comes first}\n",
        0,
        "2 expectations asked: 1 holds, 1 fails as expected (E205 comes first)",
    ),
    (
        "  - {fails: E205, xfail: a name}\n  - {agreed: [toll.rate]}\n",
        1,
        "2 expectations asked: 1 does not hold, 1 cannot be asked of what is refused",
    ),
    ("  - {fails: E205, xfail: a name}\n", 1, "error[F506]: this is said to be known not to hold, and it holds"),
    ("  - {fails: E205}\n  - {fails: E203}\n", 1, "error[F505]: not refused with E203, as expected"),
]  # fmt: skip


@pytest.mark.parametrize(("expected", "code", "said"), WITHHELD)
def test_of_a_scenario_that_is_refused_as_expected_the_rest_is_not_said_to_hold(told, expected, code, said):
    found, out = told("run", REFUSED + expected)
    assert found == code
    assert said in out.splitlines()


@pytest.mark.parametrize("expected", ["E203", "N602"])
def test_no_refusal_is_missed_while_other_errors_stop_the_build(told, expected):
    code, out = told("run", f"{REFUSED}  - {{fails: {expected}}}\n  - {{agreed: [toll.rate]}}\n")
    assert code == 1
    assert [line for line in out.splitlines() if line.startswith("error")] == [
        "error[E205]: party 'vlem' is not declared"
    ]
