"""The kernel's record of every socket's state: the tracepoint sock/inet_sock_set_state, in an instance of our own."""

import contextlib
import errno
import fcntl
import glob
import os
import re
import subprocess
from typing import NamedTuple

from .clock import EPOCH_OFFSET

TRACEFS = "/sys/kernel/tracing"
PREFIX = "tcpflow-check-lab-"
MOST_RUNS = 200
LOCK = "/run/tcpflow-check-lab.lock"
MOUNTED_BY_US = b"mounted"
EVENT = "events/sock/inet_sock_set_state"
LINE = re.compile(
    r"\s(?P<seconds>\d+)\.(?P<micros>\d{6}): inet_sock_set_state: family=(?P<family>\S+) protocol=IPPROTO_TCP "
    r"sport=(?P<sport>\d+) dport=(?P<dport>\d+) saddr=(?P<saddr>\S+) daddr=(?P<daddr>\S+) "
    r"saddrv6=(?P<saddrv6>\S+) daddrv6=(?P<daddrv6>\S+) oldstate=TCP_(?P<old>\w+) newstate=TCP_(?P<new>\w+)"
)


class Change(NamedTuple):
    """One socket's change of state, in the kernel's names; time in nanoseconds since the epoch, to the microsecond."""

    time: int
    address: str
    port: int
    peer_address: str
    peer_port: int
    old: str
    new: str


class EventsLost(Exception):
    """The kernel's buffer was too small, the record has holes."""


class StateTrace:
    """Records from its making until `stop`, and of the run's own ports only. `close` removes the trace instance."""

    def __init__(self, slot, port, buffer_kib):
        self._path = slot.path
        self._addresses = None
        self._write("tracing_on", 0)
        self._write("trace", "")
        self._write("trace_clock", "mono")
        self._write("buffer_size_kb", buffer_kib)
        self._write(f"{EVENT}/filter", f"sport == {port} || dport == {port}")
        self._write(f"{EVENT}/enable", 1)
        self._write("tracing_on", 1)

    def only(self, addresses):
        """From now on what is read is of sockets at these addresses: others on the machine may use the port too."""
        self._addresses = frozenset(addresses)

    def stop(self):
        """All changes in the order of time. Raises EventsLost."""
        self._write(f"{EVENT}/enable", 0)
        for name in glob.glob(f"{self._path}/per_cpu/cpu*/stats"):
            with open(name) as stats:
                lost = [
                    line.strip() for line in stats if re.match(r"(overrun|commit overrun|dropped events): [^0]", line)
                ]
            if lost:
                raise EventsLost(f"{name}: {', '.join(lost)}")
        return self.changes()

    def changes(self):
        """Those recorded so far."""
        with open(f"{self._path}/trace") as trace:
            found = [change(match) for match in map(LINE.search, trace) if match]
        return [c for c in found if self._addresses is None or c.address in self._addresses]

    def close(self):
        self._write(f"{EVENT}/enable", 0)

    def _write(self, name, value):
        with open(f"{self._path}/{name}", "w") as setting:
            setting.write(str(value))


class Slot:
    """A number that no other run on this machine has, with a trace instance of that name.

    The kernel is the lock: an instance with an open file can't be removed, and one that a killed run left behind can.
    """

    def __init__(self):
        for self.number in range(MOST_RUNS):
            self.path = f"{TRACEFS}/instances/{PREFIX}{self.number}"
            if self._taken():
                return
        raise OSError(f"{MOST_RUNS} runs at once")

    def _taken(self):
        try:
            if os.path.exists(self.path):
                os.rmdir(self.path)
            os.mkdir(self.path)
            self._held = os.open(f"{self.path}/tracing_on", os.O_RDONLY)
        except OSError as error:
            if error.errno in (errno.EBUSY, errno.EEXIST, errno.ENOENT, errno.ENODEV):
                return False
            raise
        return True

    def close(self):
        os.close(self._held)
        os.rmdir(self.path)


@contextlib.contextmanager
def slot():
    """A slot, in a tracefs that is mounted if it was not, and unmounted by the last run that needs it."""
    with _alone() as lock:
        if not os.path.isdir(f"{TRACEFS}/events"):
            subprocess.run(["mount", "-t", "tracefs", "tracefs", TRACEFS], check=True)
            os.truncate(lock, 0)
            os.write(lock, MOUNTED_BY_US)
        if not os.path.isdir(f"{TRACEFS}/{EVENT}"):
            raise OSError(f"this kernel has no {EVENT}")
        taken = Slot()
    try:
        yield taken
    finally:
        with _alone() as lock:
            taken.close()
            others = glob.glob(f"{TRACEFS}/instances/{PREFIX}*")
            if not others and os.pread(lock, len(MOUNTED_BY_US), 0) == MOUNTED_BY_US:
                subprocess.run(["umount", TRACEFS], stderr=subprocess.DEVNULL, check=False)
                os.truncate(lock, 0)


@contextlib.contextmanager
def _alone():
    """One run at a time begins or ends."""
    lock = os.open(LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock
    finally:
        os.close(lock)


def change(match):
    suffix = "v6" if match["family"] == "AF_INET6" else ""
    time = int(match["seconds"]) * 1_000_000_000 + int(match["micros"]) * 1000 + EPOCH_OFFSET
    return Change(
        time,
        match["saddr" + suffix],
        int(match["sport"]),
        match["daddr" + suffix],
        int(match["dport"]),
        match["old"],
        match["new"],
    )
