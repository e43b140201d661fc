"""The Grafana dashboard and its provisioning: every query reads metrics that Earshot has, and parses."""

import json
import pathlib
import subprocess
import tempfile
import unittest

import queries
from deployment import ROOT, documents, promtool, series, yaml

DASHBOARDS = sorted((ROOT / "deploy/grafana/dashboards").glob("*.json"))


def load(path):
    """Returns a dashboard."""
    return json.loads(path.read_text(encoding="utf-8"))


class Dashboards(unittest.TestCase):
    """deploy/grafana/dashboards."""

    def each(self):
        self.assertTrue(DASHBOARDS)
        return [load(path) for path in DASHBOARDS]

    def test_every_query_reads_metrics_that_exist(self):
        known = series()
        for dashboard in self.each():
            found = list(queries.queries(dashboard))
            self.assertGreater(len(found), 10)
            for where, expression in found:
                read = queries.metrics_of(expression)
                self.assertTrue(read, f"{where} reads no metric of Earshot: {expression}")
                for name in read:
                    self.assertIn(name, known, f"{where}: {expression}")

    def test_every_query_parses(self):
        if promtool() is None:
            self.skipTest("promtool is missing")
        rules = []
        for dashboard in self.each():
            for number, (where, expression) in enumerate(queries.queries(dashboard)):
                if not where.startswith("variable"):
                    rules.append({"record": f"query:{number}", "expr": queries.filled_in(expression)})
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "queries.yaml")
            path.write_text(yaml.safe_dump({"groups": [{"name": "queries", "rules": rules}]}), encoding="utf-8")
            checked = subprocess.run([promtool(), "check", "rules", path], capture_output=True, text=True, check=False)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_can_be_provisioned(self):
        for dashboard in self.each():
            self.assertTrue(dashboard["uid"])
            self.assertIsNone(dashboard.get("id"))
            variables = {variable["name"]: variable for variable in dashboard["templating"]["list"]}
            self.assertEqual(variables["datasource"]["type"], "datasource")
            for panel in queries.panels(dashboard):
                if panel["type"] != "row":
                    self.assertEqual(panel["datasource"]["uid"], "${datasource}", panel["title"])
                    self.assertTrue(panel["description"], panel["title"])
                    self.assertTrue(panel["targets"], panel["title"])

    def test_uids_titles_and_ids_of_panels_are_unique(self):
        for dashboard in self.each():
            for field in ("id", "title"):
                values = [panel[field] for panel in queries.panels(dashboard)]
                self.assertEqual(len(values), len(set(values)), field)
        self.assertEqual(len({load(path)["uid"] for path in DASHBOARDS}), len(DASHBOARDS))

    def test_panels_do_not_overlap(self):
        for dashboard in self.each():
            taken = {}
            for panel in queries.panels(dashboard):
                place = panel["gridPos"]
                self.assertLessEqual(place["x"] + place["w"], 24, panel["title"])
                for x in range(place["x"], place["x"] + place["w"]):
                    for y in range(place["y"], place["y"] + place["h"]):
                        self.assertIsNone(taken.setdefault((x, y), None), panel["title"])
                        taken[x, y] = panel["title"]


class Provisioning(unittest.TestCase):
    """deploy/grafana/provisioning, against deploy/docker/compose.yaml."""

    def test_the_source_of_the_data_is_the_prometheus_of_the_compose_file(self):
        (provisioned,) = documents("deploy/grafana/provisioning/datasources/prometheus.yaml")
        (source,) = provisioned["datasources"]
        (compose,) = documents("deploy/docker/compose.yaml")
        host, _, port = source["url"].removeprefix("http://").partition(":")
        self.assertIn(host, compose["services"])
        self.assertTrue(any(mapping.endswith(f":{port}") for mapping in compose["services"][host]["ports"]))
        self.assertEqual((source["type"], source["access"], source["isDefault"]), ("prometheus", "proxy", True))

    def test_the_dashboards_are_where_grafana_looks(self):
        (provisioned,) = documents("deploy/grafana/provisioning/dashboards/earshot.yaml")
        (provider,) = provisioned["providers"]
        (compose,) = documents("deploy/docker/compose.yaml")
        mounts = [volume.split(":") for volume in compose["services"]["grafana"]["volumes"]]
        self.assertIn("../grafana/dashboards", [mount[0] for mount in mounts if mount[1] == provider["options"]["path"]])
        home = compose["services"]["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
        self.assertIn(home, [f"{provider['options']['path']}/{path.name}" for path in DASHBOARDS])


if __name__ == "__main__":
    unittest.main()
