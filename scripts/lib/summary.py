"""Sums up a ctest run from its JUnit report.

    python3 scripts/lib/summary.py REPORT STATUS

Names what failed and what was skipped and why, and ends with one line, `N passed, N failed[, N skipped]`.
Exits 0 only where ctest did (STATUS), at least one test ran and none failed.
"""

import sys
import xml.etree.ElementTree as ElementTree


def read(path):
    """Returns (passed, failed, skipped): lists of names, the skipped ones with the last line that they printed."""
    passed, failed, skipped = [], [], []
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        status = case.get("status")
        if status == "run" and case.find("failure") is None:
            passed.append(case.get("name"))
        elif status in ("notrun", "disabled") or case.find("skipped") is not None:
            output = (case.findtext("system-out") or "").strip().splitlines()
            skipped.append((case.get("name"), output[-1] if output else "no reason given"))
        else:
            failed.append(case.get("name"))
    return passed, failed, skipped


def main(report, ctest_status):
    try:
        passed, failed, skipped = read(report)
    except (OSError, ElementTree.ParseError) as error:
        print(f"error: ctest left no report that can be read: {error}", file=sys.stderr)
        passed, failed, skipped = [], ["ctest"], []
    for name, reason in skipped:
        print(f"skipped: {name}: {reason}")
    for name in failed:
        print(f"FAILED: {name}")
    good = bool(passed) and not failed and ctest_status == 0
    print()
    print("All tests passed." if good else "The tests did NOT pass.")
    print(f"{len(passed)} passed, {len(failed)} failed" + (f", {len(skipped)} skipped" if skipped else ""))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
