"""The Kubernetes base: valid by Kubernetes's own schemas, complete, consistent, and fit for Pod Security "restricted"."""

import copy
import unittest

from deployment import ROOT, documents, skip

try:
    import kubernetes_validate
except ImportError:
    skip("kubernetes-validate is missing: scripts/test.sh installs it")

BASE = "k8s/base"


def resources():
    """Returns every resource of the base."""
    (kustomization,) = documents(f"{BASE}/kustomization.yaml")
    return [resource for name in kustomization["resources"] for resource in documents(f"{BASE}/{name}")]


def only(kind, name="earshot"):
    """Returns the resource of this kind and name."""
    (found,) = [each for each in resources() if each["kind"] == kind and each["metadata"]["name"] == name]
    return found


def breaches(pod):
    """Yields what keeps a pod's spec from Pod Security "restricted", and from a read-only root."""
    context = pod.get("securityContext", {})
    if context.get("runAsNonRoot") is not True or context.get("runAsUser", 0) == 0:
        yield "may run as root"
    if context.get("seccompProfile", {}).get("type") != "RuntimeDefault":
        yield "has no seccomp profile"
    if pod.get("hostNetwork") or pod.get("hostPID") or pod.get("hostIPC"):
        yield "shares a namespace of the host"
    for volume in pod.get("volumes", []):
        if "hostPath" in volume:
            yield f"mounts a path of the host: {volume['name']}"
    for container in pod["containers"] + pod.get("initContainers", []):
        own = container.get("securityContext", {})
        if own.get("allowPrivilegeEscalation") is not False or own.get("privileged"):
            yield f"{container['name']} may gain privileges"
        if own.get("capabilities", {}).get("drop") != ["ALL"] or own["capabilities"].get("add"):
            yield f"{container['name']} keeps capabilities"
        if own.get("readOnlyRootFilesystem") is not True:
            yield f"{container['name']} may write to its image"


class Base(unittest.TestCase):
    """k8s/base."""

    def setUp(self):
        self.stateful_set = only("StatefulSet")
        self.pod = self.stateful_set["spec"]["template"]["spec"]
        (self.container,) = self.pod["containers"]

    def test_is_valid(self):
        for resource in resources():
            with self.subTest(f"{resource['kind']}/{resource['metadata']['name']}"):
                kubernetes_validate.validate(resource, "1.30", strict=True)
                kubernetes_validate.validate(resource, kubernetes_validate.latest_version(), strict=True)

    def test_a_misspelt_field_would_be_seen(self):
        self.pod["enableServiceLink"] = False
        with self.assertRaises(kubernetes_validate.ValidationError):
            kubernetes_validate.validate(self.stateful_set, "1.30", strict=True)

    def test_every_file_is_listed(self):
        (kustomization,) = documents(f"{BASE}/kustomization.yaml")
        listed = set(kustomization["resources"]) | {"kustomization.yaml"}
        for generator in kustomization["configMapGenerator"]:
            listed |= set(generator.get("envs", []) + generator.get("files", []))
        self.assertEqual(listed, {path.name for path in (ROOT / BASE).iterdir()})

    def test_sets_no_namespace(self):
        for resource in resources():
            self.assertNotIn("namespace", resource["metadata"])

    def test_the_pod_is_restricted(self):
        self.assertEqual(list(breaches(self.pod)), [])

    def test_what_is_not_restricted_would_be_seen(self):
        changes = (
            lambda pod: pod["securityContext"].update(runAsNonRoot=False),
            lambda pod: pod["securityContext"].pop("seccompProfile"),
            lambda pod: pod.update(hostNetwork=True),
            lambda pod: pod["volumes"].append({"name": "host", "hostPath": {"path": "/"}}),
            lambda pod: pod["containers"][0]["securityContext"].update(allowPrivilegeEscalation=True),
            lambda pod: pod["containers"][0]["securityContext"]["capabilities"].update(add=["NET_ADMIN"]),
            lambda pod: pod["containers"][0]["securityContext"].update(readOnlyRootFilesystem=False),
            lambda pod: pod.update(initContainers=[{"name": "init"}]),
        )
        for change in changes:
            pod = copy.deepcopy(self.pod)
            change(pod)
            self.assertNotEqual(list(breaches(pod)), [])

    def test_the_three_probes_ask_different_things(self):
        startup, ready, live = (self.container[f"{name}Probe"] for name in ("startup", "readiness", "liveness"))
        self.assertIn("tcpSocket", startup)
        self.assertEqual(ready["grpc"]["port"], self.port("grpc"))
        self.assertEqual(live["httpGet"]["path"], "/metrics")
        self.assertGreater(startup["periodSeconds"] * startup["failureThreshold"], 60)

    def test_the_grace_outlasts_the_pause_before_it(self):
        pause = int(self.container["lifecycle"]["preStop"]["exec"]["command"][1])
        self.assertGreaterEqual(self.pod["terminationGracePeriodSeconds"], pause + 30)

    def test_selectors_select_the_pod(self):
        labels = self.stateful_set["spec"]["template"]["metadata"]["labels"]
        selectors = {
            "StatefulSet": self.stateful_set["spec"]["selector"]["matchLabels"],
            "Service": only("Service")["spec"]["selector"],
            "headless Service": only("Service", "earshot-headless")["spec"]["selector"],
            "PodDisruptionBudget": only("PodDisruptionBudget")["spec"]["selector"]["matchLabels"],
            "NetworkPolicy": only("NetworkPolicy")["spec"]["podSelector"]["matchLabels"],
        }
        for name, selector in selectors.items():
            self.assertTrue(selector.items() <= labels.items(), name)
        self.assertEqual(self.stateful_set["spec"]["serviceName"], "earshot-headless")

    def test_ports_agree(self):
        names = {port["name"] for port in self.container["ports"]}
        for service in ("earshot", "earshot-headless"):
            for port in only("Service", service)["spec"]["ports"]:
                self.assertIn(port["targetPort"], names)
        for rule in only("NetworkPolicy")["spec"]["ingress"]:
            for port in rule["ports"]:
                self.assertIn(port["port"], names)
        settings = self.settings()
        self.assertTrue(settings["EARSHOT_LISTEN"].endswith(f":{self.port('grpc')}"))
        self.assertTrue(settings["EARSHOT_METRICS_LISTEN"].endswith(f":{self.port('metrics')}"))

    def test_traffic_is_denied_but_for_what_is_named(self):
        policy = only("NetworkPolicy")["spec"]
        self.assertEqual(set(policy["policyTypes"]), {"Ingress", "Egress"})
        self.assertNotIn("egress", policy)
        for rule in policy["ingress"]:
            self.assertTrue(rule["from"] and rule["ports"])
            for peer in rule["from"]:
                self.assertTrue(peer["podSelector"]["matchLabels"])

    def test_the_data_is_on_a_volume(self):
        claims = {claim["metadata"]["name"] for claim in self.stateful_set["spec"]["volumeClaimTemplates"]}
        mounts = {mount["mountPath"]: mount["name"] for mount in self.container["volumeMounts"]}
        self.assertIn(mounts[self.settings()["EARSHOT_DATA"]], claims)

    def test_settings_are_those_of_the_image(self):
        dockerfile = (ROOT / "deploy/docker/Dockerfile").read_text(encoding="utf-8")
        for name, value in self.settings().items():
            self.assertIn(f"{name}={value}", dockerfile)

    def port(self, name):
        """Returns the number of a port of the container."""
        (number,) = [port["containerPort"] for port in self.container["ports"] if port["name"] == name]
        return number

    def settings(self):
        """Returns the environment that the pod gets."""
        lines = (ROOT / BASE / "settings.env").read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines if line)


if __name__ == "__main__":
    unittest.main()
