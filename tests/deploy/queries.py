"""Reads the queries of a Grafana dashboard."""

import re

METRIC = re.compile(r"\bearshot_[a-z0-9_]+\b")
SELECTOR = re.compile(r"\{[^}]*\}")
VARIABLES = {"$__rate_interval": "1m", "$__range": "1h", "$__interval": "15s", "$job": "earshot", "${datasource}": "x"}


def panels(dashboard):
    """Yields all panels, those in collapsed rows included."""
    for panel in dashboard["panels"]:
        yield panel
        yield from panel.get("panels", [])


def queries(dashboard):
    """Yields (where, expression) of every query of the dashboard, those of its variables included."""
    for panel in panels(dashboard):
        for target in panel.get("targets", []):
            yield f"panel '{panel['title']}' {target['refId']}", target["expr"]
    for variable in dashboard["templating"]["list"]:
        if variable["type"] == "query":
            yield f"variable '{variable['name']}'", variable["query"]["query"]


def metrics_of(expression):
    """Returns the names of the series that an expression reads."""
    return set(METRIC.findall(SELECTOR.sub("", expression)))


def filled_in(expression):
    """Returns the expression as Prometheus gets it, with Grafana's variables filled in."""
    for name, value in VARIABLES.items():
        expression = expression.replace(name, value)
    return expression
