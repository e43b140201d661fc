"""What the tests of the deployment files share. Importing it skips the test where build/venv is missing."""

import os
import pathlib
import shutil

ROOT = pathlib.Path(os.environ.get("EARSHOT_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
BUILD = pathlib.Path(os.environ.get("EARSHOT_BINARY_DIR", ROOT / "build" / "release"))
EARSHOT = BUILD / "bin" / "earshot"

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


def metrics():
    """Returns {name: type} of all metrics that Earshot offers, from the golden file that its own tests keep."""
    lines = (ROOT / "tests/acceptance/metric_names.golden").read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines)


def series():
    """Returns the names of all series that Earshot offers: a metric's own name, or those of a histogram's parts."""
    return {
        name + suffix
        for name, kind in metrics().items()
        for suffix in (("_bucket", "_sum", "_count") if kind == "histogram" else ("",))
    }


def promtool():
    """Returns the path of Prometheus's own checker, or None."""
    unpacked = ROOT / "build/tools/usr/bin/promtool"
    return os.environ.get("PROMTOOL") or shutil.which("promtool") or (str(unpacked) if unpacked.exists() else None)
