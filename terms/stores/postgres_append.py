"""An append to PostgreSQL in one round trip: a function of the database checks and writes it all, or nothing.

It is for the usual case, in which this program knows where the stream ends because it wrote or read that end. The
function takes the lock that makes the order of places the order of commits, looks whether the stream still ends
there and whether none of the ids is known, and writes lines, ids and the new end. Whatever it does not find as
expected it leaves as it is and says so; the long way, which asks first, then finds out what is the matter.
"""

from collections.abc import Sequence

import psycopg
from psycopg.rows import DictRow

from terms.stores.adding import Row
from terms.stores.store import Head

FUNCTION = """
CREATE OR REPLACE FUNCTION append_lines(name text, length_ bigint, link_ text, header_ text, kinds text[],
  states bytea[], ids text[], digests text[], new_link text, new_header text, wait_ms text) RETURNS boolean
LANGUAGE plpgsql AS $BODY$
DECLARE
  is_other boolean;
BEGIN
  PERFORM set_config('lock_timeout', wait_ms, true);
  LOCK TABLE stored_events IN EXCLUSIVE MODE;
  SELECT NOT (length = length_ AND link = link_ AND header = header_) INTO is_other
    FROM stream_heads WHERE stream = name;
  IF is_other IS NULL OR is_other THEN RETURN false; END IF;
  IF EXISTS (SELECT 1 FROM event_ids WHERE stream = name AND event = ANY(ids)) THEN RETURN false; END IF;
  IF to_regclass('party_grants') IS NOT NULL THEN
    EXECUTE 'SELECT EXISTS (SELECT 1 FROM party_grants WHERE stream = $1)' INTO is_other USING name;
    IF is_other THEN RETURN false; END IF;
  END IF;
  INSERT INTO stored_events (originator_id, originator_version, topic, state)
    SELECT name, length_ + place, kind, state
    FROM unnest(kinds, states) WITH ORDINALITY AS given (kind, state, place) ORDER BY place;
  INSERT INTO event_ids SELECT name, * FROM unnest(ids, digests);
  UPDATE stream_heads SET length = length_ + cardinality(kinds), link = new_link, header = new_header
    WHERE stream = name;
  RETURN true;
END;
$BODY$;
REVOKE ALL ON FUNCTION append_lines FROM PUBLIC;
"""
CALL = "SELECT append_lines(%s, %s, %s, %s, %s::text[], %s::bytea[], %s::text[], %s::text[], %s, %s, %s) AS is_done"


def appended_at_once(
    connection: psycopg.Connection[DictRow],
    stream: str,
    rows: Sequence[Row],
    *,
    before: Head,
    after: Head,
    wait_seconds: int,
) -> bool:
    """Whether the rows were written behind `before`; False: nothing was, because something is otherwise."""
    events = [row for row in rows if row.line.event]
    found = connection.execute(
        CALL,
        (
            stream, before.length, before.link, before.header, [row.line.kind for row in rows],
            [row.sealed.packed() for row in rows], [row.line.event for row in events],
            [row.sealed.digest for row in events], after.link, after.header, f"{wait_seconds * 1000}",
        ),
    ).fetchone()  # fmt: skip
    return found is not None and bool(found["is_done"])
