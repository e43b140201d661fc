"""Prints the alerts of a running `earshot serve`.

    python watch.py localhost:7420                     what comes from now on
    python watch.py localhost:7420 --from-start        everything that is kept, then what comes
    python watch.py localhost:7420 --count 3           ends after three
"""

import argparse
import logging
import sys

import earshot
from earshot.v1 import AlertState


def line_of(change):
    """One alert on one line: when, how bad, what, in whose words."""
    alert = change.alert
    times = alert.times
    spoken = times.speak_time if times.HasField("speak_time") else times.receive_time
    state = AlertState.Name(alert.state).removeprefix("ALERT_STATE_")
    return "  ".join(
        (
            spoken.ToDatetime().strftime("%H:%M:%S"),
            f"{alert.labels['severity']:<8}",
            f"{alert.company} {alert.period}",
            f"{alert.rule.removeprefix('rules/')} {state}",
            alert.annotations["summary"],
            f"“{alert.observation.evidence.quote}”",
        )
    )


def main():
    parser = argparse.ArgumentParser(description="Prints the alerts of a running Earshot.")
    parser.add_argument("address", help="where it listens, such as localhost:7420")
    parser.add_argument("--from-start", action="store_true", help="begin with the first alert that is kept")
    parser.add_argument("--filter", default="", help="CEL over alert, such as 'alert.company == \"BABA\"'")
    parser.add_argument("--count", type=int, default=0, help="end after so many; 0 is never")
    parser.add_argument("--patience", type=float, default=30, help="seconds to try to reach the server")
    arguments = parser.parse_args()
    logging.basicConfig(format="%(message)s")

    start = earshot.EARLIEST if arguments.from_start else earshot.LATEST
    with earshot.connect(arguments.address) as client:
        changes = client.alerts(start=start, filter=arguments.filter, patience=arguments.patience)
        for number, change in enumerate(changes, 1):
            print(line_of(change), flush=True)
            if number == arguments.count:
                return 0
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except earshot.Unreachable as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(3)
    except earshot.Error as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
