"""The programs that are compared: how a node of each is started, and what it says of others."""

import datetime
import os
import pathlib
import re
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
JAVA = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
HEAP = ["-Xms32m", "-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
OPENS = ["java.lang", "java.lang.invoke", "java.lang.reflect", "java.net", "java.nio", "java.time", "java.util"]
OPENS += ["java.util.concurrent", "java.util.concurrent.atomic", "sun.nio.ch"]


class Lines:
    """Agents that print a line an event: milliseconds since 1970, what, and about whom."""

    came = ()
    gone = ()

    def event(self, line):
        """The time, whether the node came (or went), and its name; None for other lines."""
        words = line.split()
        if len(words) != 3 or words[1] not in self.came + self.gone:
            return None
        return int(words[0]), words[1] in self.came, words[2]


class Memberlist(Lines):
    """hashicorp/memberlist with DefaultLANConfig, encrypted."""

    name = "memberlist"
    came, gone = ("JOINED",), ("REMOVED",)

    def __init__(self, work, addresses):
        self.binary = HERE / "memberlist/target/memberlist-agent"
        subprocess.run(["go", "build", "-o", self.binary, "."], cwd=HERE / "memberlist", check=True)

    def command(self, node, address, seeds):
        return [str(self.binary), node, address, *seeds]


class Atomix(Lines):
    """Stock Atomix SWIM 3.1.12."""

    name = "atomix"
    came, gone = ("MEMBER_ADDED",), ("MEMBER_REMOVED",)

    def __init__(self, work, addresses):
        subprocess.run(["mvn", "-B", "-q", "-f", HERE / "atomix/pom.xml", "package"], check=True)

    def command(self, node, address, seeds):
        target = HERE / "atomix/target"
        opens = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENS]
        quiet = ["--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"]
        path = f"{target}/atomix-agent.jar:{target}/lib/*"
        return [JAVA, *HEAP, *opens, *quiet, "-cp", path, "dev.starling.bench.atomix.Agent", node, address, *seeds]


class Starling:
    """A whole node, with TLS and sealed datagrams, as ./starling node runs it."""

    name = "starling"
    line = re.compile(r"^(\S+) .* (\S+) of \S+ is (there|gone)$")

    def __init__(self, work, addresses):
        self.jar = ROOT / "node/server/target/starling-server.jar"
        self.work = work
        tool = [str(ROOT / "starling")]
        subprocess.run([*tool, "keygen", "add", str(work / "ring.keys")], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*tool, "ca", "init", "--folder", str(work / "ca")], check=True, stdout=subprocess.DEVNULL)
        hosts = [word for node, address in addresses.items() for word in ("--host", node, "--host", address)]
        issue = ["ca", "issue", "all", "--folder", str(work / "ca"), "--out", str(work), *hosts]
        subprocess.run([*tool, *issue], check=True, stdout=subprocess.DEVNULL)

    def command(self, node, address, seeds):
        settings = {
            "node.name": node,
            "node.region": "bench",
            "client.port": "0",
            "client.tls": "off",
            "auth.secret": "bench" * 8,
            "warmup.enabled": "false",
            "cluster.enabled": "true",
            "cluster.host": address,
            "cluster.seeds": ",".join(f"{seed}:7500" for seed in seeds),
            "cluster.keysFile": str(self.work / "ring.keys"),
            "cluster.certificate": str(self.work / "all.pem"),
            "cluster.key": str(self.work / "all.key"),
            "cluster.authority": str(self.work / "ca/ca.pem"),
        }
        flags = ["--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"]
        flags += ["-Dio.netty.leakDetection.level=disabled"]
        arguments = [word for key, value in settings.items() for word in ("--set", f"{key}={value}")]
        return [JAVA, *HEAP, *flags, "-cp", str(self.jar), "dev.starling.server.wiring.Main", *arguments]

    def event(self, line):
        found = self.line.match(line)
        if not found:
            return None
        time = datetime.datetime.fromisoformat(found[1].replace("Z", "+00:00"))
        return int(time.timestamp() * 1000), found[3] == "there", found[2]


SYSTEMS = {system.name: system for system in (Starling, Memberlist, Atomix)}
