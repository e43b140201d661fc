"""Checks the tracked files of a tree: their sizes and names, what their text may not say, and where documents point."""

import os
import pathlib
import re
import subprocess

from sources import SKIPPED_FOLDERS

# Written so that this file does not match itself.
UNWELCOME = {
    r"(?<![\w.~$}\-/])/(?:work|root|home|Users)/[\w.]": "a path of one machine: start at the root of the repository, or take it as an argument",
    r"registry[.]npmjs[.]|pypi[.]org|pythonhosted[.]org|crates[.]io|proxy[.]golang[.]|repo[0-9]?[.]maven|(?<!@)\bdeb[.]debian[.]org":
        "the host of a package registry: leave it to the configuration of the machine",
}
# Text that others wrote, or that records digests.
COPIED = ("LICENSE", "proto/google/", "proto/grpc/", "tests/conformance/")
TEXT_ENDINGS = {"", ".cc", ".cmake", ".conf", ".css", ".h", ".html", ".js", ".json", ".md", ".proto", ".py", ".sh", ".toml", ".txt", ".yaml", ".yml"}
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")
PATH_IN_CODE = re.compile(r"`((?:scripts|docs|deploy|k8s|clients|tests|common|services|proto|bench)/[\w./-]*)`")


def tracked(root):
    """Returns the tracked files, or, where root is no git checkout, all files; relative and sorted."""
    if pathlib.Path(root, ".git").exists():
        listed = subprocess.run(
            ["git", "-c", "safe.directory=*", "-C", str(root), "ls-files", "-z"], capture_output=True, check=True
        ).stdout
        return sorted(name for name in listed.decode().split("\0") if name and pathlib.Path(root, name).is_file())
    found = []
    for directory, names, files in os.walk(root):
        names[:] = set(names) - SKIPPED_FOLDERS
        found += [pathlib.Path(directory, name).relative_to(root).as_posix() for name in files]
    return sorted(found)


def is_copied(file):
    """True for text that is not ours."""
    return any(file == name or file.startswith(name) for name in COPIED)


def text_of(root, file):
    """Returns the text of a file that may hold unwelcome words or links, or None for any other."""
    if pathlib.PurePosixPath(file).suffix not in TEXT_ENDINGS or is_copied(file):
        return None
    return pathlib.Path(root, file).read_text(encoding="utf-8", errors="replace")


def check_sizes(root, rules):
    """No file is so long that nobody reads it."""
    for file in tracked(root):
        limit = rules["files"]["size"].get(pathlib.PurePosixPath(file).suffix)
        if limit is None or is_copied(file):
            continue
        count = len(pathlib.Path(root, file).read_text(encoding="utf-8").splitlines())
        if count > limit:
            yield f"{file}: {count} lines, more than {limit}; split it by what it is about"


def check_names(root, rules):
    """No file or folder has a name under which anything fits."""
    unwelcome, whole = set(rules["files"]["words"]), set(rules["files"]["names"])
    for file in tracked(root):
        for part in pathlib.PurePosixPath(file).parts:
            name = part.lower().split(".")[0]
            if found := ({name} & whole) | (set(re.split(r"[_-]", name)) & unwelcome):
                yield f"{file}: the name '{found.pop()}' fits anything; name it after what it holds"
                break


def check_text(root, rules):
    """No text names a machine's folders or a registry's host."""
    del rules
    for file in tracked(root):
        for number, line in enumerate((text_of(root, file) or "").splitlines(), 1):
            for pattern, instead in UNWELCOME.items():
                if found := re.search(pattern, line):
                    yield f"{file}:{number}: '{found.group()}': {instead}"


def check_documents(root, rules):
    """Links of documents, and paths of the tree that they name, lead somewhere."""
    del rules
    for file in tracked(root):
        if not file.endswith(".md"):
            continue
        text = text_of(root, file) or ""
        for target in LINK.findall(text):
            if not pathlib.Path(root, file).parent.joinpath(target).exists():
                yield f"{file}: links to {target}, which does not exist"
        for target in PATH_IN_CODE.findall(text):
            if not pathlib.Path(root, target.rstrip(".")).exists():
                yield f"{file}: names {target}, which does not exist"


CHECKS = (check_sizes, check_names, check_text, check_documents)
