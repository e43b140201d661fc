"""Reads what the CMakeLists.txt of a tree declare: libraries, tests and programs with files and dependencies.

Understands the declarations of scripts/cmake/earshot.cmake, plain add_library and target_link_libraries, and foreach
over a list of words; nothing else of CMake's language.
"""

import dataclasses
import pathlib
import re

from sources import files_below

FOREACH = re.compile(r"\bforeach\s*\(\s*(\w+)\s+([^)]*)\)(.*?)\bendforeach\s*\([^)]*\)", re.DOTALL)
COMMAND = re.compile(r"\b(earshot_cc_library|earshot_cc_test|earshot_cc_binary|add_library|target_link_libraries)\s*\(([^)]*)\)")
KEYWORDS = ("NAME", "HDRS", "SRCS", "DEPS", "TIMEOUT", "CORE")
SCOPES = ("STATIC", "SHARED", "INTERFACE", "PUBLIC", "PRIVATE")
MESSAGES = "earshot::proto"
SERVICES = "earshot::grpc_proto"


@dataclasses.dataclass
class Target:
    """One declaration. `files` are relative to the root; `deps` as written."""

    name: str
    kind: str
    place: str
    files: list
    deps: list


def expand(text):
    """Returns the text without comments and with each foreach written out."""
    text = re.sub(r"#[^\n]*", "", text)

    def write_out(match):
        variable, words, body = match.groups()
        items = [word for word in words.split() if word not in ("IN", "ITEMS")]
        return "\n".join(body.replace("${" + variable + "}", item) for item in items)

    return FOREACH.sub(write_out, text)


def declared(kind, words, place):
    """Returns the target of an earshot_cc_... declaration."""
    folder = pathlib.PurePosixPath(place).parent
    values, keyword = {name: [] for name in KEYWORDS}, None
    for word in words:
        if word in KEYWORDS:
            keyword = word
        elif keyword:
            values[keyword].append(word)
    name = values["NAME"][0]
    return Target(
        name=f"earshot::{name}" if kind == "earshot_cc_library" else name,
        kind=kind.rpartition("_")[2],
        place=place,
        files=[(folder / file).as_posix() for file in values["HDRS"] + values["SRCS"]],
        deps=values["DEPS"],
    )


def parse(text, place):
    """Returns {name: Target} of the text of one CMakeLists.txt that stands at `place`."""
    found = {}
    folder = pathlib.PurePosixPath(place).parent
    for command, body in COMMAND.findall(expand(text)):
        words = body.split()
        plain = [word for word in words[1:] if word not in SCOPES]
        if command.startswith("earshot_cc_"):
            target = declared(command, words, place)
            found[target.name] = target
        elif command == "add_library" and "ALIAS" not in words:
            found[words[0]] = Target(words[0], "library", place, [(folder / file).as_posix() for file in plain], [])
        elif command == "target_link_libraries":
            name = words[0] if words[0] in found else words[0].replace("earshot_", "earshot::", 1)
            if name in found:
                found[name].deps.extend(plain)
    return found


def targets(root):
    """Returns {name: Target} of the whole tree, the generated libraries of proto/ included."""
    found = {
        MESSAGES: Target(MESSAGES, "library", "proto/CMakeLists.txt", [], ["protobuf::libprotobuf"]),
        SERVICES: Target(SERVICES, "library", "proto/CMakeLists.txt", [], [MESSAGES, "gRPC::grpc++"]),
    }
    for place in files_below(root, endings=("CMakeLists.txt",)):
        found.update(parse(pathlib.Path(root, place).read_text(encoding="utf-8"), place))
    return found


def reach(all_targets, name):
    """Returns the names of all targets, first-party or not, that `name` reaches through its dependencies."""
    seen, waiting = set(), [name]
    while waiting:
        target = all_targets.get(waiting.pop())
        for dep in target.deps if target else ():
            if dep not in seen:
                seen.add(dep)
                waiting.append(dep)
    return seen


def rings(all_targets):
    """Yields each ring of libraries that depend on one another, as a list of names."""
    state = {}

    def visit(name, path):
        state[name] = "open"
        for dep in all_targets[name].deps:
            if dep not in all_targets:
                continue
            if state.get(dep) == "open":
                yield path[path.index(dep) :] + [dep]
            elif dep not in state:
                yield from visit(dep, path + [dep])
        state[name] = "done"

    for name in sorted(all_targets):
        if name not in state:
            yield from visit(name, [name])
