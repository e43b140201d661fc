"""The client: alerts as they come, alerts as they are, calls to hand in."""

import dataclasses
import pathlib

import grpc

from earshot.errors import error_of
from earshot.retry import Backoff
from earshot.stream import AlertStream
from earshot.v1 import alert_pb2, alert_service_pb2, alert_service_pb2_grpc, ingest_service_pb2, ingest_service_pb2_grpc

LATEST = alert_service_pb2.START_POSITION_LATEST
EARLIEST = alert_service_pb2.START_POSITION_EARLIEST

_OPTIONS = (
    ("grpc.keepalive_time_ms", 30_000),
    ("grpc.keepalive_timeout_ms", 10_000),
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 5_000),
    ("grpc.max_receive_message_length", 4 * 1024 * 1024),
)


@dataclasses.dataclass(frozen=True)
class Change:
    """One change of an alert, and where it stands in the order of all of them."""

    alert: alert_pb2.Alert
    sequence: int
    resume_token: bytes
    replayed: bool


def connect(address, *, credentials=None, options=()):
    """Returns a Client of the server at `address`, such as `localhost:7420`.

    Returns at once: the connection is made by the first call. `credentials` are gRPC channel credentials; without them
    the connection is not encrypted. `options` are further gRPC channel options.
    """
    options = (*_OPTIONS, *options)
    if credentials is None:
        return Client(grpc.insecure_channel(address, options=options))
    return Client(grpc.secure_channel(address, credentials, options=options))


class Client:
    """Everything that a desk asks of Earshot. May be used from several threads. A context manager; owns its channel."""

    def __init__(self, channel):
        self._channel = channel
        self._alerts = alert_service_pb2_grpc.AlertServiceStub(channel)
        self._ingest = ingest_service_pb2_grpc.IngestServiceStub(channel)
        self._streams = set()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Ends all streams and the connection."""
        for stream in tuple(self._streams):
            stream.close()
        self._channel.close()

    def alerts(
        self,
        *,
        start=LATEST,
        resume_token=None,
        filter="",  # noqa: A002  the name of the field
        heartbeat=1.0,
        stall_after=10.0,
        patience=None,
        backoff=None,
    ):
        """Yields a Change for every change of every alert that passes the filter, in one total order, for ever.

        start: LATEST (from now on) or EARLIEST (from the first that is kept).
        resume_token: go on behind the Change that carried it; wins over `start`.
        filter: CEL over `alert`, such as `alert.labels["severity"] == "critical"`.
        heartbeat: how often the server is to say, in seconds, that there is nothing to say.
        stall_after: seconds of silence after which the connection counts as broken.
        patience: seconds to go on trying to reach a server before Unreachable is raised; None for ever.
        Raises Error for what a new connection cannot put right, such as a filter that does not compile.
        """
        request = alert_service_pb2.StreamAlertsRequest(start=start, filter=filter)
        request.heartbeat_interval.FromMilliseconds(round(heartbeat * 1000))
        if resume_token is not None:
            request.start = alert_service_pb2.START_POSITION_CUSTOM
            request.resume_token = resume_token
        stream = AlertStream(self._alerts, request, backoff or Backoff(), stall_after, patience)
        self._streams.add(stream)
        try:
            for response in stream.responses():
                yield Change(response.alert, response.sequence, response.resume_token, response.replayed)
        finally:
            stream.close()
            self._streams.discard(stream)

    def list_alerts(self, *, filter="", page_size=0, timeout=5.0):  # noqa: A002  the name of the field
        """Yields the alerts as they are now, newest first, page by page. `timeout` is for each page."""
        request = alert_service_pb2.ListAlertsRequest(filter=filter, page_size=page_size)
        while True:
            response = _call(self._alerts.ListAlerts, request, timeout)
            yield from response.alerts
            if not response.next_page_token:
                return
            request.page_token = response.next_page_token

    def get_alert(self, name, *, timeout=5.0):
        """Returns one alert, `alerts/{alert}`, as it is now."""
        return _call(self._alerts.GetAlert, alert_service_pb2.GetAlertRequest(name=name), timeout).alert

    def submit_transcript(self, path, *, call=None, timeout=60.0):
        """Hands in a recorded call and returns what became of it, once all of it is durable.

        `call` is an earshot.v1.Call with what is known of it; what is set there wins over the header of the file.
        """
        path = pathlib.Path(path)
        request = ingest_service_pb2.SubmitTranscriptRequest(content=path.read_bytes(), file_name=path.name, call=call)
        return _call(self._ingest.SubmitTranscript, request, timeout)


def _call(method, request, timeout):
    try:
        return method(request, timeout=timeout)
    except grpc.RpcError as error:
        raise error_of(error) from None
