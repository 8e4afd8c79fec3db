"""From the kernel's record to one entry for each connection, both ends told apart."""

import json

RFC_NAMES = {
    "CLOSE": "CLOSED",
    "LISTEN": "LISTEN",
    "SYN_SENT": "SYN-SENT",
    "SYN_RECV": "SYN-RECEIVED",
    "ESTABLISHED": "ESTABLISHED",
    "FIN_WAIT1": "FIN-WAIT-1",
    "FIN_WAIT2": "FIN-WAIT-2",
    "CLOSE_WAIT": "CLOSE-WAIT",
    "CLOSING": "CLOSING",
    "LAST_ACK": "LAST-ACK",
    "TIME_WAIT": "TIME-WAIT",
}
# `ss` prints the names of the RFC, but for these.
SS_NAMES = {"SYN-RECV": "SYN-RECEIVED", "ESTAB": "ESTABLISHED"}


STAND_IN_AT_ONCE = 200_000  # nanoseconds


class StrayChange(Exception):
    """A change of state that does not begin where the one before it ended: the record is of two sockets."""


class Snapshot:
    """The sockets that one end had at a time, as `ss` shows them: (address, port, peer address, peer port) to state.

    `ss` has read them some time between `begin` and `end`.
    """

    def __init__(self, begin, end, lines):
        self.begin, self.end = begin, end
        self.states = {}
        for line in lines:
            state, _, _, local, peer = line.split()[:5]
            if state != "LISTEN":
                self.states[(*_address_and_port(local), *_address_and_port(peer))] = SS_NAMES.get(state, state)


def _address_and_port(text):
    address, _, port = text.rpartition(":")
    return address.strip("[]"), int(port)


class _Connection:
    def __init__(self, client, server, begin):
        self.client, self.server, self.begin = client, server, begin
        self.until = None
        self.changes = {"client": [], "server": []}


def connections(changes, client_addresses, snapshots, server_port, requests=()):
    """The entries of the truth file, in the order of the clients' SYNs.

    `snapshots`: side to list of Snapshot. `requests`: what a passive end sent and got while its request was open, as
    (time, client's port, flags): the SYN,ACKs that the server sent and the RSTs that reached it.
    """
    listening_since = [c.time for c in changes if c.new == "LISTEN" and c.port == server_port]
    found, newest = [], {}
    current = {"client": {}, "server": {}}
    for change in changes:
        here, there = (change.address, change.port), (change.peer_address, change.peer_port)
        side = "client" if change.address in client_addresses else "server"
        if change.new == "LISTEN" or change.old == "LISTEN" and change.new == "CLOSE":
            continue
        key = (here, there) if side == "client" else (there, here)
        if side == "client" and change.new == "SYN_SENT":
            if key in newest:
                newest[key].until = change.time
            newest[key] = _Connection(*key, change.time)
            found.append(newest[key])
        if change.old == "LISTEN" or change.new == "SYN_SENT":
            current[side][key] = newest[key]
        if key not in current[side]:
            # A socket that a killed run left behind: no end of ours is without its beginning.
            continue
        earlier = current[side][key].changes[side]
        if earlier and earlier[-1].new != change.old:
            raise StrayChange(f"{change} follows {earlier[-1]}")
        earlier.append(change)
    return [_entry(connection, snapshots, listening_since, requests) for connection in found]


def _entry(connection, snapshots, listening_since, requests):
    ends = {"client": connection.client, "server": connection.server}
    entry = {side: {"address": address, "port": port} for side, (address, port) in ends.items()}
    listened = any(since <= connection.begin for since in listening_since)
    for side, peer in (("client", "server"), ("server", "client")):
        changes = connection.changes[side]
        since = changes[-1].time if changes else connection.begin
        looks = _looks((*ends[side], *ends[peer]), snapshots[side], since, connection.until)
        rest = "LISTEN" if side == "server" and listened else "CLOSED"
        path, times = _path(changes, looks, rest)
        if path[0] == "LISTEN":
            opened = changes[0].time if changes else connection.until or float("inf")
            requested = _requests_path(connection, requests, opened)
            path, times = _with_requests(path, times, requested, looks)
        entry[f"{side}_states"] = [{"time": c.time, "from": c.old, "to": c.new} for c in changes]
        entry[f"{side}_looks"] = looks
        entry[f"{side}_path"] = path
        entry[f"{side}_times"] = times
    return entry


def _requests_path(connection, requests, opened):
    """The path of a passive end before it had a socket for the connection: a small stand-in, which an RST ends.

    The kernel's record does not show it, and looks fall too seldom into its time; its segments tell.
    """
    path = ["LISTEN"]
    for time, port, flags in requests:
        if port == connection.client[1] and connection.begin < time < opened:
            state = "SYN-RECEIVED" if flags == "S." else "LISTEN"
            if path[-1] != state:
                path.append(state)
    return path


def _with_requests(path, times, requested, looks):
    if len(path) > 1 and path[1:] not in (["SYN-RECEIVED"], ["SYN-RECEIVED", "LISTEN"]):
        before = requested[:-2] if requested[-1] == "SYN-RECEIVED" else requested[:-1]
        return before + path, [None] * len(before) + times
    if requested[-1] == "SYN-RECEIVED" and looks and looks[-1]["socket"] is None:
        requested.append("LISTEN")  # a request that has timed out
    return requested, [None] * len(requested)


def _looks(key, snapshots, since, until):
    """What `ss` showed in between (until None: no end), each only where it is new; no socket is None."""
    shown = []
    for snapshot in snapshots:
        state = snapshot.states.get(key)
        if snapshot.begin > since and (until is None or snapshot.end < until):
            if not shown or shown[-1]["socket"] != state:
                shown.append({"time": snapshot.begin, "socket": state})
    return shown


def _path(changes, looks, rest):
    """The path in the RFC's names, and the time of each state (None: not known); `rest` is what was before any change.

    The kernel's record lacks what small stand-ins do for a socket: a request that waits for the third segment, and
    FIN-WAIT-2 or TIME-WAIT after the socket itself is gone (recorded as CLOSE). `ss` sees the stand-ins.
    """
    path = [RFC_NAMES[changes[0].old]] + [RFC_NAMES[c.new] for c in changes] if changes else [rest]
    times = [None] + [c.time for c in changes]
    if path[:2] == ["LISTEN", "SYN-RECEIVED"] and len(path) > 2:
        times[1] = None  # the stand-in was in SYN-RECEIVED since the SYN, the record says so at the third segment
    if path[-2:] == ["FIN-WAIT-2", "CLOSED"] and times[-1] - times[-2] < STAND_IN_AT_ONCE:
        times[-1] = None  # the socket's application is gone: a stand-in waits for the FIN
    for look in (look["socket"] for look in looks):
        if look is None:
            if path[-1] in ("FIN-WAIT-2", "TIME-WAIT", "SYN-RECEIVED"):
                path.append("CLOSED" if changes else rest)
                times.append(None)
            continue
        ended = None
        if path[-1] == "CLOSED" and changes:
            path.pop()
            ended = times.pop()
        if path[-1] != look:
            path.append(look)
            times.append(ended if look == "TIME-WAIT" else None)
    return path, times


def text(entry):
    """The truth file: JSON with one line for each change of state."""
    connections = []
    for connection in entry["connections"]:
        fields = []
        for name, value in connection.items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                lines = ",\n".join(f"        {json.dumps(item)}" for item in value)
                fields.append(f'      "{name}": [\n{lines}\n      ]')
            else:
                fields.append(f'      "{name}": {json.dumps(value)}')
        connections.append("    {\n" + ",\n".join(fields) + "\n    }")
    head = ",\n".join(f'  "{name}": {json.dumps(value)}' for name, value in entry.items() if name != "connections")
    return "{\n" + head + ',\n  "connections": [\n' + ",\n".join(connections) + "\n  ]\n}\n"
