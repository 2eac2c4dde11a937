"""Every code has a page that explains it, shows it and says how to mend it."""

import pytest

from terms.ground.codes import explain, known_codes, read_page
from terms.ground.errors import UnknownCode

CODES = known_codes()


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code)
def test_a_page_begins_with_its_code_and_says_more_than_its_title(code):
    assert code.page.startswith(f"# {code.code}: {code.title}\n\n")
    assert len(code.page.splitlines()) > 3


def test_codes_are_in_order_and_none_is_explained_twice():
    names = [code.code for code in CODES]
    assert names == sorted(set(names))


def test_a_code_is_explained_by_its_page_whatever_its_capitals():
    assert explain(" e004 ").startswith("# E004: a key appears twice\n")


def test_an_unknown_code_is_refused_with_the_nearest_one():
    with pytest.raises(UnknownCode, match="did you mean 'E0"):
        explain("E00")


def test_a_code_that_is_near_to_none_is_refused_alone():
    with pytest.raises(UnknownCode, match=r"^'hello' is not a code of this program$"):
        explain("hello")


def test_a_page_without_its_heading_is_refused():
    with pytest.raises(ValueError, match="a page begins"):
        read_page("E004 a key appears twice")
