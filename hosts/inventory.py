#!/usr/bin/env python3
"""An Ansible inventory out of an environment file of Sluice: its hosts, its edges, and all of it as `sluice`."""

import json
import os
import sys

import yaml

DEFAULTS = {
    "slots": {
        "blue": {"port": 8081, "metrics-port": 9464},
        "green": {"port": 8082, "metrics-port": 9465},
    },
    "unit": "engine@",
    "folder": "/srv/engine",
    "backend": "engine",
    "socket": "/run/haproxy/admin.sock",
    "programs": "/usr/local/lib/sluice",
}


def variables(machine):
    """How Ansible reaches a machine: as the runner does."""
    reach = machine.get("reach", "ssh")
    found = {"ansible_connection": "local" if reach == "local" else "ssh"}
    if reach != "local":
        user, _, host = machine.get("destination", machine["name"]).rpartition("@")
        found["ansible_host"] = host
        if user:
            found["ansible_user"] = user
    if machine.get("sudo"):
        found["ansible_become"] = True
    found["address"] = machine.get("address", machine["name"])
    return found


def inventory(path):
    with open(path, encoding="utf-8") as file:
        environment = yaml.safe_load(file)
    target = {**DEFAULTS, **environment["target"]}
    if target.get("kind") != "hosts":
        sys.exit(f"{path}: its target is not of kind hosts")
    name = environment.get("name") or os.path.splitext(os.path.basename(path))[0]
    service = environment["service"]
    metrics = service.get("metrics", {})
    series = [metrics.get(one, {}).get("metric", "http_requests_total") for one in ("requests", "errors")]
    # A verdict that judges latency learns from stable's own past of it, too.
    latency = metrics.get("latency", {}).get("metric")
    series += [f"{latency}_{part}" for part in ("bucket", "count", "sum")] if latency else []
    sluice = {
        "environment": name,
        "target": target,
        "health_path": service.get("health", {}).get("path", "/health"),
        "metrics_path": metrics.get("path", "/metrics"),
        "metrics_names": "|".join(dict.fromkeys(series)),
    }
    common = {"sluice": sluice}
    if "ssh-config" in target:
        common["ansible_ssh_common_args"] = f"-F {target['ssh-config']}"
    machines = {one["name"]: variables(one) for kind in ("hosts", "edges") for one in target[kind]}
    return {
        "hosts": {"hosts": [one["name"] for one in target["hosts"]]},
        "edges": {"hosts": [one["name"] for one in target["edges"]]},
        # Of machines that are in no environment file; an inventory beside this one says which.
        "data": {"hosts": []},
        "observe": {"hosts": []},
        "all": {"vars": common},
        "_meta": {"hostvars": machines},
    }


if __name__ == "__main__":
    print(json.dumps(inventory(os.environ["SLUICE_ENVIRONMENT"])))
