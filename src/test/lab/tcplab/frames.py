"""A capture read again, as far as a comparison needs it: when each frame passed, from whom, with which flags."""

import socket
import struct
from typing import NamedTuple

from .segment import FLAGS, IPV4, IPV6, TCP

VLAN = 0x8100
NANOSECONDS, MICROSECONDS = 0xA1B23C4D, 0xA1B2C3D4


class Seen(NamedTuple):
    """A segment at the tap; ends as (address, port), time in nanoseconds since the epoch."""

    time: int
    source: tuple
    destination: tuple
    flags: str


class Frames:
    """Of a pcap file. `by_number` counts as the tool does, from 1; what is not TCP is None there."""

    def __init__(self, path):
        self.by_number = [None]
        self._of = {}
        for time, frame in _records(path):
            seen = _seen(time, frame)
            self.by_number.append(seen)
            if seen is not None:
                self._of.setdefault(frozenset((seen.source, seen.destination)), []).append(seen)

    def between(self, one, other, since, until):
        """Those of two ends in a time, in the capture's order."""
        return [seen for seen in self._of.get(frozenset((one, other)), []) if since <= seen.time < until]


def _records(path):
    with open(path, "rb") as file:
        magic = struct.unpack("<I", file.read(24)[:4])[0]
        if magic not in (NANOSECONDS, MICROSECONDS):
            raise ValueError(f"{path}: not a pcap file of this machine")
        unit = 1 if magic == NANOSECONDS else 1000
        while True:
            head = file.read(16)
            if len(head) < 16:
                return
            seconds, part, length, _ = struct.unpack("<IIII", head)
            yield seconds * 1_000_000_000 + part * unit, file.read(length)


def _seen(time, frame):
    start = 12
    ethertype = struct.unpack_from("!H", frame, start)[0]
    if ethertype == VLAN:
        start += 4
        ethertype = struct.unpack_from("!H", frame, start)[0]
    start += 2
    if ethertype == IPV4 and frame[start + 9] == TCP:
        ends = frame[start + 12 : start + 16], frame[start + 16 : start + 20]
        family, segment = socket.AF_INET, start + (frame[start] & 0x0F) * 4
    elif ethertype == IPV6 and frame[start + 6] == TCP:
        ends = frame[start + 8 : start + 24], frame[start + 24 : start + 40]
        family, segment = socket.AF_INET6, start + 40
    else:
        return None
    ports = struct.unpack_from("!HH", frame, segment)
    source, destination = [(socket.inet_ntop(family, end), port) for end, port in zip(ends, ports)]
    return Seen(time, source, destination, FLAGS[frame[segment + 13]])
