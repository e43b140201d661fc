"""Checks a tree against its layers.yaml. Every check yields messages: what is wrong, where, and what to do."""

import fnmatch
import pathlib
import re

import yaml

import targets as cmake
from sources import files_below, includes, is_below


def load(root):
    """Returns the rules of the tree."""
    return yaml.safe_load(pathlib.Path(root, "layers.yaml").read_text(encoding="utf-8"))


def generated_from(root, header):
    """Returns the proto file that `header` is generated from, or None."""
    if not header.endswith(".pb.h"):
        return None
    proto = "proto/" + re.sub(r"(\.grpc)?\.pb\.h$", ".proto", header)
    return proto if pathlib.Path(root, proto).exists() else None


def first_party(root, header):
    """Returns the file of the tree that `header` stands for, or None for one from outside."""
    if pathlib.Path(root, header).is_file():
        return header
    return generated_from(root, header)


def layer_of(rules, file):
    """Returns the longest layer that the file lies in, or None."""
    return max((layer for layer in rules["layers"] if is_below(file, layer)), key=len, default=None)


def starts_with_any(header, prefixes):
    """True where header is one of the prefixes, or lies below one that ends in a slash."""
    return any(header == prefix or (prefix.endswith("/") and header.startswith(prefix)) for prefix in prefixes)


def check_layers(root, rules):
    """Each file includes only its own layer and those below it."""
    for include in includes(root):
        layer = layer_of(rules, include.file)
        if layer is None:
            yield f"{include.file}: in no layer; add its folder to layers.yaml"
            continue
        target = first_party(root, include.header)
        if target is None:
            continue
        if not any(is_below(target, allowed) for allowed in [layer, *rules["layers"][layer]]):
            yield (
                f'{include.place}: {layer} may not include "{include.header}"; '
                f"it may include {', '.join([layer, *rules['layers'][layer]])}. Move what both need to common"
            )


def check_paths(root, rules):
    """What stands in quotes is found from the root of the tree, or is of a known package."""
    known = [prefix for door in rules["doors"] for prefix in door["headers"]]
    for include in includes(root):
        if include.quoted and not first_party(root, include.header) and not starts_with_any(include.header, known):
            yield (
                f'{include.place}: "{include.header}" is nothing of this tree; '
                "write its path from the root of the repository, or add its package to layers.yaml"
            )


def check_doors(root, rules):
    """A package is included only behind its door, and headers that are forbidden nowhere."""
    for include in includes(root):
        for door in rules["doors"]:
            if "only_in" not in door or not starts_with_any(include.header, door["headers"]):
                continue
            if not any(is_below(include.file, folder) for folder in door["only_in"]):
                yield f"{include.place}: <{include.header}> only in {', '.join(door['only_in'])}: {door['instead']}"
        for entry in rules["forbidden"]:
            if starts_with_any(include.header, entry["headers"]):
                yield f"{include.place}: <{include.header}>: {entry['instead']}"


def check_purity(root, rules):
    """Pure libraries include nothing that makes them depend on more than their input; their tests may."""
    pure = rules["pure"]
    for include in includes(root):
        if include.file.endswith("_test.cc") or not any(is_below(include.file, folder) for folder in pure["folders"]):
            continue
        if starts_with_any(include.header, pure["headers"]) or include.header.endswith(".grpc.pb.h"):
            yield f"{include.place}: <{include.header}> in a pure library: {pure['instead']}"


def check_words(root, rules):
    """Certain words stand only where they belong. Comments do not count, nor do tests beside the code."""
    for file in files_below(root):
        if file.endswith("_test.cc"):
            continue
        for number, line in enumerate(pathlib.Path(root, file).read_text(encoding="utf-8").splitlines(), 1):
            code = line.split("//")[0]
            for entry in rules["words"]:
                found = re.search(entry["words"], code)
                if found and not any(is_below(file, folder) for folder in entry["only_in"]):
                    yield f"{file}:{number}: '{found.group()}': {entry['instead']}"


def check_listed(root, rules):
    """Every source belongs to exactly one target, and every listed file exists. A test need not list its headers."""
    del rules
    owners = {}
    tests = {file for target in cmake.targets(root).values() if target.kind == "test" for file in target.files}
    headers_of_tests = {include.header for include in includes(root) if include.file in tests}
    for target in cmake.targets(root).values():
        for file in target.files:
            owners.setdefault(file, []).append(target)
            if not pathlib.Path(root, file).is_file():
                yield f"{target.place}: {target.name} lists {file}, which does not exist"
    for file in files_below(root):
        if len(owners.get(file, [])) > 1:
            names = ", ".join(target.name for target in owners[file])
            yield f"{file}: in several targets ({names}); make it a library that they depend on"
        elif file not in owners and not (file.endswith(".h") and file in headers_of_tests):
            yield f"{file}: in no target; list it in the CMakeLists.txt of its folder, or nothing builds it"


def check_dependencies(root, rules):
    """A library declares every library that it includes; a test or program reaches it. No library depends on itself."""
    all_targets = cmake.targets(root)
    owner = {file: target.name for target in all_targets.values() for file in target.files}
    for include in includes(root):
        name = owner.get(include.file)
        if name is None:
            continue
        wanted = wanted_targets(root, rules, owner, include.header)
        if not wanted or name in wanted:
            continue
        reached = reached_from(all_targets, name, include.header)
        if not any(fnmatch.fnmatchcase(dep, pattern) for dep in reached for pattern in wanted):
            yield (
                f'{include.place}: "{include.header}" needs {" or ".join(wanted)}; '
                f"add it to the DEPS of {name} in {all_targets[name].place}"
            )
    for ring in cmake.rings(all_targets):
        yield f"{all_targets[ring[0]].place}: libraries in a ring: {' -> '.join(ring)}; take out what they share"


def reached_from(all_targets, name, header):
    """Returns the targets whose headers `name` may include: for a library's first-party ones only those that it declares."""
    target = all_targets[name]
    first = header.endswith(".h") and header.startswith(("common/", "services/"))
    return target.deps if target.kind == "library" and first else cmake.reach(all_targets, name)


def wanted_targets(root, rules, owner, header):
    """Returns the names or patterns of targets of which one must be reached to include `header`; [] for any."""
    if pathlib.Path(root, header).is_file():
        return [owner[header]] if header in owner else []
    if generated_from(root, header):
        is_service = header.endswith("_service.pb.h") or header.endswith(".grpc.pb.h") or header.startswith("grpc/")
        return [cmake.SERVICES] if is_service else [cmake.MESSAGES]
    for door in rules["doors"]:
        # GoogleTest comes with earshot_cc_test.
        if starts_with_any(header, door["headers"]) and not header.startswith(("gtest/", "gmock/")):
            return door["packages"]
    return []


CHECKS = (check_layers, check_paths, check_doors, check_purity, check_words, check_listed, check_dependencies)
