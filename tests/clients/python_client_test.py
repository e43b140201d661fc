"""Installs the Python client as a user does, runs its own tests, and its example against a real `earshot serve`.

Skipped where pip has no network. Needs the program (EARSHOT_BINARY_DIR/bin/earshot) for the part with the server.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(os.environ.get("EARSHOT_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
BUILD = pathlib.Path(os.environ.get("EARSHOT_BINARY_DIR", ROOT / "build" / "release"))
CLIENT = ROOT / "clients" / "python"
EARSHOT = BUILD / "bin" / "earshot"
VENV = BUILD / "python-client"
PYTHON = VENV / "bin" / "python"


def pip(*arguments, **options):
    """Runs pip of the environment."""
    command = [PYTHON, "-m", "pip", "-q", "--disable-pip-version-check", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def pip_has_network():
    """True where pip can fetch a package that surely exists."""
    with tempfile.TemporaryDirectory() as folder:
        return pip("--retries", "0", "download", "--no-cache-dir", "--no-deps", "-d", folder, "packaging").returncode == 0


def install_client():
    """Makes the environment with the client as it stands in the tree. Ends the test as skipped without network."""
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    with tempfile.TemporaryDirectory() as folder:
        # From a copy of what the build reads: pip leaves its own files beside what it builds.
        source = pathlib.Path(folder, "clients", "python")
        shutil.copytree(CLIENT, source, ignore=shutil.ignore_patterns("build", "dist", "*.egg-info", "v1"))
        shutil.copytree(ROOT / "proto", pathlib.Path(folder, "proto"))
        installed = pip("install", str(source))
    if installed.returncode != 0:
        if not pip_has_network():
            print("pip has no network: the Python client cannot be installed")
            raise SystemExit(77)
        raise SystemExit(f"pip could not install {CLIENT}:\n{installed.stderr}")


class Serve:
    """`earshot serve` on free ports with the shipped rules and catalogue, ready; stops with the block."""

    def __init__(self, folder):
        addresses = pathlib.Path(folder, "addresses")
        self._log = open(pathlib.Path(folder, "serve.log"), "w+", encoding="utf-8")
        self._process = subprocess.Popen(
            [
                EARSHOT, "serve",
                "--data", pathlib.Path(folder, "data"),
                "--listen", "127.0.0.1:0",
                "--metrics-listen", "127.0.0.1:0",
                "--addresses-file", addresses,
                "--rules", ROOT / "deploy/config/rules",
                "--catalog", ROOT / "deploy/config/catalog",
            ],
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        deadline = time.monotonic() + 30
        while not addresses.exists():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                raise AssertionError(f"earshot serve did not become ready:\n{self.output()}")
            time.sleep(0.05)
        self.address = dict(line.split("=") for line in addresses.read_text(encoding="utf-8").split())["grpc"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def output(self):
        """What it has written so far."""
        return pathlib.Path(self._log.name).read_text(encoding="utf-8")

    def send(self, file):
        """Sends a recorded call as fast as it goes."""
        command = [EARSHOT, "send", file, "--to", self.address, "--speed", "0"]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def watch(address, *arguments):
    """Runs the example."""
    command = [PYTHON, CLIENT / "examples" / "watch.py", address, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)


class PythonClient(unittest.TestCase):
    """The package as installed."""

    def test_its_own_tests(self):
        command = [PYTHON, "-m", "unittest", "discover", "-s", CLIENT / "tests", "-p", "*_test.py"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stderr, r"Ran [1-9]\d* tests")

    def test_its_example_says_that_no_server_answers(self):
        done = watch("127.0.0.1:1", "--patience", "0.5")
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("error: UNAVAILABLE", done.stderr)

    def test_its_example_prints_the_alerts_of_a_running_server(self):
        self.assertTrue(EARSHOT.exists(), f"{EARSHOT} is not built")
        with tempfile.TemporaryDirectory() as folder, Serve(folder) as serve:
            for sample in sorted((ROOT / "deploy" / "samples").glob("baba-*")):
                sent = serve.send(sample)
                self.assertEqual(sent.returncode, 0, sent.stderr + serve.output())
            done = watch(serve.address, "--from-start", "--count", "3", "--filter", 'alert.company == "BABA"')
            self.assertEqual(done.returncode, 0, done.stderr + serve.output())
        lines = done.stdout.splitlines()
        self.assertEqual(len(lines), 3, done.stdout)
        for line in lines:
            self.assertRegex(line, r"^\d\d:\d\d:\d\d  \w+ +BABA FY\d{4}Q\d  \w+ FIRING  .+  “.+”$")


if __name__ == "__main__":
    install_client()
    unittest.main()
