#!/usr/bin/env python3
"""Measures what crosses nodes: see docs/results/across-nodes.md.

Starts a development cluster for each scenario, with limits raised, warms it up, and prints one line of JSON for each run of
./starling load. Needs Linux, a JDK, and the jars that ./starling builds.
"""

import argparse
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
STARLING = str(ROOT / "starling")
RAISED = {
    "STARLING_LIMITS_MESSAGES_PER_SECOND": "100000",
    "STARLING_LIMITS_MESSAGE_BURST": "100000",
    "STARLING_LIMITS_BYTES_PER_SECOND": "500000000",
    "STARLING_LIMITS_CONNECTIONS_PER_ADDRESS": "20000",
    "STARLING_LIMITS_CONNECTIONS_PER_SECOND_PER_ADDRESS": "20000",
    "STARLING_LIMITS_ROOMS_PER_SESSION": "1024",
    "STARLING_JAVA_OPTS": "-Xmx512m",
}
WARM = ["--clients", "50", "--rate", "max", "--seconds", "10"]
UPDATES = ["--clients", "5", "--room-size", "5", "--mix", "chat=1", "--rate", "20"]
SIGNALS = ["--clients", "100", "--warmup-seconds", "2"]

# Regions, nodes of each, what warms up, what is measured.
SCENARIOS = {
    "steady": (1, 2, WARM, [*SIGNALS, "--rate", "2000", "--seconds", "20"]),
    "overload": (1, 2, WARM, [*SIGNALS, "--rate", "12000", "--seconds", "15"]),
    "closed": (1, 2, WARM, ["--clients", "50", "--rate", "max", "--seconds", "12"]),
    "regions": (2, 1, WARM, [*SIGNALS, "--rate", "2000", "--seconds", "20"]),
    "update": (1, 5, [*UPDATES, "--seconds", "10"], [*UPDATES, "--seconds", "30"]),
    "update-regions": (3, 2, [*UPDATES, "--seconds", "10"], [*UPDATES, "--seconds", "30"]),
    "fill": (1, 5, ["--clients", "20", "--room-size", "1", "--fill", "10000", "--window", "16"], None),
    "fill-members": (1, 5, ["--clients", "250", "--room-size", "250", "--fill", "10000", "--window", "1"], None),
}


class Cluster:
    """Nodes as ./starling dev starts them."""

    def __init__(self, regions, nodes, home, port):
        environment = {**os.environ, **RAISED, "STARLING_HOME": home}
        command = [STARLING, "dev", "--json", "--regions", str(regions), "--nodes", str(nodes), "--base-port", str(port)]
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        started = self.process.stdout.readline()
        if not started:
            sys.exit("the cluster doesn't start: try ./starling dev")
        self.nodes = json.loads(started)["nodes"][:5]
        self.environment = {**environment, "STARLING_JAVA_OPTS": ""}

    def load(self, options):
        """What a run of the generator says; every other client of a room is at the next node."""
        command = [STARLING, "load", "--json", "--connect-rate", "500", *options]
        for node in self.nodes:
            command += ["--url", node["client"], "--pid", str(node["pid"])]
        run = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, text=True)
        if not run.stdout:
            sys.exit(run.returncode)
        return json.loads(run.stdout)

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenarios", default=",".join(SCENARIOS), help="separated by commas; default: %(default)s")
    parser.add_argument("--repeat", type=int, default=1, help="runs that count, each after the same warm-up")
    parser.add_argument("--base-port", type=int, default=17400)
    options = parser.parse_args()
    for scenario in options.scenarios.split(","):
        regions, nodes, warm, measured = SCENARIOS[scenario]
        with tempfile.TemporaryDirectory() as home:
            cluster = Cluster(regions, nodes, home, options.base_port)
            try:
                cluster.load(warm)
                for _ in range(options.repeat):
                    result = cluster.load(measured or warm)
                    load = os.getloadavg()[0]
                    print(json.dumps({"scenario": scenario, "load_average": load, **result["result"]}), flush=True)
            finally:
                cluster.close()


if __name__ == "__main__":
    main()
