"""How one end's path, as the tool tells it, stands to the kernel's."""

from enum import Enum
from typing import NamedTuple, Optional

# A kernel's event and the frame that it sends are this close, the event first; nanoseconds.
SAME_MOMENT = 300_000
# How late a loaded machine may handle what the bridge has handed over; nanoseconds.
SLOW_MACHINE = 100_000_000
OWN_CLOSE = ("FIN-WAIT-1", "LAST-ACK")
BY_FIN = (
    ("SYN-RECEIVED", "CLOSE-WAIT"),
    ("ESTABLISHED", "CLOSE-WAIT"),
    ("FIN-WAIT-1", "CLOSING"),
    ("FIN-WAIT-2", "CLOSED"),
)
BY_ACK = (
    ("FIN-WAIT-1", "FIN-WAIT-2"),
    ("CLOSING", "CLOSED"),
    ("LAST-ACK", "CLOSED"),
    ("SYN-RECEIVED", "ESTABLISHED"),
    ("SYN-SENT", "ESTABLISHED"),
)


class Verdict(Enum):
    """In the order of the table's columns.

    A path that stops before the kernel's is true as far as it goes. ENDED: the tap saw nothing that could have carried
    it on. SHORT: it saw what may have, but nothing that the end sent afterwards. WRONG: it saw that as well.
    """

    SURE = "equal and sure"
    DOUBT = "equal, in doubt"
    DIFFERS = "differs, in doubt"
    ENDED = "ended without a segment"
    SHORT = "stops short"
    WRONG = "WRONG AND SURE"


class Arrow(NamedTuple):
    """One transition of the path as told."""

    to: str
    certain: bool
    frame: int


class Told(NamedTuple):
    """What the tool says of one end: its path, and an arrow for each state but the first."""

    path: list
    arrows: list
    midstream: bool


class Kernels(NamedTuple):
    """What the kernel says: its path, when it came into each state (None: not known), and how long a frame may take."""

    path: list
    times: list
    passage: int


class Misdated(NamedTuple):
    """A transition that is told for sure with a frame that can't go with the kernel's time of it."""

    arrow: Arrow
    why: str


def closed(path):
    """TIME-WAIT is CLOSED there and then: a stand-in takes its place, and its end is no event of the capture."""
    plain = ["CLOSED" if state == "TIME-WAIT" else state for state in path]
    return plain[:-1] if plain[-2:] == ["CLOSED", "CLOSED"] else plain


def difference(told, kernels):
    """Where two paths part, in words; what follows there is no more than a consequence."""
    here, there = closed(told), closed(kernels)
    same = 0
    while same < min(len(here), len(there)) and here[same] == there[same]:
        same += 1
    before = here[same - 1] if same else "the beginning"
    after = [path[same] if same < len(path) else "nothing more" for path in (here, there)]
    return f"{before} > {after[0]}, not {after[1]}"


def judge(told, kernels, seen, own):
    """`seen`: the connection's segments at the tap; `own`: (address, port) of the end."""
    here, there, times = closed(told.path), closed(kernels.path), kernels.times
    if told.midstream and here and here[0] in there:
        cut = there.index(here[0])
        there, times = there[cut:], times[cut:]
    if here == there:
        return Verdict.SURE if all(arrow.certain for arrow in told.arrows) else Verdict.DOUBT
    if not here:
        return Verdict.DIFFERS
    same = 0
    while same < min(len(here), len(there)) and here[same] == there[same]:
        same += 1
    if same < len(here):
        in_doubt = same > 0 and not told.arrows[same - 1].certain
        return Verdict.DIFFERS if in_doubt else Verdict.WRONG
    after, time = there[same], times[same]
    sure = all(arrow.certain for arrow in told.arrows)
    if _seen_sign(after, time, kernels.passage, seen, own):
        return Verdict.WRONG if sure else Verdict.DIFFERS
    if _seen_cause((there[same - 1], after), time, kernels.passage, seen, own):
        return Verdict.SHORT if sure else Verdict.DIFFERS
    return Verdict.ENDED


def _seen_sign(after, time, passage, seen, own):
    """Whether the tap saw a segment that the end sent on coming into that state, or in it."""
    sent = [s for s in seen if s.source == own and (time is None or s.time >= time - SAME_MOMENT)]
    if after in OWN_CLOSE:
        return any("F" in s.flags for s in sent)
    if after == "SYN-SENT":
        return any("S" in s.flags for s in sent)
    if after == "SYN-RECEIVED":
        return any("S" in s.flags and "." in s.flags for s in sent)
    if after == "CLOSED" and any("R" in s.flags for s in sent):
        return True
    return time is not None and any(s.time > time + passage for s in sent)


def _seen_cause(step, time, passage, seen, own):
    """Whether the tap saw a segment of the peer that may have brought the end from one state to the next."""
    got = [s for s in seen if s.source != own and (time is None or s.time <= time)]
    just_got = [s for s in got if time is None or s.time >= time - passage]
    if any("R" in s.flags for s in just_got):
        return True
    if step in BY_FIN:
        return any("F" in s.flags for s in got)
    return step in BY_ACK and any("." in s.flags for s in just_got)


def misdated(told, kernels, frames, own):
    """Of an end whose path is the kernel's: the certain transitions whose frame and whose time don't go together."""
    begin = kernels.path.index(told.path[0]) if told.path[0] in kernels.path else 0
    found = []
    for at, arrow in enumerate(told.arrows, begin + 1):
        if not arrow.certain or at >= len(kernels.times) or kernels.times[at] is None:
            continue
        frame = frames.by_number[arrow.frame] if arrow.frame else None
        if frame is not None:
            why = _why_misdated(kernels.times[at] - frame.time, frame.source == own, kernels.passage)
            if why:
                found.append(Misdated(arrow, why))
    return found


def _why_misdated(after: int, own: bool, passage: int) -> Optional[str]:
    """`after`: how much later than the frame's passage the kernel changed the state."""
    if own:
        return f"{after / 1e6:.1f} ms after its own frame" if after > SAME_MOMENT else None
    if after < -SAME_MOMENT:
        return f"{-after / 1e6:.1f} ms before the peer's frame passed"
    if after > passage:
        return f"{after / 1e6:.1f} ms after the peer's frame passed"
    return None
