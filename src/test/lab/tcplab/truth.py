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


class StrayChange(Exception):
    """A change of state that does not begin where the one before it ended: the record is of two sockets."""


class Snapshot:
    """The sockets that one end had at a time, as `ss` shows them: (address, port, peer address, peer port) to state."""

    def __init__(self, time, lines):
        self.time = time
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


def connections(changes, client_addresses, snapshots, server_port):
    """The entries of the truth file, in the order of the clients' SYNs. `snapshots`: side to list of Snapshot."""
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
    return [_entry(connection, snapshots, listening_since) for connection in found]


def _entry(connection, snapshots, listening_since):
    ends = {"client": connection.client, "server": connection.server}
    entry = {side: {"address": address, "port": port} for side, (address, port) in ends.items()}
    listened = any(since <= connection.begin for since in listening_since)
    for side, peer in (("client", "server"), ("server", "client")):
        changes = connection.changes[side]
        since = changes[-1].time if changes else connection.begin
        looks = _looks((*ends[side], *ends[peer]), snapshots[side], since, connection.until)
        rest = "LISTEN" if side == "server" and listened else "CLOSED"
        entry[f"{side}_states"] = [{"time": c.time, "from": c.old, "to": c.new} for c in changes]
        entry[f"{side}_looks"] = looks
        entry[f"{side}_path"] = _path(changes, [look["socket"] for look in looks], rest)
    return entry


def _looks(key, snapshots, since, until):
    """What `ss` showed in between (until None: no end); no socket is None."""
    looks = [s for s in snapshots if s.time > since and (until is None or s.time < until)]
    return [{"time": s.time, "socket": s.states.get(key)} for s in looks]


def _path(changes, looks, rest):
    """The path in the RFC's names; `rest` is where the end was before its first change.

    The kernel's record lacks what small stand-ins do for a socket: a request that waits for the third segment, and
    FIN-WAIT-2 or TIME-WAIT after the socket itself is gone (recorded as CLOSE). `ss` sees the stand-ins.
    """
    path = [RFC_NAMES[changes[0].old]] + [RFC_NAMES[c.new] for c in changes] if changes else [rest]
    for look in looks:
        if look is None:
            if path[-1] in ("FIN-WAIT-2", "TIME-WAIT", "SYN-RECEIVED"):
                path.append("CLOSED" if changes else rest)
            continue
        if path[-1] == "CLOSED" and changes:
            path.pop()
        if path[-1] != look:
            path.append(look)
    return path


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
