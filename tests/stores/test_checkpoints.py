"""A head that was handed over can be told from one that was made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terms.stores.checkpoints import Checkpoint, new_keys, read_checkpoint, sign
from terms.stores.errors import BadSignature

PRIVATE, PUBLIC = new_keys()
SEEN = Checkpoint("velm", 12, "ab" * 32, "handed to the mediator")


def test_a_signed_checkpoint_reads_back():
    assert read_checkpoint(sign(SEEN, PRIVATE), PUBLIC) == SEEN


def test_another_key_did_not_sign_it():
    with pytest.raises(BadSignature):
        read_checkpoint(sign(SEEN, PRIVATE), new_keys()[1])


@given(place=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_a_checkpoint_with_a_flipped_bit_is_refused_or_says_the_same(place, bit):
    content = bytearray(sign(SEEN, PRIVATE))
    content[place % len(content)] ^= 1 << bit
    try:
        found = read_checkpoint(bytes(content), PUBLIC)
    except BadSignature:
        return
    assert found == SEEN


@pytest.mark.parametrize("pem", [b"", b"no key", PUBLIC])
def test_what_is_no_private_key_cannot_sign(pem):
    with pytest.raises(BadSignature):
        sign(SEEN, pem)


@pytest.mark.parametrize("pem", [b"", PRIVATE])
def test_what_is_no_public_key_cannot_check(pem):
    with pytest.raises(BadSignature):
        read_checkpoint(sign(SEEN, PRIVATE), pem)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'"text"'])
def test_what_is_no_checkpoint_is_refused(content):
    with pytest.raises(BadSignature):
        read_checkpoint(content, PUBLIC)
