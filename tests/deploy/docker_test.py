"""The image and the compose file, as far as they can be tried without a Docker engine.

The entry point, the command and the health check of the image are run on this machine, with the image's environment.
"""

import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import time
import unittest

from deployment import EARSHOT, ROOT, documents, skip

try:
    from dockerfile_parse import DockerfileParser
except ImportError:
    skip("dockerfile-parse is missing: scripts/test.sh installs it")

# What debian:12-slim brings.
BASE_PACKAGES = {"libc6", "libgcc-s1", "libstdc++6"}


def stages():
    """Returns the stages of the Dockerfile, each a list of instructions."""
    parser = DockerfileParser(path=str(ROOT / "deploy/docker/Dockerfile"), cache_content=True)
    found = []
    for instruction in parser.structure:
        if instruction["instruction"] == "FROM":
            found.append([])
        if instruction["instruction"] != "COMMENT":
            found[-1].append(instruction)
    return found


def value(stage, name):
    """Returns what the last instruction of this name in a stage says."""
    return [each["value"] for each in stage if each["instruction"] == name][-1]


def words(text):
    """Returns the words of an instruction in exec form."""
    return re.findall(r'"([^"]*)"', text)


def environment():
    """Returns what the image sets."""
    return dict(word.split("=", 1) for word in shlex.split(value(stages()[-1], "ENV")))


def environment_here(folder):
    """Returns what the image sets, with its places put on this machine and its ports left free to choose."""
    places = {
        "/usr/share/earshot": str(ROOT / "deploy/config"),
        "/var/lib/earshot": str(pathlib.Path(folder, "data")),
        "0.0.0.0:7420": "127.0.0.1:0",
        "0.0.0.0:9464": "127.0.0.1:0",
    }
    changed = {}
    for name, text in environment().items():
        for there, place in places.items():
            text = text.replace(there, place)
        changed[name] = text
    return changed


def packages_needed(program):
    """Returns the Debian packages of the libraries that a program names itself."""
    dynamic = subprocess.run(["readelf", "-d", program], capture_output=True, text=True, check=True).stdout
    names = re.findall(r"NEEDED.*\[(.+)\]", dynamic)
    resolved = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    paths = dict(re.findall(r"(\S+) => (\S+)", resolved))
    packages = set()
    for name in names:
        if name not in paths:
            continue  # the loader
        path = paths[name] if paths[name].startswith("/usr") else "/usr" + paths[name]
        for candidate in (path, path.removeprefix("/usr")):
            owner = subprocess.run(["dpkg", "-S", candidate], capture_output=True, text=True, check=False)
            if owner.returncode == 0:
                packages.add(owner.stdout.split(":")[0])
                break
        else:
            raise AssertionError(f"{path} belongs to no package")
    return packages


class Image(unittest.TestCase):
    """deploy/docker/Dockerfile."""

    def setUp(self):
        self.build, self.final = stages()

    def test_ends_as_a_user_without_rights(self):
        user = value(self.final, "USER")
        self.assertRegex(user, r"^[1-9]\d*:[1-9]\d*$")
        self.assertIn(f"-o {user.split(':')[0]}", " ".join(each["value"] for each in self.final))

    def test_takes_nothing_of_the_build_but_the_program(self):
        taken = [each["value"] for each in self.final if each["instruction"] == "COPY" and "--from" in each["value"]]
        self.assertEqual(taken, ["--from=build /out/earshot /usr/bin/earshot"])

    def test_what_it_copies_is_there_and_not_ignored(self):
        ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
        for stage in (self.build, self.final):
            for each in stage:
                if each["instruction"] != "COPY" or "--from" in each["value"]:
                    continue
                source = each["value"].split()[0]
                self.assertTrue((ROOT / source).exists(), source)
                self.assertNotIn(source.split("/")[0], ignored)

    def test_ports_agree(self):
        exposed = set(value(self.final, "EXPOSE").split())
        listened = {environment()[name].rpartition(":")[2] for name in ("EARSHOT_LISTEN", "EARSHOT_METRICS_LISTEN")}
        self.assertEqual(exposed, listened)

    def test_installs_exactly_the_libraries_that_the_program_needs(self):
        self.assertTrue(EARSHOT.exists(), f"{EARSHOT} is not built")
        installed = set(re.findall(r"\blib[\w.+-]+", value(self.final, "RUN"))) - {"lib"}
        needed = packages_needed(EARSHOT)
        if any(package.startswith(("libasan", "libtsan")) for package in needed):
            self.skipTest("a build with sanitizers needs libraries of its own")
        self.assertEqual(installed, needed - BASE_PACKAGES)

    def test_its_entry_point_serves_is_healthy_and_drains(self):
        self.assertTrue(EARSHOT.exists(), f"{EARSHOT} is not built")
        command = words(value(self.final, "ENTRYPOINT")) + words(value(self.final, "CMD"))
        check = words(value(self.final, "HEALTHCHECK"))
        self.assertEqual((command[0], check[0]), ("earshot", "earshot"))
        with tempfile.TemporaryDirectory() as folder, open(pathlib.Path(folder, "output"), "w", encoding="utf-8") as output:
            addresses = pathlib.Path(folder, "addresses")
            variables = {**os.environ, **environment_here(folder), "EARSHOT_ADDRESSES_FILE": str(addresses)}
            served = subprocess.Popen([EARSHOT, *command[1:]], env=variables, cwd=folder, stdout=output, stderr=output)
            try:
                address = self.await_address(addresses, served, output)
                check = [EARSHOT, *(word.replace("127.0.0.1:7420", address) for word in check[1:])]
                self.assertEqual(subprocess.run(check, capture_output=True, timeout=10, check=False).returncode, 0)
                served.terminate()
                self.assertEqual(served.wait(30), 0)
            finally:
                served.kill()
                served.wait()
            self.assertNotEqual(subprocess.run(check, capture_output=True, timeout=20, check=False).returncode, 0)

    def await_address(self, addresses, served, output):
        """Waits until the server is ready and returns where it listens."""
        deadline = time.monotonic() + 30
        while not addresses.exists():
            text = pathlib.Path(output.name).read_text(encoding="utf-8")
            self.assertIsNone(served.poll(), text)
            self.assertLess(time.monotonic(), deadline, text)
            time.sleep(0.05)
        return dict(line.split("=") for line in addresses.read_text(encoding="utf-8").split())["grpc"]


class Compose(unittest.TestCase):
    """deploy/docker/compose.yaml."""

    def setUp(self):
        (self.compose,) = documents("deploy/docker/compose.yaml")

    def test_is_valid_by_the_compose_specification(self):
        path = ROOT / "deploy/docker/compose.yaml"
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", path]
        checked = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_every_service_is_hardened(self):
        for name, service in self.compose["services"].items():
            self.assertIs(service["read_only"], True, name)
            self.assertEqual(service["cap_drop"], ["ALL"], name)
            self.assertIn("no-new-privileges:true", service["security_opt"], name)
            for port in service["ports"]:
                self.assertTrue(port.startswith("127.0.0.1:"), f"{name} is open to the network: {port}")

    def test_images_are_pinned(self):
        for name, service in self.compose["services"].items():
            if "build" not in service:
                self.assertRegex(service["image"], r":v?\d+\.\d+\.\d+$", name)

    def test_what_a_service_waits_for_tells_its_health(self):
        own = {"earshot"}  # its image has a health check
        for name, service in self.compose["services"].items():
            for needed in service.get("depends_on", {}):
                self.assertTrue(needed in own or "healthcheck" in self.compose["services"][needed], f"{name}: {needed}")

    def test_volumes_are_declared_and_folders_are_there(self):
        for name, service in self.compose["services"].items():
            for volume in service["volumes"]:
                source = volume.split(":")[0]
                if source.startswith("."):
                    self.assertTrue((ROOT / "deploy/docker" / source).exists(), f"{name}: {source}")
                else:
                    self.assertIn(source, self.compose["volumes"], name)


if __name__ == "__main__":
    unittest.main()
