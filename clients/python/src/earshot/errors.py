"""What a server says when it refuses, as an exception."""

import grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status


class Error(Exception):
    """A call failed. `code` is a grpc.StatusCode; `reason` and `metadata` are of the ErrorInfo that came with it."""

    def __init__(self, code, message, reason="", metadata=None):
        super().__init__(f"{code.name}: {message}" + (f" ({reason})" if reason else ""))
        self.code = code
        self.message = message
        self.reason = reason
        self.metadata = metadata or {}


class Unreachable(Error):
    """No server answered for as long as the caller was ready to wait."""


def error_of(rpc_error):
    """Returns the Error that stands for a grpc.RpcError."""
    reason, metadata = "", {}
    try:
        status = rpc_status.from_call(rpc_error)
    except (ValueError, AttributeError):
        status = None  # details that contradict the status, or none at all: the status alone counts
    for detail in status.details if status else ():
        info = error_details_pb2.ErrorInfo()
        if detail.Is(info.DESCRIPTOR) and detail.Unpack(info):
            reason, metadata = info.reason, dict(info.metadata)
    kind = Unreachable if rpc_error.code() == grpc.StatusCode.UNAVAILABLE else Error
    return kind(rpc_error.code(), rpc_error.details() or "", reason, metadata)
