"""What a stance can be: values that are read, shown and compared exactly, and the words around them.

A value is a set of outcomes that a party has said it would accept. `read_value` reads one by the
declaration of its term; `compatible`, `intersection` and `gap` compare several; `distance` and
`direction` say how one party's stance moved. Times, conditions, orders and whole stances are read by
`read_time`, `read_condition`, `read_order` and `read_stance`.
"""

from terms.values.algebra import MixedTypes, compatible, gap, intersection
from terms.values.amounts import Amount, split_number
from terms.values.clocks import ClockState, clock, subject_to
from terms.values.conditions import Condition, happenings_of, read_condition, say_condition
from terms.values.declaration import Declaration
from terms.values.measured import MixedScales
from terms.values.movement import Direction, direction, distance
from terms.values.orders import alternatives, happenings_in_order, read_order
from terms.values.outcomes import Outcome
from terms.values.provisos import outcome_of, read_provisos, show_provisos
from terms.values.reckoning import after, as_datetime, resolve
from terms.values.registry import TYPES, ValueType, read_value
from terms.values.stances import Stance, read_stance
from terms.values.times import Length, happenings_in, read_length, read_time, say_time
from terms.values.unreadable import Misread, Unreadable
from terms.values.value import Acceptance, Gap, Value

__all__ = [
    "TYPES",
    "Acceptance",
    "Amount",
    "ClockState",
    "Condition",
    "Declaration",
    "Direction",
    "Gap",
    "Length",
    "Misread",
    "MixedScales",
    "MixedTypes",
    "Outcome",
    "Stance",
    "Unreadable",
    "Value",
    "ValueType",
    "after",
    "alternatives",
    "as_datetime",
    "clock",
    "compatible",
    "direction",
    "distance",
    "gap",
    "happenings_in",
    "happenings_in_order",
    "happenings_of",
    "intersection",
    "outcome_of",
    "read_condition",
    "read_length",
    "read_order",
    "read_provisos",
    "read_stance",
    "read_time",
    "read_value",
    "resolve",
    "say_condition",
    "say_time",
    "show_provisos",
    "split_number",
    "subject_to",
]
