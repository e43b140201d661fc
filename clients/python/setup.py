"""Generates earshot/v1 from proto/earshot/v1 while the package is built; the stubs are never committed.

A source distribution carries the protos with it, so that it builds without the repository around it.
"""

import pathlib
import shutil

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

HERE = pathlib.Path(__file__).resolve().parent
PROTOS = "earshot/v1"


def proto_root():
    """Where the protos are: in the source distribution, or else in the repository."""
    for root in (HERE / "proto", HERE.parent.parent / "proto"):
        if (root / PROTOS).is_dir():
            return root
    raise SystemExit("error: the protos are missing: build from a checkout or from a source distribution")


def generate(target):
    """Writes the package earshot.v1 below target."""
    import grpc_tools
    from grpc_tools import protoc

    root = proto_root()
    well_known = pathlib.Path(grpc_tools.__file__).parent / "_proto"
    protos = sorted(path.relative_to(root).as_posix() for path in (root / PROTOS).glob("*.proto"))
    target.mkdir(parents=True, exist_ok=True)
    arguments = ["protoc", f"-I{root}", f"-I{well_known}", f"--python_out={target}", f"--pyi_out={target}"]
    services = [proto for proto in protos if proto.endswith("_service.proto")]
    if protoc.main(arguments + protos) or protoc.main(arguments[:3] + [f"--grpc_python_out={target}"] + services):
        raise SystemExit("error: protoc failed on the protos of Earshot")
    modules = sorted(path.stem for path in (target / PROTOS).glob("*_pb2.py"))
    text = '"""The messages of Earshot, generated from its protos."""\n\n'
    text += "".join(f"from earshot.v1.{module} import *  # noqa: F403\n" for module in modules)
    (target / PROTOS / "__init__.py").write_text(text, encoding="utf-8")


class BuildWithStubs(build_py):
    """Builds the package and generates its stubs: into the build, or beside the sources for an editable install."""

    def run(self):
        super().run()
        generate(HERE / "src" if self.editable_mode else pathlib.Path(self.build_lib))


class SourcesWithProtos(sdist):
    """Takes the protos along."""

    def make_release_tree(self, base_dir, files):
        super().make_release_tree(base_dir, files)
        shutil.copytree(proto_root() / PROTOS, pathlib.Path(base_dir, "proto", PROTOS), dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithStubs, "sdist": SourcesWithProtos})
