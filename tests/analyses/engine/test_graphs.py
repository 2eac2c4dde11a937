"""Cycles are found exactly when there are any, and the shortest one is shortest: held against brute force."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from terms.analyses.engine.graphs import Edge, components, shortest_cycle, shortest_path

NODES = "abcde"
edges = st.lists(
    st.builds(
        Edge,
        st.sampled_from(NODES),
        st.sampled_from(NODES),
        st.booleans(),
        st.sampled_from(["e1", "e2", "e3"]),
    ),
    max_size=10,
)


def every_cycle(found: list[Edge]) -> list[tuple[Edge, ...]]:
    """All simple cycles: every order of every choice of nodes, every edge between two of them."""
    cycles: list[tuple[Edge, ...]] = []
    for size in range(1, len(NODES) + 1):
        for nodes in permutations(NODES, size):
            walks: list[tuple[Edge, ...]] = [()]
            for start, end in zip(nodes, (*nodes[1:], nodes[0]), strict=True):
                walks = [
                    (*walk, edge)
                    for walk in walks
                    for edge in set(found)
                    if (edge.start, edge.end) == (start, end)
                ]
            cycles += walks
    return cycles


@given(found=edges)
def test_the_shortest_cycle_is_no_longer_than_any(found):
    for strict in (True, False):
        known = [cycle for cycle in every_cycle(found) if not strict or any(edge.strict for edge in cycle)]
        shortest = shortest_cycle(found, strict=strict)
        assert (shortest is None) == (not known)
        if shortest is not None:
            assert len(shortest) == min(map(len, known))
            assert all(
                one.end == two.start for one, two in zip(shortest, (*shortest[1:], shortest[0]), strict=True)
            )
            assert any(edge.strict for edge in shortest) or not strict


@given(found=edges)
def test_of_equally_short_cycles_the_first_by_its_statements_is_told(found):
    known = [cycle for cycle in every_cycle(found) if any(edge.strict for edge in cycle)]
    shortest = shortest_cycle(found, strict=True)
    if shortest is not None:
        rivals = [sorted(edge.label for edge in cycle) for cycle in known if len(cycle) == len(shortest)]
        assert sorted(edge.label for edge in shortest) == min(rivals)


@given(found=edges)
def test_knots_are_the_nodes_that_lie_on_a_common_cycle(found):
    on_cycles = {edge.start for cycle in every_cycle(found) for edge in cycle}
    knots = components(found)
    assert set().union(*knots) == on_cycles if knots else not on_cycles
    assert sum(map(len, knots)) == len(on_cycles)


@given(found=edges, order=st.randoms(use_true_random=False))
def test_the_order_in_which_statements_are_given_does_not_matter(found, order):
    shuffled = list(found)
    order.shuffle(shuffled)
    assert shortest_cycle(shuffled, strict=True) == shortest_cycle(found, strict=True)
    assert components(shuffled) == components(found)


def test_a_chain_of_thousands_is_searched_without_recursion():
    chain = [Edge(f"n{place:05}", f"n{place + 1:05}", False, "e") for place in range(5_000)]
    closed = [*chain, Edge("n05000", "n00000", True, "e")]
    assert components(chain) == ()
    assert len(components(closed)[0]) == 5_001


def test_from_a_node_to_itself_there_is_the_empty_path():
    assert shortest_path([], "a", "a") == ()


def test_there_is_no_path_against_the_edges():
    assert shortest_path([Edge("a", "b", True, "e")], "b", "a") is None
