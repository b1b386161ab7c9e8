#!/usr/bin/env python3
"""Compares how fast and how rightly clusters notice what dies: see docs/results/membership.md.

Real processes, each in a network namespace; every packet passes through one process that counts and, where the scenario
says so, loses it. Needs Linux, root, a JDK, Maven and Go, and the jars that ./starling builds.
"""

import argparse
import json
import os
import pathlib
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from net import Network
from systems import ROOT, SYSTEMS

SEEDS = 3
SETTLED_SECONDS = 60
NOTICED_SECONDS = 170


def now():
    return int(time.time() * 1000)


def until(condition, seconds):
    end = time.time() + seconds
    while time.time() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


class Cluster:
    def __init__(self, system, size, work):
        self.names = {f"node-{n}": n for n in range(1, size + 1)}
        self.net = Network(size)
        self.addresses = {name: Network.address(n) for name, n in self.names.items()}
        self.work = work
        self.system = SYSTEMS[system](work, self.addresses)
        self.processes, self.logs, self.starts = {}, {}, {}

    def start(self, name):
        seeds = [self.addresses[seed] for seed in list(self.names)[:SEEDS]]
        command = self.system.command(name, self.addresses[name], seeds)
        self.starts[name] = self.starts.get(name, 0) + 1
        self.logs[name] = self.work / f"{name}-{self.starts[name]}.log"
        inside = ["ip", "netns", "exec", self.net.namespace(self.names[name])]
        with open(self.logs[name], "w") as log:
            self.processes[name] = subprocess.Popen([*inside, *command], stdout=log, stderr=subprocess.STDOUT)

    def events(self, name):
        return [event for event in map(self.system.event, self.logs[name].read_text().splitlines()) if event]

    def sees(self, name):
        seen = set()
        for _, came, who in self.events(name):
            (seen.add if came else seen.discard)(who)
        return seen - {name}

    def all_see_all(self):
        living = set(self.processes)
        return all(self.sees(name) == living - {name} for name in living)

    def settle(self):
        if not until(self.all_see_all, SETTLED_SECONDS):
            seen = {name: sorted(self.sees(name)) for name in self.processes}
            sys.exit(f"not settled: {seen}; the end of one log: {next(iter(self.logs.values())).read_text()[-2000:]}")
        time.sleep(random.uniform(2, 4))

    def send(self, name, what):
        self.processes[name].send_signal(what)

    def kill(self, name):
        process = self.processes.pop(name)
        process.kill()
        process.wait()

    def removals(self, since, about=None):
        """(when, observer, subject) of every removal after a moment."""
        return [
            (when, name, who)
            for name in self.processes
            for when, came, who in self.events(name)
            if not came and when >= since and (about is None or who == about)
        ]

    def noticed(self, victim, since, observers):
        """After how long the first and the last observer removed it; None for the last where one did not."""
        def done():
            return {name for _, name, _ in self.removals(since, victim)} >= observers
        complete = until(done, NOTICED_SECONDS)
        firsts = {}
        for when, name, _ in sorted(self.removals(since, victim)):
            firsts.setdefault(name, when - since)
        times = sorted(firsts[name] for name in observers if name in firsts)
        return (times[0] if times else None), (times[-1] if complete else None)

    def close(self):
        for process in self.processes.values():
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()
        self.net.close()


def cpu_ticks(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def idle(cluster, options):
    """CPU and bytes of a node while nothing happens."""
    time.sleep(20)
    def reading():
        ticks = sum(cpu_ticks(process.pid) for process in cluster.processes.values())
        return time.time(), ticks, cluster.net.total_bytes(), sum(cluster.net.sent_packets)
    before, since = reading(), now()
    time.sleep(options.seconds)
    after = reading()
    share = (after[0] - before[0]) * len(cluster.processes)
    milliseconds = 1000 / os.sysconf("SC_CLK_TCK")
    return {
        "cpu_ms_per_s": round((after[1] - before[1]) * milliseconds / share, 2),
        "bytes_per_s": round((after[2] - before[2]) / share),
        "packets_per_s": round((after[3] - before[3]) / share, 1),
        "false_deaths": len(cluster.removals(since)),
    }


def dying(cluster, options, die, revive):
    firsts, lasts, false = [], [], 0
    for round_ in range(options.repeat):
        victim = random.choice(list(cluster.names))
        observers = set(cluster.names) - {victim}
        since = now()
        die(victim)
        first, last = cluster.noticed(victim, since, observers)
        firsts.append(first)
        lasts.append(last)
        false += sum(1 for _, name, who in cluster.removals(since) if who != victim and name != victim)
        revive(victim)
        cluster.settle()
    return {"first_ms": firsts, "last_ms": lasts, "false_deaths": false}


def kill(cluster, options):
    """SIGKILL: sockets close."""
    return dying(cluster, options, cluster.kill, cluster.start)


def stop(cluster, options):
    """SIGSTOP: silence; what a host that loses power or its network looks like."""
    def wake(victim):
        cluster.send(victim, signal.SIGCONT)
    return dying(cluster, options, lambda victim: cluster.send(victim, signal.SIGSTOP), wake)


def loss(cluster, options):
    """Packets are lost: false deaths while nobody dies, then how long a kill takes to notice."""
    cluster.net.loss.value = options.loss / 100
    since = now()
    time.sleep(options.seconds)
    false = len(cluster.removals(since))
    cluster.settle()
    found = kill(cluster, options)
    cluster.net.loss.value = 0
    return {**found, "false_deaths_quiet": false, "quiet_seconds": options.seconds}


def stalls(cluster, options):
    """Two nodes at a time stand still for a while, as collections of garbage and moves of virtual machines do."""
    def halt(victim):
        cluster.send(victim, signal.SIGSTOP)
    def resume(victim):
        cluster.send(victim, signal.SIGCONT)
    return standing_still(cluster, options, halt, resume)


def cuts(cluster, options):
    """Two nodes at a time have no network for a while."""
    def cut(victim):
        cluster.net.cut[cluster.names[victim]] = 1
    def join(victim):
        cluster.net.cut[cluster.names[victim]] = 0
    return standing_still(cluster, options, cut, join)


def standing_still(cluster, options, halt, resume):
    since, stood = now(), []
    end = time.time() + options.seconds
    while time.time() < end:
        victims = random.sample(list(cluster.names), 2)
        began, length = now(), random.uniform(*options.stall)
        for victim in victims:
            halt(victim)
        time.sleep(length)
        for victim in victims:
            resume(victim)
        stood += [(began, length, victim) for victim in victims]
        time.sleep(random.uniform(2, 4))
    time.sleep(10)
    return {**told_of_stalls(stood, cluster.removals(since)), "stall_seconds": options.stall}


def told_of_stalls(stood, removals):
    """How many of the stalled were removed, and by how many; and who was removed without having stood still."""
    def during(stall):
        began, length, _ = stall
        return [one for one in removals if began <= one[0] <= began + length * 1000 + 2000]
    def of(stall):
        return [one for one in during(stall) if one[2] == stall[2]]
    removed = [stall for stall in stood if of(stall)]
    # Whoever is cut off can't see the others.
    explained = {id(one) for stall in stood for one in during(stall) if stall[2] in one[1:]}
    return {
        "stalls": len(stood),
        "removed": len(removed),
        "shortest_removed_s": round(min((length for _, length, _ in removed), default=0), 2),
        "longest_kept_s": round(max((stall[1] for stall in stood if stall not in removed), default=0), 2),
        "removals": len(removals),
        "removals_of_others": sum(1 for one in removals if id(one) not in explained),
    }


SCENARIOS = {scenario.__name__: scenario for scenario in (idle, kill, stop, loss, stalls, cuts)}


def median(times):
    return "–" if not times or None in times else round(statistics.median(times))


def commit():
    return subprocess.run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--systems", default=",".join(SYSTEMS))
    parser.add_argument("--scenarios", default=",".join(SCENARIOS))
    parser.add_argument("--nodes", type=int, default=9)
    parser.add_argument("--repeat", type=int, default=5, help="how many die, one after another")
    parser.add_argument("--seconds", type=int, default=60, help="how long nothing dies, or nodes stall")
    parser.add_argument("--loss", type=float, default=10, help="percent of packets")
    parser.add_argument("--stall", type=float, nargs=2, default=[1, 3], help="how long they stand still, in seconds")
    parser.add_argument("--seed", type=int, default=1, help="of the choice of victims and pauses")
    parser.add_argument("--out", type=pathlib.Path, help="a file of JSON lines that results are added to")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    for scenario in options.scenarios.split(","):
        for system in options.systems.split(","):
            random.seed(options.seed)
            with tempfile.TemporaryDirectory() as work:
                cluster = Cluster(system, options.nodes, pathlib.Path(work))
                try:
                    for name in cluster.names:
                        cluster.start(name)
                    cluster.settle()
                    result = SCENARIOS[scenario](cluster, options)
                finally:
                    cluster.close()
            head = {"scenario": scenario, "system": system, "nodes": options.nodes, "commit": commit()}
            result = {**head, **result, "load": round(os.getloadavg()[0], 1)}
            if "first_ms" in result:
                result["first_median"], result["last_median"] = median(result["first_ms"]), median(result["last_ms"])
            print(json.dumps(result), flush=True)
            if options.out:
                with open(options.out, "a") as out:
                    out.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
