"""A network of namespaces whose packets pass through this process, which loses some of them.

Each node has a network namespace with a TUN device of its own; what leaves one is written to the device of its
destination, or dropped. So datagrams and TCP segments are lost alike, whatever program sends them. Linux, root.
"""

import fcntl
import multiprocessing
import os
import random
import select
import signal
import struct
import subprocess

TUNSETIFF = 0x400454CA
IFF_TUN_NO_PI = 0x0001 | 0x1000
MTU = 1500


def ip(*words):
    subprocess.run(["ip", *words], check=True)


class Network:
    def __init__(self, size):
        self.size = size
        self.loss = multiprocessing.Value("d", 0.0)
        self.cut = multiprocessing.Array("b", size + 1, lock=False)
        self.sent_bytes = multiprocessing.Array("Q", size + 1, lock=False)
        self.sent_packets = multiprocessing.Array("Q", size + 1, lock=False)
        self.prefix = f"st{os.getpid() % 10000}"
        self.devices = [None] + [self._device(n) for n in range(1, size + 1)]
        self.relay = multiprocessing.Process(target=self._relay, daemon=True)
        self.relay.start()

    def namespace(self, n):
        return f"{self.prefix}n{n}"

    @staticmethod
    def address(n):
        return f"10.99.0.{n}"

    def _device(self, n):
        name = f"{self.prefix}t{n}"
        fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(fd, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN_NO_PI))
        ns = self.namespace(n)
        ip("netns", "add", ns)
        ip("link", "set", name, "netns", ns)
        ip("-n", ns, "addr", "add", self.address(n) + "/24", "dev", name)
        ip("-n", ns, "link", "set", "lo", "up")
        ip("-n", ns, "link", "set", name, "mtu", str(MTU), "up")
        return fd

    def _relay(self):
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        poll = select.epoll()
        by_fd = {}
        for n in range(1, self.size + 1):
            by_fd[self.devices[n]] = n
            poll.register(self.devices[n], select.EPOLLIN)
        chance = random.Random(1).random
        while True:
            for fd, _ in poll.poll():
                self._forward(fd, by_fd[fd], chance)

    def _forward(self, fd, sender, chance):
        for _ in range(64):
            try:
                packet = os.read(fd, 2048)
            except BlockingIOError:
                return
            if packet[0] >> 4 != 4 or not 1 <= packet[19] <= self.size:
                continue
            self.sent_bytes[sender] += len(packet)
            self.sent_packets[sender] += 1
            if not self.cut[sender] and not self.cut[packet[19]] and chance() >= self.loss.value:
                try:
                    os.write(self.devices[packet[19]], packet)
                except OSError:
                    pass

    def total_bytes(self):
        return sum(self.sent_bytes)

    def close(self):
        self.relay.terminate()
        for n in range(1, self.size + 1):
            os.close(self.devices[n])
            ip("netns", "del", self.namespace(n))
