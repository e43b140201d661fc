"""Keeps layers.yaml: the tree obeys it, and the checker sees what does not."""

import os
import pathlib
import tempfile
import unittest

try:
    import yaml  # noqa: F401
except ImportError:
    print("PyYAML is missing: scripts/test.sh installs it")
    raise SystemExit(77) from None

import layers

ROOT = pathlib.Path(os.environ.get("EARSHOT_SOURCE_DIR", pathlib.Path(__file__).parents[2]))


class TheTree(unittest.TestCase):
    """The repository itself."""

    def test_obeys(self):
        rules = layers.load(ROOT)
        for check in layers.CHECKS:
            with self.subTest(check.__name__):
                found = list(check(ROOT, rules))
                self.assertEqual(found, [], "\n" + "\n".join(found))

    def test_is_seen_at_all(self):
        self.assertGreater(len(list(layers.includes(ROOT))), 100)
        self.assertIn("earshot::base", layers.cmake.targets(ROOT))

    def test_every_folder_of_the_rules_lies_in_a_layer(self):
        rules = layers.load(ROOT)
        folders = [folder for door in rules["doors"] for folder in door.get("only_in", [])]
        for folder in folders + rules["pure"]["folders"]:
            self.assertIsNotNone(layers.layer_of(rules, folder + "/x.cc") or folder == "services", folder)


class TheChecker(unittest.TestCase):
    """A small tree with one fault at a time, under the project's own rules."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.rules = layers.load(ROOT)
        self.write("proto/earshot/v1/call.proto", "")
        self.write("common/base/clock.h", "#include <string>\n")
        self.write("common/base/CMakeLists.txt", "earshot_cc_library(NAME base HDRS clock.h DEPS absl::time)")
        self.write("services/rules/app.h", '#include "common/base/clock.h"\n')
        self.write("services/rules/CMakeLists.txt", "earshot_cc_library(NAME rules HDRS app.h DEPS earshot::base)")

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def found(self, check):
        return list(check(self.root, self.rules))

    def assert_found(self, check, *words):
        found = self.found(check)
        self.assertEqual(len(found), 1, found)
        for word in words:
            self.assertIn(word, found[0])

    def test_a_good_tree_has_no_complaint(self):
        for check in layers.CHECKS:
            self.assertEqual(self.found(check), [])

    def test_common_does_not_include_a_service(self):
        self.write("common/base/clock.h", '\n#include "services/rules/app.h"\n')
        self.assert_found(layers.check_layers, "common/base/clock.h:2", "common may not include", "services/rules/app.h")

    def test_a_service_does_not_include_another(self):
        self.write("services/alerts/board/board.h", '#include "services/rules/app.h"\n')
        self.assert_found(layers.check_layers, "services/alerts may not include", "Move what both need to common")

    def test_the_command_line_includes_any_service(self):
        self.write("services/cli/serve_command.cc", '#include "services/rules/app.h"\n#include "earshot/v1/call.pb.h"\n')
        self.assertEqual(self.found(layers.check_layers), [])

    def test_a_folder_without_a_layer_is_named(self):
        self.write("services/sinks/sink.h", "#include <string>\n")
        self.assert_found(layers.check_layers, "services/sinks/sink.h: in no layer")

    def test_includes_start_at_the_root(self):
        self.write("common/base/clock.cc", '#include "clock.h"\n')
        self.assert_found(layers.check_paths, "common/base/clock.cc:1", "path from the root")

    def test_a_path_to_nothing_is_named(self):
        self.write("common/base/clock.cc", '#include "common/base/no_such.h"\n')
        self.assert_found(layers.check_paths, "no_such.h", "nothing of this tree")

    def test_a_package_stays_behind_its_door(self):
        self.write("services/rules/app.h", "#include <yaml-cpp/yaml.h>\n")
        self.assert_found(layers.check_doors, "services/rules/app.h:1", "only in common/yaml", "read YAML with common/yaml")

    def test_grpc_stays_out_of_common_but_for_its_door(self):
        self.write("common/rpc/server.h", '#include "grpcpp/grpcpp.h"\n')
        self.assertEqual(self.found(layers.check_doors), [])
        self.write("common/base/clock.h", '#include "grpcpp/grpcpp.h"\n')
        self.assert_found(layers.check_doors, "common/base/clock.h:1", "common/rpc")

    def test_a_forbidden_header_names_its_replacement(self):
        self.write("common/base/clock.h", "#include <format>\n")
        self.assert_found(layers.check_doors, "fmt::format")

    def test_a_pure_library_has_no_clock(self):
        self.write("common/expr/program.cc", '#include "common/base/clock.h"\n')
        self.write("common/expr/program_test.cc", '#include "common/base/clock.h"\n')
        self.assert_found(layers.check_purity, "common/expr/program.cc:1", "take the value as an argument")

    def test_time_is_asked_of_a_clock(self):
        self.write("services/rules/app.h", "// absl::Now() is not for us\nauto now = absl::Now();\n")
        self.assert_found(layers.check_words, "services/rules/app.h:2", "take a Clock")

    def test_an_undeclared_library_is_named(self):
        self.write("services/rules/CMakeLists.txt", "earshot_cc_library(NAME rules HDRS app.h)")
        self.assert_found(
            layers.check_dependencies, "services/rules/app.h:1", "earshot::base", "DEPS of earshot::rules"
        )

    def test_a_library_declares_what_it_includes_itself(self):
        self.write("services/rules/engine/engine.h", '#include "common/base/clock.h"\n#include "services/rules/app.h"\n')
        self.write("services/rules/engine/CMakeLists.txt", "earshot_cc_library(NAME engine HDRS engine.h DEPS earshot::rules)")
        self.assert_found(layers.check_dependencies, "engine.h:1", "earshot::base", "DEPS of earshot::engine")

    def test_a_loop_of_declarations_is_written_out(self):
        found = layers.cmake.parse(
            "foreach(name a b)  # both\n earshot_cc_test(NAME ${name}_test SRCS ${name}_test.cc)\nendforeach()\n"
            "target_link_libraries(b_test PRIVATE earshot::base)",
            "tests/CMakeLists.txt",
        )
        self.assertEqual(found["a_test"].files, ["tests/a_test.cc"])
        self.assertEqual(found["b_test"].deps, ["earshot::base"])

    def test_an_undeclared_message_library_is_named(self):
        self.write("services/rules/app.h", '#include "earshot/v1/call.pb.h"\n')
        self.assert_found(layers.check_dependencies, "needs earshot::proto")

    def test_an_undeclared_package_is_named(self):
        self.write("common/base/CMakeLists.txt", "earshot_cc_library(NAME base HDRS clock.h)")
        self.write("common/base/clock.h", '#include "absl/time/time.h"\n')
        self.assert_found(layers.check_dependencies, "absl::*")

    def test_a_ring_of_libraries_is_named(self):
        self.write("common/base/CMakeLists.txt", "earshot_cc_library(NAME base HDRS clock.h DEPS earshot::rules)")
        self.assert_found(layers.check_dependencies, "earshot::base -> earshot::rules -> earshot::base")

    def test_a_file_that_nothing_builds_is_named(self):
        self.write("common/base/forgotten_test.cc", "")
        self.assert_found(layers.check_listed, "forgotten_test.cc: in no target")

    def test_a_header_that_a_test_includes_is_built(self):
        self.write("common/base/fake_clock.h", "")
        self.write("common/base/clock_test.cc", '#include "common/base/fake_clock.h"\n')
        self.write("common/base/CMakeLists.txt", "earshot_cc_test(NAME clock_test SRCS clock_test.cc)\n"
                   "earshot_cc_library(NAME base HDRS clock.h DEPS absl::time)")  # fmt: skip
        self.assertEqual(self.found(layers.check_listed), [])
        self.write("common/base/clock_test.cc", "")
        self.assert_found(layers.check_listed, "fake_clock.h: in no target")

    def test_a_listed_file_that_is_not_there_is_named(self):
        self.write("common/base/CMakeLists.txt", "earshot_cc_library(NAME base HDRS clock.h SRCS gone.cc)")
        self.assert_found(layers.check_listed, "gone.cc, which does not exist")


if __name__ == "__main__":
    unittest.main()
