"""How many examples a law draws that needs fewer, or more, than most: by the profile of the run, as all others do."""

from hypothesis import settings

USUAL = settings.get_profile("change").max_examples
"""What a law draws on every change unless it says otherwise."""


def draws(number: int) -> int:
    """`number` examples on every change, and as many times more as the profile of this run has, at least one."""
    return max(settings().max_examples * number // USUAL, 1)
