"""What the rival accounts of a long stream change is found out once, kept, and the same as of a record read whole."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terms.core.history import History
from terms.stores.framing import snapshot_fault
from terms.stores.lines import lines_of, read_lines
from terms.stores.long import LongHistory
from terms.stores.sqlite import SqliteStore
from terms.views.contested import Readings
from tests.draws import draws
from tests.stores.test_retelling import alike, retold

ANY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def marks(history):
    """The contested cells after every step, and each rival's own."""
    readings = Readings(history)
    every = range(len(history) + 1)
    own = [readings.changed_by(place, steps) for place in range(len(history.rivals)) for steps in every]
    return [readings.contested_cells(steps) for steps in every], own


@settings(max_examples=draws(60), suppress_health_check=ANY, deadline=None)
@given(record=retold(max_size=24), data=st.data())
def test_the_marks_are_those_of_the_record_read_whole(record, data, short, tmp_path_factory):
    header, events = record
    kept = SqliteStore(str(tmp_path_factory.mktemp("long") / "terms.db"))
    rest, length = list(lines_of(header, events)), 0
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        length = kept.append("talks", rest[:size], expected=length)
        rest = rest[size:]
        if data.draw(st.booleans()):
            LongHistory(kept, "talks").weighed()
    told = LongHistory(kept, "talks")
    whole = History(header, read_lines(line.content for line in kept.read("talks"))[1])
    assert marks(told) == marks(whole)
    assert marks(LongHistory(kept, "talks")) == marks(whole)
    for choice in whole.rivals:
        assert alike(told.under(choice), whole.under(choice))
    assert snapshot_fault(kept, "talks") == ""
    kept.close()
