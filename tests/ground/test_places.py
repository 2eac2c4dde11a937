"""Places count as a person does, and move with the lines above them."""

from terms.ground.places import Place


def test_a_place_is_shown_as_terminals_link_it():
    assert str(Place("ostra.record.yaml", 41, 7, 41, 15)) == "ostra.record.yaml:41:7"


def test_a_place_moves_with_the_lines_added_above_it():
    assert Place("a", 4, 7, 5, 2).moved(3) == Place("a", 7, 7, 8, 2)


def test_places_sort_as_they_are_read():
    first, second, third = Place("a", 2, 9, 2, 10), Place("a", 10, 1, 10, 2), Place("b", 1, 1, 1, 2)
    assert sorted([third, second, first]) == [first, second, third]
