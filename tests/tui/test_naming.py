"""Names of parties in little room: two are never drawn alike."""

from terms.core.history import History
from terms.records import read_text
from terms.tui.naming import short_names

HEAD = """\
format: terms/1
title: Talks (invented)
parties:
  kestria: {role: belligerent, name: Republic of Kestria}
  velm: {role: belligerent, name: Republic of Velm}
  harbour: {role: mediator, name: Harbour Group}
  ostra: {role: observer, name: Öster}
terms: {t: {type: text}}
sources: {N1: Notes}
events:
  - {id: e1, date: 2031-03-01, kind: propose, by: kestria, terms: {t: open}, source: N1}
"""


def names(room: int, *, ascii_only: bool = False) -> dict[str, str]:
    read = read_text(HEAD)
    return dict(short_names(History(read.header, read.events), room, ascii_only=ascii_only))


def test_names_that_would_be_cut_alike_give_way_to_ids():
    assert names(10) == {"harbour": "Harbour Group", "kestria": "kestria", "ostra": "Öster", "velm": "velm"}


def test_where_there_is_room_for_a_difference_names_stay():
    assert names(14)["kestria"] == "Republic of Kestria"
    assert names(40) == {
        "harbour": "Harbour Group",
        "kestria": "Republic of Kestria",
        "ostra": "Öster",
        "velm": "Republic of Velm",
    }


def test_a_name_in_other_letters_is_an_id_on_a_screen_of_ascii():
    assert names(40, ascii_only=True)["ostra"] == "ostra"
