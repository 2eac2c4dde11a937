"""Regular expressions that wait until they are asked: every one of them is one, and answers like any other."""

import pkgutil
import re
import sys
from importlib import import_module

import pytest

import terms
from terms.ground.patterns import ASKED, Late, late


def test_it_answers_like_the_one_that_it_stands_for():
    for flags in (re.NOFLAG, re.IGNORECASE):
        mine, usual = late(r"(\d+) ?(km)", flags), re.compile(r"(\d+) ?(km)", flags)
        for text in ("7 km", "7 KM", "from 7km to 9km", ""):
            for one in ("fullmatch", "match", "search"):
                found, expected = getattr(mine, one)(text), getattr(usual, one)(text)
                assert (found and found.groups()) == (expected and expected.groups())
            assert mine.sub("x", text) == usual.sub("x", text)
            assert mine.split(text) == usual.split(text)
            assert mine.findall(text) == usual.findall(text)
        assert (mine.pattern, mine.flags) == (usual.pattern, usual.flags)


def test_it_is_made_ready_once():
    one = late("a+")
    assert "fullmatch" not in vars(one)
    assert one.fullmatch("aaa") is not None
    assert set(ASKED) <= set(vars(one))


def test_a_slip_in_one_is_told_when_it_is_asked():
    with pytest.raises(re.error):
        late("(").match("(")


def test_there_is_no_slip_in_those_of_the_program():
    for found in pkgutil.walk_packages(terms.__path__, "terms."):
        if not found.name.endswith("__main__"):
            import_module(found.name)
    ours = [module for name, module in [*sys.modules.items()] if name.startswith("terms.")]
    late_ones = [one for module in ours for one in vars(module).values() if isinstance(one, Late)]
    assert len(late_ones) > 50
    assert all(isinstance(one.pattern, str) for one in late_ones)
