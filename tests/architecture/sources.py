"""Reads the C++ sources of a tree: which files there are and what each includes."""

import dataclasses
import os
import pathlib
import re

SOURCE_ROOTS = ("common", "services", "tests", "bench")
SKIPPED_FOLDERS = {".git", ".cache", "build", "node_modules", "__pycache__", "venv"}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?P<open>["<])(?P<header>[^">]+)[">]')


@dataclasses.dataclass(frozen=True)
class Include:
    """One #include: where it stands and what it names; `quoted` where it is not in angle brackets."""

    file: str
    line: int
    header: str
    quoted: bool

    @property
    def place(self):
        return f"{self.file}:{self.line}"


def files_below(root, folders=SOURCE_ROOTS, endings=(".h", ".cc")):
    """Yields the paths, relative to root and sorted, of the files with such an ending."""
    for folder in folders:
        for directory, names, files in os.walk(pathlib.Path(root, folder)):
            names[:] = sorted(set(names) - SKIPPED_FOLDERS)
            for name in sorted(files):
                if name.endswith(endings):
                    yield pathlib.Path(directory, name).relative_to(root).as_posix()


def includes_of(root, file):
    """Yields the includes of one file."""
    with open(pathlib.Path(root, file), encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if match := INCLUDE.match(line):
                yield Include(file, number, match["header"], match["open"] == '"')


def includes(root):
    """Yields the includes of all C++ files of the tree."""
    for file in files_below(root):
        yield from includes_of(root, file)


def is_below(path, folder):
    """True where path is the folder itself or lies in it."""
    return path == folder or path.startswith(folder + "/")
