"""The collector rests while a block runs, and is afterwards as it was before."""

import gc

import pytest

from terms.ground.pause import collector_paused


def test_the_collector_rests_inside_and_works_again_behind():
    with collector_paused():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_pause_inside_a_pause_does_not_end_the_outer_one():
    with collector_paused():
        with collector_paused():
            pass
        assert not gc.isenabled()


def test_the_collector_works_again_when_the_block_fails():
    with pytest.raises(KeyError), collector_paused():
        raise KeyError
    assert gc.isenabled()
