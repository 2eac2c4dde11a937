"""Tries many sets of positions on one solver, and puts to it only what no earlier answer has decided.

A set within one that holds together holds, too; a set around one that does not, does not either. So the sets
are tried from the largest down, each as a number whose bits are the positions in it.
"""

from collections.abc import Iterable, Sequence

from terms.analyses.engine.oracle import Oracle, Stop, heed, never


def holding(oracle: Oracle, names: Sequence[str], sets: Iterable[int], *, stop: Stop = never) -> set[int]:
    """Those of `sets` (bits of `names`, the first the lowest) that hold together with what is fixed."""
    bits = [1 << place for place in range(len(names))]
    bit_of = dict(zip(names, bits, strict=True))
    whole = (1 << len(names)) - 1
    failing: list[int] = []
    found: set[int] = set()
    for one in sorted(set(sets), key=lambda number: (-number.bit_count(), number)):
        if any(core & one == core for core in failing):
            continue
        left_out = whole ^ one
        if not any(bit & left_out and one | bit in found for bit in bits):
            heed(stop)
            core = oracle.core([name for name, bit in bit_of.items() if bit & one], hard=False)
            if core is not None:
                failing.append(sum(bit_of[name] for name in core))
                continue
        found.add(one)
    return found
