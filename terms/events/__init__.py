"""The moves of a negotiation, one file a family: what each needs, what does not fit, what it changes.

Importing this package is what makes the kinds known. A new move is a class in its family's file; a new
family is a file and its name here.
"""

from terms.events import (
    agreeing,
    bookkeeping,
    conditioning,
    disclosing,
    doing,
    happening,
    interpreting,
    living,
    meeting,
    proposing,
    responding,
    stating,
    undertaking,
)

FAMILIES = (
    proposing,
    responding,
    conditioning,
    agreeing,
    interpreting,
    disclosing,
    living,
    undertaking,
    happening,
    doing,
    stating,
    meeting,
    bookkeeping,
)
"""In the order in which a negotiation meets them."""

__all__ = ["FAMILIES"]
