"""The last line of scripts/test.sh counts what ctest reported."""

import contextlib
import io
import os
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ.get("EARSHOT_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
sys.path.insert(0, str(ROOT / "scripts" / "lib"))

import summary  # noqa: E402

PASSED = '<testcase name="good_test" status="run"><system-out>fine</system-out></testcase>'
FAILED = '<testcase name="bad_test" status="fail"><failure message="Failed"/></testcase>'
SKIPPED = '<testcase name="far_test" status="notrun"><skipped message="SKIP"/><system-out>no network\n</system-out></testcase>'


class Summary(unittest.TestCase):
    """Of reports as ctest writes them."""

    def run_on(self, cases, ctest_status=0):
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as output:
            report = pathlib.Path(folder, "report.xml")
            report.write_text(f"<testsuite>{cases}</testsuite>", encoding="utf-8")
            code = summary.main(report, ctest_status)
        return code, output.getvalue().splitlines()

    def test_all_good(self):
        code, lines = self.run_on(PASSED)
        self.assertEqual((code, lines[-1]), (0, "1 passed, 0 failed"))

    def test_a_failure_is_named_and_fails(self):
        code, lines = self.run_on(PASSED + FAILED, 8)
        self.assertEqual((code, lines[-1]), (1, "1 passed, 1 failed"))
        self.assertIn("FAILED: bad_test", lines)

    def test_a_skip_is_named_with_its_reason(self):
        code, lines = self.run_on(PASSED + SKIPPED)
        self.assertEqual((code, lines[-1]), (0, "1 passed, 0 failed, 1 skipped"))
        self.assertIn("skipped: far_test: no network", lines)

    def test_a_run_without_a_test_fails(self):
        self.assertEqual(self.run_on("")[0], 1)

    def test_what_ctest_says_counts(self):
        self.assertEqual(self.run_on(PASSED, 8)[0], 1)

    def test_no_report_fails(self):
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            self.assertEqual(summary.main("no/such/report.xml", 0), 1)


if __name__ == "__main__":
    unittest.main()
