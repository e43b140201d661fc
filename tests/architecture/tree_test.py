"""Keeps the habits of the tree that no compiler sees, and shows that the checks see what breaks them."""

import os
import pathlib
import tempfile
import unittest

try:
    import yaml
except ImportError:
    print("PyYAML is missing: scripts/test.sh installs it")
    raise SystemExit(77) from None

import tree

ROOT = pathlib.Path(os.environ.get("EARSHOT_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
RULES = yaml.safe_load((ROOT / "layers.yaml").read_text(encoding="utf-8"))


class TheTree(unittest.TestCase):
    """The repository itself."""

    def test_keeps_its_habits(self):
        for check in tree.CHECKS:
            with self.subTest(check.__name__):
                found = list(check(ROOT, RULES))
                self.assertEqual(found, [], "\n" + "\n".join(found))

    def test_is_seen_at_all(self):
        self.assertIn("CMakeLists.txt", tree.tracked(ROOT))


class TheChecker(unittest.TestCase):
    """A small tree with one fault at a time."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def assert_found(self, check, path, text, *words):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        found = list(check(self.root, RULES))
        self.assertEqual(len(found), 1 if words else 0, found)
        for word in words:
            self.assertIn(word, found[0])

    def test_long_files(self):
        self.assert_found(tree.check_sizes, "common/a.cc", "\n" * 450)
        self.assert_found(tree.check_sizes, "common/a.cc", "\n" * 451, "common/a.cc: 451 lines")

    def test_names_that_fit_anything(self):
        self.assert_found(tree.check_names, "common/operator_types.h", "")
        self.assert_found(tree.check_names, "common/text/string_util.h", "", "'util' fits anything")

    def test_names_of_folders(self):
        self.assert_found(tree.check_names, "common/impl/text.h", "", "'impl' fits anything")

    def test_names_that_say_nothing_alone(self):
        self.assert_found(tree.check_names, "common/text/types.h", "", "'types' fits anything")

    def test_paths_of_one_machine(self):
        self.assert_found(tree.check_text, "a.md", "https://example.com/home/page and $HOME/x and /usr/share/x")
        self.assert_found(tree.check_text, "a.md", "see /" + "home/me/notes", "a.md:1", "path of one machine")

    def test_hosts_of_registries(self):
        self.assert_found(tree.check_text, "p.json", "https://registry" + ".npmjs.org/x", "p.json:1", "registry")

    def test_links_that_lead_nowhere(self):
        self.assert_found(tree.check_documents, "docs/a.md", "[b](b.md#top), [c](https://example.com)", "links to b.md")

    def test_paths_that_lead_nowhere(self):
        self.assert_found(tree.check_documents, "README.md", "run `scripts/none.sh`", "names scripts/none.sh")


if __name__ == "__main__":
    unittest.main()
