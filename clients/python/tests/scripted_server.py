"""A server of alerts that plays a script: for each connection a list of what to send and how to end."""

import concurrent.futures
import threading

import grpc
from google.protobuf import any_pb2
from google.rpc import code_pb2, error_details_pb2, status_pb2
from grpc_status import rpc_status

from earshot.v1 import alert_service_pb2 as pb
from earshot.v1 import alert_service_pb2_grpc, ingest_service_pb2, ingest_service_pb2_grpc


def alert(number):
    """The change with this sequence number."""
    response = pb.StreamAlertsResponse(sequence=number, resume_token=b"token-%d" % number)
    response.alert.name = f"alerts/{number}"
    response.alert.rule = "rules/Example"
    response.alert.company = "EXMP"
    response.alert.labels["severity"] = "critical"
    response.alert.annotations["summary"] = f"summary {number}"
    response.alert.observation.evidence.quote = f"quote {number}"
    return response


def heartbeat(number):
    """Nothing new before this sequence number."""
    response = pb.StreamAlertsResponse(sequence=number, resume_token=b"token-%d" % (number - 1))
    response.heartbeat.SetInParent()
    return response


def end():
    """The server shuts down."""
    return pb.StreamAlertsResponse(end=pb.StreamEnd(reason=pb.StreamEnd.REASON_SHUTDOWN))


def broken():
    """The connection breaks."""
    return lambda context: context.abort(grpc.StatusCode.UNAVAILABLE, "gone")


def cut():
    """The server cuts a desk that does not read."""
    return lambda context: context.abort(grpc.StatusCode.CANCELLED, "cut")


def refused(code, message, reason, **metadata):
    """The server refuses, with an ErrorInfo."""
    packed = any_pb2.Any()
    packed.Pack(error_details_pb2.ErrorInfo(reason=reason, domain="earshot.io", metadata=metadata))
    status = status_pb2.Status(code=code, message=message, details=[packed])
    return lambda context: context.abort_with_status(rpc_status.to_status(status))


def slow_consumer():
    """The server gives up on a client that does not keep up."""
    return refused(code_pb2.RESOURCE_EXHAUSTED, "too slow", "SLOW_CONSUMER")


class ScriptedServer(alert_service_pb2_grpc.AlertServiceServicer, ingest_service_pb2_grpc.IngestServiceServicer):
    """Plays `scripts`, one a connection; a script that is used up, or missing, keeps its connection open in silence."""

    def __init__(self, *scripts):
        self.scripts = list(scripts)
        self.requests = []
        self.changed = threading.Event()
        self._stopped = threading.Event()
        self._server = grpc.server(concurrent.futures.ThreadPoolExecutor(8))
        alert_service_pb2_grpc.add_AlertServiceServicer_to_server(self, self._server)
        ingest_service_pb2_grpc.add_IngestServiceServicer_to_server(self, self._server)
        self.address = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"

    def __enter__(self):
        self._server.start()
        return self

    def __exit__(self, *_):
        self._stopped.set()
        self._server.stop(None).wait()

    def StreamAlerts(self, request, context):
        self.requests.append(request)
        script = self.scripts.pop(0) if self.scripts else []
        for step in script:
            if callable(step):
                step(context)
            else:
                yield step
            if step is script[-1] and step.WhichOneof("message") == "end":
                return
        gone = threading.Event()
        context.add_callback(gone.set)
        while not gone.wait(0.05) and not self._stopped.is_set():
            pass

    def ListAlerts(self, request, context):
        self.requests.append(request)
        first = int(request.page_token or 1)
        response = pb.ListAlertsResponse(next_page_token=str(first + 2) if first < 5 else "")
        response.alerts.extend(alert(number).alert for number in (first, first + 1))
        return response

    def GetAlert(self, request, context):
        if request.name != "alerts/1":
            refused(code_pb2.NOT_FOUND, "no such alert", "ALERT_NOT_FOUND", name=request.name)(context)
        return pb.GetAlertResponse(alert=alert(1).alert)

    def SubmitTranscript(self, request, context):
        self.requests.append(request)
        return ingest_service_pb2.SubmitTranscriptResponse(utterance_count=len(request.content.splitlines()))
