"""Negotiations as events: who moved, on which term, from which source, and what that left agreed.

A negotiation is recorded as a list of sourced events; everything else (positions, agreements,
deadlines, who knew what) is derived from that list at any step. Importing this package loads
nothing heavy: the rooms below it are imported by name (`terms.records`, `terms.core`, ...), so
that a command answers at once and a program pays only for the parts it uses.
"""

__version__ = "0.1.0"
