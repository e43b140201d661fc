"""What the tests of the deployment files share. Importing it skips the test where build/venv is missing."""

import os
import pathlib
import re
import shutil

ROOT = pathlib.Path(os.environ.get("EARSHOT_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
BUILD = pathlib.Path(os.environ.get("EARSHOT_BINARY_DIR", ROOT / "build" / "release"))
EARSHOT = BUILD / "bin" / "earshot"

SERIES_SUFFIX = re.compile(r"_(bucket|sum|count)$")


def skip(reason):
    """Ends the test as skipped."""
    print(reason)
    raise SystemExit(77)


try:
    import yaml
except ImportError:
    skip("PyYAML is missing: scripts/test.sh installs it")


def documents(path):
    """Returns the YAML documents of a file below the root."""
    return list(yaml.safe_load_all((ROOT / path).read_text(encoding="utf-8")))


def metric_names():
    """Returns the names of all metrics that Earshot offers, from the golden file that its own tests keep."""
    lines = (ROOT / "tests/acceptance/metric_names.golden").read_text(encoding="utf-8").splitlines()
    names = {re.split(r"[\s{]", line)[0] for line in lines if line and not line.startswith("#")}
    return {SERIES_SUFFIX.sub("", name) for name in names} | names


def promtool():
    """Returns the path of Prometheus's own checker, or None."""
    unpacked = ROOT / "build/tools/usr/bin/promtool"
    return os.environ.get("PROMTOOL") or shutil.which("promtool") or (str(unpacked) if unpacked.exists() else None)
