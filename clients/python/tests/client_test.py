"""The client against a server that plays a script."""

import itertools
import pathlib
import tempfile
import threading
import unittest

import grpc
from google.rpc import code_pb2
from scripted_server import ScriptedServer, alert, broken, cut, end, heartbeat, refused, slow_consumer

import earshot
from earshot.v1 import alert_service_pb2 as pb

QUICK = {"backoff": earshot.Backoff(first=0.01, largest=0.02), "patience": 10}


def names(changes, count):
    """The names of the next `count` alerts."""
    return [change.alert.name for change in itertools.islice(changes, count)]


class Alerts(unittest.TestCase):
    """`Client.alerts`."""

    def take(self, server, count, **arguments):
        with server, earshot.connect(server.address) as client:
            return names(client.alerts(**{**QUICK, **arguments}), count)

    def test_come_in_their_order_without_heartbeats(self):
        server = ScriptedServer([alert(1), heartbeat(2), alert(2)])
        self.assertEqual(self.take(server, 2, start=earshot.EARLIEST, filter="true", heartbeat=0.5), ["alerts/1", "alerts/2"])
        request = server.requests[0]
        self.assertEqual((request.start, request.filter), (pb.START_POSITION_EARLIEST, "true"))
        self.assertEqual(request.heartbeat_interval.ToMilliseconds(), 500)

    def test_resume_behind_the_last_one_when_the_connection_breaks(self):
        server = ScriptedServer([alert(1), alert(2), broken()], [alert(3)])
        self.assertEqual(self.take(server, 3), ["alerts/1", "alerts/2", "alerts/3"])
        self.assertEqual(server.requests[0].start, pb.START_POSITION_LATEST)
        self.assertEqual(server.requests[1].start, pb.START_POSITION_CUSTOM)
        self.assertEqual(server.requests[1].resume_token, b"token-2")

    def test_resume_behind_a_heartbeat(self):
        server = ScriptedServer([heartbeat(8), broken()], [alert(8)])
        self.assertEqual(self.take(server, 1), ["alerts/8"])
        self.assertEqual(server.requests[1].resume_token, b"token-7")

    def test_ask_as_before_where_nothing_came_yet(self):
        server = ScriptedServer([broken()], [alert(1)])
        self.assertEqual(self.take(server, 1, start=earshot.EARLIEST), ["alerts/1"])
        self.assertEqual(server.requests[1].start, pb.START_POSITION_EARLIEST)

    def test_resume_after_the_server_said_that_it_ends(self):
        server = ScriptedServer([alert(1), end()], [alert(2)])
        self.assertEqual(self.take(server, 2), ["alerts/1", "alerts/2"])
        self.assertEqual(server.requests[1].resume_token, b"token-1")

    def test_resume_after_falling_behind(self):
        server = ScriptedServer([alert(1), slow_consumer()], [alert(2)])
        self.assertEqual(self.take(server, 2), ["alerts/1", "alerts/2"])

    def test_resume_after_the_server_cut_the_stream(self):
        server = ScriptedServer([alert(1), cut()], [alert(2)])
        self.assertEqual(self.take(server, 2), ["alerts/1", "alerts/2"])

    def test_resume_when_nothing_is_heard(self):
        server = ScriptedServer([alert(1)], [alert(2)])
        self.assertEqual(self.take(server, 2, stall_after=0.3), ["alerts/1", "alerts/2"])
        self.assertEqual(server.requests[1].resume_token, b"token-1")

    def test_a_slow_reader_is_no_stall(self):
        server = ScriptedServer([alert(1), alert(2)])
        with server, earshot.connect(server.address) as client:
            changes = client.alerts(**QUICK, stall_after=0.2)
            next(changes)
            self.assertFalse(threading.Event().wait(0.6))  # the reader is busy for three times as long
            self.assertEqual(next(changes).alert.name, "alerts/2")
        self.assertEqual(len(server.requests), 1)

    def test_go_on_behind_a_token_of_an_earlier_run(self):
        server = ScriptedServer([alert(5)])
        self.assertEqual(self.take(server, 1, resume_token=b"token-4"), ["alerts/5"])
        self.assertEqual(server.requests[0].start, pb.START_POSITION_CUSTOM)
        self.assertEqual(server.requests[0].resume_token, b"token-4")

    def test_a_refusal_is_raised_with_its_reason(self):
        server = ScriptedServer([refused(code_pb2.OUT_OF_RANGE, "too old", "RESUME_TOKEN_EXPIRED", earliest_token="x")])
        with self.assertRaises(earshot.Error) as raised:
            self.take(server, 1, resume_token=b"old")
        self.assertEqual(raised.exception.code, grpc.StatusCode.OUT_OF_RANGE)
        self.assertEqual(raised.exception.reason, "RESUME_TOKEN_EXPIRED")
        self.assertEqual(raised.exception.metadata, {"earliest_token": "x"})
        self.assertEqual(len(server.requests), 1)

    def test_patience_ends(self):
        with earshot.connect("127.0.0.1:1") as client, self.assertRaises(earshot.Unreachable):
            next(client.alerts(**{**QUICK, "patience": 0.2}))

    def test_closing_the_client_ends_the_loop(self):
        with ScriptedServer([alert(1)]) as server:
            client = earshot.connect(server.address)
            changes = client.alerts(**QUICK)
            next(changes)
            threading.Timer(0.1, client.close).start()
            self.assertEqual(list(changes), [])

    def test_a_change_carries_its_place(self):
        with ScriptedServer([alert(7)]) as server, earshot.connect(server.address) as client:
            change = next(client.alerts(**QUICK))
        self.assertEqual((change.sequence, change.resume_token, change.replayed), (7, b"token-7", False))


class Calls(unittest.TestCase):
    """The calls that are no stream."""

    def test_list_alerts_turns_the_pages(self):
        with ScriptedServer() as server, earshot.connect(server.address) as client:
            found = [found.name for found in client.list_alerts(filter="true", page_size=2)]
        self.assertEqual(found, [f"alerts/{number}" for number in range(1, 7)])
        self.assertEqual({request.filter for request in server.requests}, {"true"})

    def test_get_alert(self):
        with ScriptedServer() as server, earshot.connect(server.address) as client:
            self.assertEqual(client.get_alert("alerts/1").annotations["summary"], "summary 1")
            with self.assertRaises(earshot.Error) as raised:
                client.get_alert("alerts/2")
        self.assertEqual((raised.exception.code, raised.exception.reason), (grpc.StatusCode.NOT_FOUND, "ALERT_NOT_FOUND"))

    def test_submit_transcript(self):
        with ScriptedServer() as server, earshot.connect(server.address) as client, tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "call.txt")
            path.write_text("one\ntwo\n", encoding="utf-8")
            self.assertEqual(client.submit_transcript(path).utterance_count, 2)
        self.assertEqual(server.requests[0].file_name, "call.txt")

    def test_an_unreachable_server(self):
        with earshot.connect("127.0.0.1:1") as client, self.assertRaises(earshot.Unreachable):
            client.get_alert("alerts/1", timeout=2)


class Pauses(unittest.TestCase):
    """`Backoff`."""

    def test_grow_to_the_largest_and_start_again(self):
        backoff = earshot.Backoff(first=1, largest=4)
        pauses = [backoff.pause() for _ in range(5)]
        for pause, due in zip(pauses, (1, 2, 4, 4, 4), strict=True):
            self.assertAlmostEqual(pause, due, delta=0.2 * due + 1e-9)
        backoff.reset()
        self.assertLess(backoff.pause(), 1.3)


if __name__ == "__main__":
    unittest.main()
