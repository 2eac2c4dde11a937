"""Handing a head over: a small signed statement that a stream had this many lines and ended with this link.

Ed25519 (RFC 8032), by the `cryptography` library; keys are PEM files, so that other tools make and read
them too. No time is in the statement: a signer who wants one writes it in `note`.
"""

import json

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Struct

from terms.ground.canonical import canonical_json
from terms.stores.errors import BadSignature

FORM = "terms-checkpoint/1"


class Checkpoint(Struct, frozen=True):
    """What somebody saw: the stream, how many lines, the link of the last; `note` is the signer's own words."""

    stream: str
    length: int
    link: str
    note: str = ""

    def signed_bytes(self) -> bytes:
        """What is signed."""
        words = {
            "form": FORM,
            "stream": self.stream,
            "length": self.length,
            "link": self.link,
            "note": self.note,
        }
        return canonical_json(words)


def sign(checkpoint: Checkpoint, private_pem: bytes) -> bytes:
    """The checkpoint with its signature, as one line of JSON.

    Raises:
        BadSignature: the key is no private Ed25519 key.
    """
    try:
        key = serialization.load_pem_private_key(private_pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise BadSignature(f"the key cannot be read: {fault}") from fault
    if not isinstance(key, Ed25519PrivateKey):
        raise BadSignature("the key is no Ed25519 key")
    body = checkpoint.signed_bytes()
    return canonical_json({**json.loads(body), "signature": key.sign(body).hex()}) + b"\n"


def read_checkpoint(content: bytes, public_pem: bytes) -> Checkpoint:
    """The checkpoint, if this key signed it.

    Raises:
        BadSignature: it did not, or the checkpoint or the key cannot be read.
    """
    try:
        words = json.loads(content)
        checkpoint = Checkpoint(words["stream"], words["length"], words["link"], words["note"])
        signature, form = bytes.fromhex(words["signature"]), words["form"]
    except (ValueError, KeyError, TypeError) as fault:
        raise BadSignature("this is no checkpoint") from fault
    if form != FORM:
        raise BadSignature(f"its form is '{form}', which this version does not know")
    try:
        _public(public_pem).verify(signature, checkpoint.signed_bytes())
    except InvalidSignature as fault:
        raise BadSignature("another key signed it, or it was changed since") from fault
    return checkpoint


def new_keys() -> tuple[bytes, bytes]:
    """A new private and public key, each as PEM."""
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private, public


def _public(pem: bytes) -> Ed25519PublicKey:
    try:
        key = serialization.load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as fault:
        raise BadSignature(f"the key cannot be read: {fault}") from fault
    if not isinstance(key, Ed25519PublicKey):
        raise BadSignature("the key is no Ed25519 key")
    return key
