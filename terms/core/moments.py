"""The first and last moment a date may mean, as datetimes, whatever is open or beyond the calendar."""

from datetime import UTC, datetime

from terms.ground.dates import Edtf, read_date

END_OF_TIME = datetime.max.replace(tzinfo=UTC)
BEGINNING_OF_TIME = datetime.min.replace(tzinfo=UTC)


def latest(date: Edtf) -> datetime:
    """The latest moment a date may mean; the end of time when it is open."""
    return date.latest or END_OF_TIME


def earliest(date: Edtf) -> datetime:
    """The earliest moment a date may mean; the beginning of time when it is open."""
    return date.earliest or BEGINNING_OF_TIME


def between(low: datetime, high: datetime) -> Edtf:
    """The date that lies somewhere between two moments, to the second; a moment itself when they are one."""
    one, other = (moment.isoformat(timespec="seconds").removesuffix("+00:00") + "Z" for moment in (low, high))
    return read_date(one if one == other else f"{one}/{other}")
