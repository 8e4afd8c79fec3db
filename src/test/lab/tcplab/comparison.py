"""What the tool says of each end in a capture beside what the kernel recorded of it."""

import json
import os
import re
import subprocess
from typing import NamedTuple, Optional

from .frames import Frames
from .link import MILLISECOND, Link
from .verdict import SLOW_MACHINE, Arrow, Kernels, Told, Verdict, difference, judge, misdated

PEER = {"client": "server", "server": "client"}
CAPTURE = re.compile(r"(?P<name>.+?)(\.(?P<tap>client|mid|server))?\.pcap$")


class End(NamedTuple):
    """One end of one connection at one tap. `stream` None: the tool tells of no such connection."""

    capture: str
    tap: Optional[str]
    stream: Optional[int]
    side: str
    who: str
    verdict: Verdict
    told: list
    kernels: list
    misdated: list


def compare_folder(folder, tool):
    """The ends of all captures of a folder that have a truth beside them, capture by capture."""
    captures = sorted(f"{folder}/{file}" for file in os.listdir(folder) if CAPTURE.match(file))
    captures = [capture for capture in captures if os.path.exists(truth_of(capture))]
    flows = flows_of(tool, captures) if captures else {}
    found = []
    for capture in captures:
        with open(truth_of(capture)) as file:
            found += ends(capture, flows[capture], json.load(file))
    return found


def kinds(ends):
    """The ends that are wrong and sure, by where the paths part; the most frequent first."""
    found = {}
    for end in ends:
        if end.verdict == Verdict.WRONG:
            found.setdefault(difference(end.told, end.kernels), []).append(end)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def command(end, tool):
    """What shows the end."""
    if end.stream is None:
        return f"{tool} -f 'port {end.who.rpartition('.')[2]}' -v {end.capture}"
    return f"{tool} --stream {end.stream} -v {end.capture}"


def truth_of(capture):
    return CAPTURE.match(capture)["name"] + ".truth.json"


def flows_of(tool, captures):
    """What the tool says, as its JSON: capture to the flows in it."""
    done = subprocess.run([tool, "--json", *captures], stdout=subprocess.PIPE, text=True, check=False)
    flows = {capture: [] for capture in captures}
    for line in done.stdout.splitlines():
        said = json.loads(line)
        if said["type"] == "flow":
            flows[said["file"]].append(said)
        elif said["type"] == "summary" and not said["complete"]:
            raise ValueError(f"{tool}: {said['file']} was not read to its end")
    if done.returncode != 0:
        raise ValueError(f"{tool} ended with {done.returncode}")
    return flows


def ends(capture, flows, truth):
    frames = Frames(capture)
    left, entries = {}, {}
    for flow in sorted(flows, key=lambda flow: flow["start"]):
        left.setdefault(_pair(flow), []).append(flow)
    for entry in truth["connections"]:
        entries.setdefault(_pair(entry), []).append(entry)
    for pair, incarnations in entries.items():
        begins = [_begin(entry) for entry in incarnations] + [float("inf")]
        for entry, begin, until in zip(incarnations, begins, begins[1:]):
            # The tool's flows come in the order of their first frames, and so do the kernel's connections.
            flow = left[pair].pop(0) if left.get(pair) and left[pair][0]["start"] < until else None
            seen = frames.between(*pair, begin, until)
            for side in PEER:
                if side == truth.get("impersonated") and CAPTURE.match(capture)["tap"] not in (side, None):
                    continue  # what this tap saw of it is not all its own
                yield _end(capture, flow, side, entry, seen, frames, _passage(truth, PEER[side]))
    for flow in (flow for flows_left in left.values() for flow in flows_left):
        if truth.get("bell") in (flow["client"]["port"], flow["server"]["port"]):
            continue
        yield from _extra(capture, flow)


def _pair(entry):
    """Both ends in one order, whoever is called the client."""
    return tuple(sorted((entry[side]["address"], entry[side]["port"]) for side in PEER))


def _begin(entry):
    return entry["client_states"][0]["time"]


def _end(capture, flow, side, entry, seen, frames, passage):
    own = entry[side]["address"], entry[side]["port"]
    path = entry[f"{side}_path"]
    times = entry.get(f"{side}_times", [None] * len(path))
    kernels = Kernels(path, times, passage)
    who, tap = f"{own[0]}.{own[1]}", CAPTURE.match(capture)["tap"]
    if flow is None:
        verdict = Verdict.WRONG if seen else Verdict.ENDED
        return End(capture, tap, None, side, who, verdict, [], path, [])
    name = "client" if (flow["client"]["address"], flow["client"]["port"]) == own else "server"
    told = _told(flow, name)
    verdict = judge(told, kernels, seen, own)
    dated = verdict in (Verdict.SURE, Verdict.DOUBT)
    wrong_dates = misdated(told, kernels, frames, own) if dated else []
    return End(capture, tap, flow["stream"], name, who, verdict, told.path, path, wrong_dates)


def _told(flow, side):
    arrows = [
        Arrow(each["to"], each["certain"], each["frame"])
        for each in flow["transitions"]
        if each["side"] == side and not each["revised"]
    ]
    return Told(flow["states"][side], arrows, flow["midstream"])


def _passage(truth, sender):
    """The longest time that a frame of that end may be on its way and in hand, in nanoseconds."""
    link = truth["link"]
    one_way = Link(**link.get({"client": "to_server", "server": "to_client"}[sender], link))
    in_hand = max(SLOW_MACHINE, 2 * truth.get("latest_syn", 0))
    return int((one_way.delay + one_way.jitter + 2 * one_way.hold) * MILLISECOND) + in_hand


def _extra(capture, flow):
    """A flow that is none of the kernel's connections: wrong where it says anything for sure."""
    for side in PEER:
        told = _told(flow, side)
        verdict = Verdict.WRONG if any(arrow.certain for arrow in told.arrows) else Verdict.DIFFERS
        if told.arrows:
            who = f"{flow[side]['address']}.{flow[side]['port']}"
            tap = CAPTURE.match(capture)["tap"]
            yield End(capture, tap, flow["stream"], side, who, verdict, told.path, ["no such connection"], [])
