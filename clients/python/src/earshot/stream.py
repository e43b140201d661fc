"""A stream of alerts that goes on where it was when its connection breaks."""

import logging
import threading
import time

import grpc

from earshot.errors import Unreachable, error_of
from earshot.v1 import alert_service_pb2 as pb

log = logging.getLogger("earshot")


class Watchdog:
    """Cancels a call on which nothing has been heard for `seconds`. A thread of its own; stop it when done."""

    def __init__(self, call, seconds):
        self._call = call
        self._seconds = seconds
        self._heard = time.monotonic()
        self._stopped = threading.Event()
        self.barked = False
        threading.Thread(target=self._watch, name="earshot-watchdog", daemon=True).start()

    def hear(self):
        """Something came."""
        self._heard = time.monotonic()

    def pause(self):
        """The caller is busy with what came: silence does not count until `hear`."""
        self._heard = float("inf")

    def stop(self):
        """Ends the thread."""
        self._stopped.set()

    def _watch(self):
        while not self._stopped.wait(self._seconds / 4):
            if time.monotonic() - self._heard > self._seconds:
                self.barked = True
                self._call.cancel()
                return


class AlertStream:
    """Messages of StreamAlerts over as many connections as it takes. Iterate in one thread; `close` from any."""

    def __init__(self, stub, request, backoff, stall_after, patience):
        self._stub = stub
        self._request = request
        self._backoff = backoff
        self._stall_after = stall_after
        self._patience = patience
        self._closed = threading.Event()
        self._call = None

    def close(self):
        """Ends the iteration."""
        self._closed.set()
        if self._call is not None:
            self._call.cancel()

    def responses(self):
        """Yields every response with an alert, resuming where it has to; heartbeats only move the place to resume from."""
        heard = time.monotonic()
        while not self._closed.is_set():
            try:
                for response in self._connection():
                    heard = time.monotonic()
                    self._backoff.reset()
                    if response.WhichOneof("message") == "alert":
                        yield response
                        heard = time.monotonic()
                    self._resume_from(response)
                error = Unreachable(grpc.StatusCode.UNAVAILABLE, "the server ended the stream")
            except grpc.RpcError as broken:
                error = error_of(broken)
            if self._closed.is_set():
                return
            self._pause_or_raise(error, heard)

    def _resume_from(self, response):
        if response.resume_token:
            self._request.start = pb.START_POSITION_CUSTOM
            self._request.resume_token = response.resume_token

    def _pause_or_raise(self, error, heard):
        # A server cuts a stream whose desk has not read for too long: that is CANCELLED.
        worth_another_try = error.code in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED)
        if not worth_another_try and error.reason != "SLOW_CONSUMER":
            raise error
        pause = self._backoff.pause()
        if self._patience is not None and time.monotonic() - heard + pause > self._patience:
            raise error
        log.warning("%s; connecting again in %.1f s", error, pause)
        self._closed.wait(pause)

    def _connection(self):
        """Yields the responses of one connection; a stalled one ends as if it had broken."""
        self._call = self._stub.StreamAlerts(self._request)
        if self._closed.is_set():
            self._call.cancel()
        watchdog = Watchdog(self._call, self._stall_after)
        try:
            for response in self._call:
                watchdog.pause()
                yield response
                watchdog.hear()
        except grpc.RpcError:
            if not watchdog.barked:
                raise
            log.warning("nothing heard for %.1f s", self._stall_after)
        finally:
            watchdog.stop()
            self._call.cancel()
