"""The twelve questions every record answers at any step, one file a question or two.

An answer is a frozen row of words and ids that cites its events. Questions 11 (without an event) and 7
(between two points) use the comparison of two situations, which stands beside this package.
"""

QUESTIONS = (
    "What is agreed now, and what is not?",
    "Whose consent is still missing on T?",
    "Which moves could change T now?",
    "What is undecided?",
    "On whose word do we know this, and does anyone deny it?",
    "What did party P know on date D, and what had been made public?",
    "How did P move on T between two points, in which direction, by how much?",
    "What is deferred, to which stage or trigger?",
    "Which agreed terms have a disputed meaning?",
    "Which obligations are due, met, overdue or lapsed at D?",
    "What would differ had event E not happened?",
    "Who waits for whom: is there a cycle?",
)
"""In the order of the design; a reader counts them from 1."""
