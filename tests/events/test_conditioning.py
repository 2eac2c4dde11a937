"""Conditions put and waived, links and packages tied and untied."""

from tests.core.talk import after, codes, consent, state, status, talk

OFFER = "- {id: v1, kind: propose, by: north, terms: {roads: open, aid: 3 trucks/day}}"
CONDITION = "- {id: terms-1, kind: condition, by: north, of: v1, only: [roads], only-if: vote}"


def test_a_condition_on_ones_own_offer_holds_it_back_until_met():
    history = talk(f"""
    {OFFER}
    {CONDITION}
    - {{id: yes-1, kind: accept, by: south, of: v1}}
    - {{id: voted, kind: occur, of: vote}}
    """)
    assert (state(history, "roads", "yes-1"), state(history, "aid", "yes-1")) == ("open", "agreed")
    assert state(history, "roads") == "agreed"


def test_a_condition_binds_only_the_acceptance_of_the_one_who_puts_it():
    history = talk(f"""
    {OFFER}
    - {{id: terms-1, kind: condition, by: south, of: v1, only-if: vote}}
    - {{id: yes-1, kind: accept, by: south, of: v1}}
    """)
    assert state(history, "roads") == "agreed"


def test_conditions_after_everybody_is_bound_change_only_what_is_said():
    history = talk(f"""
    {OFFER}
    - {{id: yes-1, kind: accept, by: south, of: v1}}
    {CONDITION}
    """)
    assert (status(history, "north", "roads"), state(history, "roads")) == ("conditional", "agreed")


def test_several_conditions_must_all_be_met():
    history = talk(f"""
    {OFFER}
    - {{id: yes-1, kind: accept, by: south, of: v1, only-if: vote, otherwise: {{roads: closed}}, judged-by: monitors}}
    - {{id: terms-1, kind: condition, by: south, of: v1, only-if: harvest, unless: talks.ended}}
    - {{id: terms-2, kind: condition, by: south, of: v1, while: talks.held}}
    - {{id: voted, kind: occur, of: vote}}
    - {{id: held, kind: occur, of: talks.held}}
    - {{id: cut, kind: occur, of: harvest}}
    """)
    assert (state(history, "roads", "held"), state(history, "roads")) == ("open", "agreed")


def test_a_waived_condition_is_gone_and_the_acceptance_stands():
    history = talk(f"""
    {OFFER}
    - {{id: yes-1, kind: accept, by: south, of: v1, only-if: vote}}
    - {{id: terms-1, kind: condition, by: south, of: v1, only-if: harvest}}
    - {{id: waived-1, kind: waive, by: south, of: terms-1}}
    - {{id: waived-2, kind: waive, by: south, of: yes-1}}
    """)
    assert (state(history, "roads", "waived-1"), state(history, "roads")) == ("open", "agreed")
    assert (status(history, "south", "roads", "waived-1"), status(history, "south", "roads")) == (
        "conditional",
        "accepted",
    )
    assert after(history).talks.provisos["terms-1"].waived_by == "waived-1"


def test_the_author_of_an_offer_can_waive_what_it_hung_on():
    history = talk("""
    - {id: memo, kind: propose, by: north, only-if: vote, one-of: {a: {roads: open}}}
    - {id: waived, kind: waive, by: north, of: memo}
    - {id: yes-1, kind: accept, by: south, of: memo/a}
    """)
    assert state(history, "roads") == "agreed"


def test_only_a_condition_of_ones_own_that_is_in_force_can_be_waived():
    history = talk(f"""
    {OFFER}
    - {{id: yes-1, kind: accept, by: south, of: v1, only-if: vote}}
    - {{id: foreign, kind: waive, by: north, of: yes-1}}
    - {{id: terms-1, kind: condition, by: south, only-if: harvest}}
    - {{id: once, kind: waive, by: south, of: terms-1}}
    - {{id: twice, kind: waive, by: south, of: terms-1}}
    """)
    assert [codes(history, name) for name in ("foreign", "once", "twice")] == [("N605",), (), ("N605",)]
    assert state(history, "roads") == "open"


def test_a_condition_of_two_is_waived_by_both_and_that_of_one_by_more_than_it():
    history = talk(f"""
    {OFFER}
    - {{id: joint, kind: condition, by: [north, south], of: v1, only-if: vote}}
    - {{id: own, kind: condition, by: north, of: v1, only-if: harvest}}
    - {{id: half, kind: waive, by: north, of: joint}}
    - {{id: whole, kind: waive, by: [north, south], of: [joint, own]}}
    """)
    assert after(history, "half").talks.provisos["joint"].waived_by is None
    assert [after(history).talks.provisos[name].waived_by for name in ("joint", "own")] == ["whole", "whole"]


def test_an_ordering_statement_is_waived_by_name():
    history = talk("""
    - {id: asked, kind: condition, by: north, order: {o1: vote before harvest, o2: harvest.sold before talks.ended}}
    - {id: foreign, kind: waive, by: south, of: asked/o1}
    - {id: waived, kind: waive, by: north, of: asked/o1}
    """)
    assert set(after(history).talks.orders) == {"asked/o2"}
    assert codes(history, "foreign") == ("N605",)


def test_an_order_may_be_one_statement():
    history = talk("""
    - {id: asked, kind: condition, by: north, order: vote before harvest}
    """)
    assert set(after(history).talks.orders) == {"asked/o1"}


def test_a_condition_may_ask_for_terms_in_words_of_its_own():
    history = talk(f"""
    {OFFER}
    - {{id: terms-1, kind: condition, by: north, of: v1, terms: {{aid: 5 trucks/day}}}}
    """)
    assert after(history).talks.provisos["terms-1"].of == "v1"


def test_a_declared_package_keeps_its_terms_together_until_it_is_untied():
    history = talk(f"""
    {OFFER}
    - {{id: pack, kind: bind-package, by: north, terms: [roads, aid]}}
    - {{id: yes-1, kind: accept, by: south, of: v1, only: [roads]}}
    - {{id: foreign, kind: unlink, by: south, of: pack}}
    - {{id: loose, kind: unlink, by: north, of: pack}}
    - {{id: again, kind: unlink, by: north, of: pack}}
    """)
    assert state(history, "roads", "foreign") == "agreed inside an unagreed package"
    assert state(history, "roads") == "agreed"
    assert [codes(history, name) for name in ("foreign", "loose", "again")] == [("N605",), (), ("N605",)]


def test_nothing_is_agreed_until_everything_is_means_all_that_was_raised():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {roads: open, aid: 3 trucks/day}}
    - {id: pack, kind: bind-package, by: south}
    - {id: yes-1, kind: accept, by: south, of: v1, only: [roads]}
    - {id: yes-2, kind: accept, by: south, of: v1, only: [aid]}
    """)
    assert consent(history, "roads", "yes-1").reason == "not yet agreed in the same package: aid"
    assert (state(history, "roads"), state(history, "aid")) == ("agreed", "agreed")


def test_a_package_declared_by_somebody_without_a_say_ties_nothing():
    history = talk(f"""
    {OFFER}
    - {{id: pack, kind: bind-package, by: mediator}}
    - {{id: yes-1, kind: accept, by: south, of: v1, only: [roads]}}
    """)
    assert state(history, "roads") == "agreed"


def test_the_author_of_a_package_may_consent_to_the_split():
    story = """
    - {id: v1, kind: propose, by: north, all-of: {first: {roads: open, aid: 3 trucks/day}, second: {truce: in force, border: as now}}}
    - {id: yes-1, kind: accept, by: south, of: v1, only: [roads, truce]}
    """
    one = talk(story + "- {id: split, kind: unlink, by: north, of: v1/first}")
    both = talk(story + "- {id: split, kind: unlink, by: north, of: v1}")
    lost = talk(story + "- {id: split, kind: unlink, by: north, of: v1/third}")
    assert (state(one, "roads"), state(one, "truce")) == ("agreed", "agreed inside an unagreed package")
    assert (state(both, "roads"), state(both, "truce")) == ("agreed", "agreed")
    assert codes(lost, "split") == ("N605",)


def test_a_link_is_in_force_until_taken_back():
    history = talk("""
    - {id: tied, kind: link, by: north, terms: [roads, aid], if: roads, then: aid}
    """)
    tie = after(history).talks.ties["tied"]
    assert (tie.terms, tie.if_, tie.then, tie.package) == (("roads", "aid"), "roads", "aid", False)


def test_two_conditions_of_one_kind_are_both_asked_for():
    history = talk(f"""
    {OFFER}
    - {{id: yes-1, kind: accept, by: south, of: v1, unless: vote}}
    - {{id: terms-1, kind: condition, by: south, of: v1, unless: harvest}}
    - {{id: cut, kind: occur, of: harvest}}
    """)
    assert (state(history, "roads", "terms-1"), state(history, "roads")) == ("agreed", "open")


def test_a_condition_on_one_version_leaves_the_acceptance_of_another_alone():
    history = talk("""
    - {id: v1, kind: propose, by: north, terms: {aid: at least 3 trucks/day}}
    - {id: v2, kind: propose, by: north, terms: {aid: at least 2 trucks/day}}
    - {id: terms-1, kind: condition, by: north, of: v1, only-if: vote}
    - {id: yes-2, kind: accept, by: south, of: v2}
    """)
    assert (state(history, "aid"), consent(history, "aid").version) == ("agreed", "v2")
    other = talk("""
    - {id: v1, kind: propose, by: north, terms: {aid: at least 3 trucks/day}}
    - {id: v2, kind: propose, by: north, terms: {aid: at least 2 trucks/day}}
    - {id: terms-2, kind: condition, by: north, of: v2, only-if: vote}
    - {id: yes-1, kind: accept, by: south, of: v1}
    """)
    assert (state(other, "aid"), consent(other, "aid").version) == ("agreed", "v1")


def test_who_tabled_a_package_may_untie_it_together_with_others():
    history = talk("""
    - {id: v1, kind: propose, by: north, all-of: {roads: open, aid: 3 trucks/day}}
    - {id: yes-1, kind: accept, by: south, of: v1, only: [roads]}
    - {id: split, kind: unlink, by: [north, south], of: v1}
    """)
    assert (state(history, "roads", "yes-1"), state(history, "roads")) == (
        "agreed inside an unagreed package",
        "agreed",
    )


def test_only_a_declared_package_ties_and_only_the_terms_that_it_names():
    """What a link says of two terms holds up neither of them."""
    linked = talk(f"""
    {OFFER}
    - {{id: tied, kind: link, by: north, terms: [roads, aid], if: roads, then: aid}}
    - {{id: yes-1, kind: accept, by: south, of: v1, only: [roads]}}
    """)
    beside = talk(f"""
    {OFFER}
    - {{id: pack, kind: bind-package, by: north, terms: [aid, captives]}}
    - {{id: yes-1, kind: accept, by: south, of: v1, only: [roads]}}
    """)
    assert (state(linked, "roads"), state(beside, "roads")) == ("agreed", "agreed")
