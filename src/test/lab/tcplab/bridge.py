"""The bridge between the two ends: forwards frames, harms some of them, and captures at both of its sides."""

import heapq
import itertools
import os
import random
import select
import threading
from dataclasses import dataclass
from typing import NamedTuple

from .clock import now
from .segment import Segment, parse

OTHER = {"client": "server", "server": "client"}
MILLISECOND = 1_000_000
VIRTIO_HEADER = 10
LONGEST_FRAME = 65536 + 14 + VIRTIO_HEADER


@dataclass(frozen=True)
class Link:
    """What the way between the ends does to frames: probabilities for each frame, times in milliseconds one way."""

    loss: float = 0.0
    duplicate: float = 0.0
    reorder: float = 0.0
    delay: float = 0.0
    jitter: float = 0.0


class Passage(NamedTuple):
    """A segment seen at a tap (`client` or `server`), time in nanoseconds since the epoch."""

    time: int
    tap: str
    segment: Segment


class Bridge(threading.Thread):
    """Forwards between two TAP descriptors until closed. A frame is lost, if at all, between the two taps.

    `drop` decides for each segment whether it is lost (None: nothing is); `seed` rules the random fates, each direction
    with its own generator so that the fates of one do not depend on the timing of the other. Only TCP is captured; all
    else is forwarded.
    """

    def __init__(self, descriptors, captures, link, seed, offload=False):
        super().__init__(name="bridge", daemon=True)
        self.drop = None
        self.capturing = True
        self.passages = []
        self.failure = None
        self.last_frame_at = now()
        self._descriptors = descriptors
        self._captures = captures
        self._link = link
        self._random = {side: random.Random(f"{seed}/{side}") for side in descriptors}
        self._header = VIRTIO_HEADER if offload else 0
        self._waiting = []
        self._order = itertools.count()
        self._latest_due = dict.fromkeys(descriptors, 0)
        self._wake_read, self._wake_write = os.pipe()

    @property
    def idle(self):
        """Whether no frame is on its way."""
        return not self._waiting

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
                if fd == self._wake_read:
                    return
                self._arrived(sides[fd], fd)
            while self._waiting and self._waiting[0][0] <= now():
                _, _, sender, frame, segment = heapq.heappop(self._waiting)
                self._leave(sender, frame, segment)

    def _arrived(self, sender, fd):
        try:
            frame = os.read(fd, LONGEST_FRAME)
        except BlockingIOError:
            return
        segment = parse(frame[self._header :], sender)
        if segment is None:
            self._leave(sender, frame, None)
            return
        self._record(sender, frame, segment)
        if self.drop is not None and self.drop(segment):
            return
        fate = self._random[sender]
        if fate.random() < self._link.loss:
            return
        copies = 2 if fate.random() < self._link.duplicate else 1
        for _ in range(copies):
            self._send_off(sender, frame, segment, fate)

    def _send_off(self, sender, frame, segment, fate):
        delay = self._link.delay + self._link.jitter * fate.random()
        due = now() + int(delay * MILLISECOND)
        if fate.random() < self._link.reorder:
            due += int((self._link.delay / 2 + self._link.jitter + 2) * MILLISECOND)
        else:
            # Jitter alone must not reorder.
            due = self._latest_due[sender] = max(due, self._latest_due[sender])
        heapq.heappush(self._waiting, (due, next(self._order), sender, frame, segment))

    def _leave(self, sender, frame, segment):
        receiver = OTHER[sender]
        if segment is not None:
            self._record(receiver, frame, segment)
        os.write(self._descriptors[receiver], frame)

    def _record(self, tap, frame, segment):
        if not self.capturing:
            return
        time = self.last_frame_at = now()
        if tap in self._captures:
            self._captures[tap].record(time, frame[self._header :])
        self.passages.append(Passage(time, tap, segment))
