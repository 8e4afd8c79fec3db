"""The bridge between the two ends: forwards frames, harms some, and captures at both sides and in the middle."""

import heapq
import itertools
import os
import random
import select
import threading
from collections import deque
from typing import NamedTuple

from .clock import now
from .link import Leg
from .segment import Segment, parse

OTHER = {"client": "server", "server": "client"}
TAPS = ("client", "mid", "server")
MILLISECOND = 1_000_000
VIRTIO_HEADER = 10
LONGEST_FRAME = 65536 + 14 + VIRTIO_HEADER


class Passage(NamedTuple):
    """A segment seen at a tap (`client`, `mid` or `server`), time in nanoseconds since the epoch."""

    time: int
    tap: str
    segment: Segment


class Bridge(threading.Thread):
    """Forwards between two TAP descriptors until closed.

    Each way has two legs, from the sender to the middle and on to the receiver; there is a tap at the beginning, in the
    middle and at the end, and what the link does to frames it does between them, half of it on each leg.
    `drop(segment, leg)` decides for each segment whether a leg (1 or 2) loses it. Only TCP and what was injected are
    captured; all else is forwarded at once. `newest`: the last frame that each end sent, to forge one like it.
    """

    def __init__(self, descriptors, captures, links, seed, offload=False):
        super().__init__(name="bridge", daemon=True)
        self.drop = None
        self.capturing = True
        self.passages = []
        self.newest = {}
        self.failure = None
        self.last_frame_at = now()
        self._descriptors = descriptors
        self._captures = captures
        self._header = VIRTIO_HEADER if offload else 0
        # Each leg has its own generator, so that the fates of one do not depend on the timing of another.
        self._legs = {
            (sender, leg): Leg(links[sender], leg, random.Random(f"{seed}/{sender}/{leg}"), self.last_frame_at)
            for sender in descriptors
            for leg in (1, 2)
        }
        self._waiting = []
        self._order = itertools.count()
        self._injected = deque()
        self._wake_read, self._wake_write = os.pipe()

    @property
    def idle(self):
        """Whether no frame is on its way."""
        return not self._waiting and not self._injected

    def inject(self, frame, segment):
        """Puts a frame on its way in the middle, as if `segment.sender` had sent it."""
        self._injected.append((bytes(self._header) + frame, segment))
        os.write(self._wake_write, b"i")

    def be_kind(self):
        """From now on no fates: what is on its way arrives, and what is sent as well."""
        for leg in self._legs.values():
            leg.kind = True

    def close(self):
        os.write(self._wake_write, b"x")
        self.join()
        for fd in (self._wake_read, self._wake_write, *self._descriptors.values()):
            os.close(fd)

    def run(self):
        try:
            self._forward_until_woken()
        except Exception as failure:  # handed to the thread that waits for segments
            self.failure = failure

    def _forward_until_woken(self):
        sides = {fd: side for side, fd in self._descriptors.items()}
        poller = select.poll()
        for fd in (*sides, self._wake_read):
            poller.register(fd, select.POLLIN)
        while True:
            timeout = None
            if self._waiting:
                timeout = max(0.0, (self._waiting[0][0] - now()) / MILLISECOND)
            for fd, _ in poller.poll(timeout):
                if fd != self._wake_read:
                    self._sent(sides[fd], fd)
                elif os.read(fd, 1) == b"x":
                    return
                else:
                    self._in_the_middle(*self._injected.popleft())
            while self._waiting and self._waiting[0][0] <= now():
                _, _, leg, frame, segment = heapq.heappop(self._waiting)
                if leg == 1:
                    self._in_the_middle(frame, segment)
                else:
                    self._arrived(frame, segment)

    def _sent(self, sender, fd):
        try:
            frame = os.read(fd, LONGEST_FRAME)
        except BlockingIOError:
            return
        segment = parse(frame[self._header :], sender)
        if segment is None:
            os.write(self._descriptors[OTHER[sender]], frame)
            return
        self.newest[sender] = frame[self._header :]
        self._record(sender, frame, segment)
        self._send_off(1, frame, segment)

    def _in_the_middle(self, frame, segment):
        self._record("mid", frame, segment)
        self._send_off(2, frame, segment)

    def _arrived(self, frame, segment):
        receiver = OTHER[segment.sender]
        self._record(receiver, frame, segment)
        os.write(self._descriptors[receiver], frame)

    def _send_off(self, leg, frame, segment):
        if self.drop is not None and self.drop(segment, leg):
            return
        for due in self._legs[segment.sender, leg].arrivals(now()):
            heapq.heappush(self._waiting, (due, next(self._order), leg, frame, segment))

    def _record(self, tap, frame, segment):
        if not self.capturing:
            return
        time = self.last_frame_at = now()
        if tap in self._captures:
            self._captures[tap].record(time, frame[self._header :])
        self.passages.append(Passage(time, tap, segment))
