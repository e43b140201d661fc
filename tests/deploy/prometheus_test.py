"""The configuration of Prometheus: valid, and reads every service of the compose file that has metrics."""

import subprocess
import unittest

from deployment import ROOT, documents, promtool


class Prometheus(unittest.TestCase):
    """deploy/prometheus/prometheus.yml."""

    def test_is_valid(self):
        if promtool() is None:
            self.skipTest("promtool is missing")
        command = [promtool(), "check", "config", ROOT / "deploy/prometheus/prometheus.yml"]
        checked = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_reads_earshot_where_it_offers_its_metrics(self):
        (config,) = documents("deploy/prometheus/prometheus.yml")
        (compose,) = documents("deploy/docker/compose.yaml")
        targets = {job["job_name"]: job["static_configs"][0]["targets"] for job in config["scrape_configs"]}
        (host, port) = targets["earshot"][0].split(":")
        self.assertIn(host, compose["services"])
        dockerfile = (ROOT / "deploy/docker/Dockerfile").read_text(encoding="utf-8")
        self.assertIn(f"EARSHOT_METRICS_LISTEN=0.0.0.0:{port}", dockerfile)


if __name__ == "__main__":
    unittest.main()
