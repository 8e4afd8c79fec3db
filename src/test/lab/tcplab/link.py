"""What the way between the ends does to frames, and the named conditions that the table is made of."""

from dataclasses import dataclass
from typing import NamedTuple

MILLISECOND = 1_000_000
SECOND = 1_000_000_000
# An outage begins so long after the run, and again each period later; by turns on the first and on the second leg.
FIRST_OUTAGE = 2 * SECOND
OUTAGE_PERIOD = 9 * SECOND


@dataclass(frozen=True)
class Link:
    """One direction: probabilities for each frame, times in milliseconds one way; of each, a leg has one half."""

    loss: float = 0.0
    duplicate: float = 0.0
    reorder: float = 0.0
    delay: float = 0.0
    jitter: float = 0.0
    outage: float = 0.0  # milliseconds without a way

    @property
    def faultless(self):
        return not (self.loss or self.duplicate or self.reorder or self.outage)

    @property
    def hold(self):
        """How much longer than its turn a leg keeps a frame that it reorders, in milliseconds."""
        return self.delay / 4 + self.jitter / 2 + 2


class Leg:
    """Half of one direction, with its own dice."""

    def __init__(self, link, number, dice, begin):
        self.kind = False
        self._link = link
        self._number = number
        self._dice = dice
        self._begin = begin
        self._latest = 0

    def arrivals(self, sent):
        """When a frame sent now arrives: not at all, once, or twice."""
        # The dice are thrown in any case: an outage does not change the fates of other frames.
        lost = self._dice.random() < self._link.loss / 2
        doubled = self._dice.random() < self._link.duplicate / 2
        if self.kind:
            return [self._arrival(sent, False)]
        if lost or self._out(sent):
            return []
        return [self._arrival(sent, True) for _ in range(2 if doubled else 1)]

    def _arrival(self, sent, may_reorder):
        due = sent + int((self._link.delay + self._link.jitter * self._dice.random()) / 2 * MILLISECOND)
        if self._dice.random() < self._link.reorder / 2 and may_reorder:
            return due + int(self._link.hold * MILLISECOND)
        # Jitter alone must not reorder.
        self._latest = max(due, self._latest)
        return self._latest

    def _out(self, time):
        since = time - self._begin - FIRST_OUTAGE
        if since < 0 or not self._link.outage:
            return False
        turn, into = divmod(since, OUTAGE_PERIOD)
        return into < self._link.outage * MILLISECOND and turn % 2 == self._number - 1


class Condition(NamedTuple):
    """A link in both directions, with a name."""

    name: str
    summary: str
    to_server: Link
    to_client: Link


def _condition(name, summary, to_client=None, **link):
    link = {"delay": 5.0, "jitter": 2.0, **link}
    return Condition(name, summary, Link(**link), Link(**{**link, **(to_client or {})}))


CONDITIONS = {
    each.name: each
    for each in (
        _condition("clean", "no faults"),
        _condition("mixed", "5 % loss, 2 % duplicates, 10 % reordering", loss=0.05, duplicate=0.02, reorder=0.10),
        _condition("loss-20", "20 % loss", loss=0.20),
        _condition("outage", "2 s without a way, every 9 s", outage=2000.0),
        _condition("asymmetric", "60 ms to the server, 2 ms back", delay=60.0, to_client={"delay": 2.0}),
        _condition("one-way-loss", "10 % loss to the client only", to_client={"loss": 0.10}),
        _condition("reorder-30", "30 % reordering", reorder=0.30),
        _condition("duplicate-30", "30 % duplicates", duplicate=0.30),
    )
}
