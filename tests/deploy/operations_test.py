"""docs/operations.md says what is: every flag of `earshot serve` with its default, and every metric with its type."""

import re
import subprocess
import unittest

from deployment import EARSHOT, ROOT, metrics

PAGE = (ROOT / "docs/operations.md").read_text(encoding="utf-8")


def rows(first_column):
    """Returns the cells of the table whose first column has this title."""
    table = PAGE.split(f"| {first_column} |", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


class Operations(unittest.TestCase):
    """docs/operations.md."""

    def test_has_every_flag_with_its_default(self):
        self.assertTrue(EARSHOT.exists(), f"{EARSHOT} is not built")
        text = subprocess.run([EARSHOT, "serve", "--help"], capture_output=True, text=True, check=True).stdout
        told = dict(re.findall(r"^  (--[\w-]+) .*\[(.*)\]$", text, re.MULTILINE))
        self.assertGreater(len(told), 5, text)
        written = {flag: default for flag, default, _ in rows("flag")}
        self.assertEqual(written.keys(), told.keys())
        for flag, detail in told.items():
            default = re.search(r"default ([^,]+)", detail)
            if default:
                self.assertEqual(written[flag], default[1], flag)

    def test_has_every_metric_with_its_type(self):
        self.assertEqual({name: kind for name, kind, *_ in rows("metric")}, metrics())


if __name__ == "__main__":
    unittest.main()
