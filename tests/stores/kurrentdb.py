"""A plugin of pytest, for `make kurrentdb`: the contract of stores held against the adapter of KurrentDB and its driver.

Both are real and come by pip; a server does not. What answers the driver here is a stand-in that keeps events in
memory and speaks as much of the protocol (`BatchAppend`, `Read`) as the adapter uses: it shows that what we ask of
the adapter fits it, not that a server keeps what it is told.
"""

import re
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import grpc
from google.protobuf import any_pb2, empty_pb2
from kurrentdbclient.protos.v1 import shared_pb2, status_pb2, streams_pb2, streams_pb2_grpc

from terms.stores import open_store
from tests.stores import places

LARGEST_APPEND = 1024 * 1024
"""Bytes in one append, as a server is set when nobody says otherwise."""
STEP = 100
"""Positions in the log are those of bytes, and so have gaps."""


class StandIn(streams_pb2_grpc.StreamsServicer):
    """Streams in memory: numbered from 0 each, all of them in one log of growing positions."""

    def __init__(self):
        self.log, self.lengths, self.lock = [], {}, threading.Lock()

    def BatchAppend(self, request_iterator, context):
        """All events of a request behind the expected one of their stream, or none."""
        for asked in request_iterator:
            name, options = asked.options.stream_identifier.stream_name, asked.options
            with self.lock:
                length = self.lengths.get(name, 0)
                expected = (
                    0
                    if options.WhichOneof("expected_stream_position") == "no_stream"
                    else options.stream_position + 1
                )
                if expected != length:
                    answer = streams_pb2.BatchAppendResp(error=_wrong(length))
                elif sum(len(one.data) for one in asked.proposed_messages) > LARGEST_APPEND:
                    told = shared_pb2.MaximumAppendSizeExceeded(maxAppendSize=LARGEST_APPEND)
                    answer = streams_pb2.BatchAppendResp(error=_status(told))
                else:
                    for place, one in enumerate(asked.proposed_messages):
                        self.log.append((name, length + place, (len(self.log) + 1) * STEP, one))
                    self.lengths[name] = length + len(asked.proposed_messages)
                    last = shared_pb2.AllStreamPosition(commit_position=len(self.log) * STEP)
                    answer = streams_pb2.BatchAppendResp(
                        success=streams_pb2.BatchAppendResp.Success(position=last)
                    )
            answer.correlation_id.CopyFrom(asked.correlation_id)
            yield answer

    def Read(self, request, context):
        """One stream from a position on, or all of them, less the types that are to be left out."""
        options = request.options
        with self.lock:
            log = [*self.log]
        if options.WhichOneof("stream_option") == "stream":
            name = options.stream.stream_identifier.stream_name
            found = [row for row in log if row[0] == name and row[1] >= options.stream.revision]
            if name not in self.lengths:
                missing = streams_pb2.ReadResp.StreamNotFound(stream_identifier={"stream_name": name})
                yield streams_pb2.ReadResp(stream_not_found=missing)
                return
        else:
            start = options.all.position.commit_position
            wanted = re.compile(options.filter.event_type.regex)
            found = [row for row in log if row[2] >= start and wanted.match(row[3].metadata["type"])]
        for row in found[: options.count]:
            yield streams_pb2.ReadResp(event=_event(*row))


def _event(name, number, position, one):
    event = streams_pb2.ReadResp.ReadEvent.RecordedEvent(
        id=shared_pb2.UUID(string=one.id.string or str(uuid.uuid4())),
        stream_identifier=shared_pb2.StreamIdentifier(stream_name=name),
        stream_revision=number, commit_position=position, prepare_position=position,
        metadata={**one.metadata, "created": str(int(time.time() * 10**7))}, data=one.data,
    )  # fmt: skip
    return streams_pb2.ReadResp.ReadEvent(event=event, commit_position=position)


def _wrong(length):
    if length:
        return _status(shared_pb2.WrongExpectedVersion(current_stream_revision=length - 1))
    return _status(shared_pb2.WrongExpectedVersion(current_no_stream=empty_pb2.Empty()))


def _status(told):
    detail = any_pb2.Any()
    detail.Pack(told)
    return status_pb2.Status(message="refused", details=detail)


class OnKurrentDB:
    """Opens a fresh stand-in wherever the suite asks for a recorder whose streams begin at 0."""

    def __init__(self):
        self.usual, self.alive = places.opened, []

    def opened(self, kind, folder, server=None):
        if kind != "recorder from 0":
            return self.usual(kind, folder, server)
        serving = grpc.server(ThreadPoolExecutor(max_workers=16))
        streams_pb2_grpc.add_StreamsServicer_to_server(StandIn(), serving)
        port = serving.add_insecure_port("127.0.0.1:0")
        serving.start()
        self.alive.append(serving)
        return lambda: open_store(f"kurrentdb://127.0.0.1:{port}?Tls=false")

    def end(self):
        for one in self.alive:
            one.stop(None)


held = OnKurrentDB()
places.opened = held.opened


def pytest_unconfigure():
    """The servers end with the tests."""
    held.end()
