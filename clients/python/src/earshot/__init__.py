"""Client of Earshot: alerts on earnings calls while they are spoken.

    with earshot.connect("localhost:7420") as client:
        for change in client.alerts():
            print(change.alert.annotations["summary"])
"""

from earshot.client import EARLIEST, LATEST, Change, Client, connect
from earshot.errors import Error, Unreachable
from earshot.retry import Backoff

__all__ = ["EARLIEST", "LATEST", "Backoff", "Change", "Client", "Error", "Unreachable", "connect"]
