"""The laboratory of one scenario: two hosts, the bridge between them, and the means to drive them and to wait."""

import socket
import struct
import threading
import time
from typing import NamedTuple

from .bridge import Bridge
from .clock import now
from .namespace import Namespace
from .truth import Snapshot

SERVER_PORT = 80
FIRST_CLIENT_PORT = 40001
PATIENCE = 20.0
POLL = 0.0005
# In the order of the kernel's numbers, from 1.
TCP_INFO_STATES = (
    "ESTABLISHED SYN_SENT SYN_RECV FIN_WAIT1 FIN_WAIT2 TIME_WAIT CLOSE CLOSE_WAIT LAST_ACK LISTEN CLOSING NEW_SYN_RECV"
).split()
REQUEST = b"GET /hello.txt HTTP/1.1\r\nHost: server.example\r\nAccept: text/plain\r\n\r\n"
BODY = b"A handshake takes three steps.\n"
RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY


class Stalled(Exception):
    """Something waited for did not happen in time."""


class UnexpectedShape(Exception):
    """The capture does not show what the scenario's name says."""


class Host:
    """One end: a namespace with one device, an IPv4 and an IPv6 address."""

    def __init__(self, side, number, offload):
        self.side = side
        self.addresses = {socket.AF_INET: f"10.9.0.{number}", socket.AF_INET6: f"fd00:9::{number}"}
        self.hardware_address = f"02:00:00:00:00:{number:02x}"
        self.namespace = Namespace()
        self.tap = self.namespace.open_tap("lab", offload)
        self.snapshots = []

    def connect_to(self, peer):
        """Brings the device up with static neighbours, so that nothing but TCP needs to be said."""
        for name, value in (
            ("net.ipv6.conf.lab.accept_dad", 0),
            ("net.ipv6.conf.lab.accept_ra", 0),
            ("net.ipv6.conf.lab.router_solicitations", 0),
        ):
            self.namespace.sysctl(name, value)
        commands = ["link set lo up", f"link set lab address {self.hardware_address} txqueuelen 20000 up"]
        for family, length, option in ((socket.AF_INET, 24, ""), (socket.AF_INET6, 64, "nodad")):
            commands.append(f"addr add {self.addresses[family]}/{length} dev lab {option}")
            commands.append(f"neigh add {peer.addresses[family]} lladdr {peer.hardware_address} dev lab nud permanent")
        self.namespace.ip(*commands)

    def bound_socket(self, port=0, family=socket.AF_INET):
        """A new TCP socket, bound; its address may be used again."""
        with self.namespace.entered():
            made = socket.socket(family, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.settimeout(PATIENCE)
        made.bind((self.addresses[family], port))
        return made

    def address(self, family=socket.AF_INET, port=SERVER_PORT):
        return self.addresses[family], port

    def look(self):
        """Notes the state of every socket, those stand-ins included that the kernel's trace does not show."""
        lines = self.namespace.output("ss", "-tanH").splitlines()
        self.snapshots.append(Snapshot(now(), lines))

    def close(self):
        self.namespace.close()


class Session(NamedTuple):
    """Both sockets of one connection, each driven from here."""

    client: socket.socket
    server: socket.socket


class Laboratory:
    """Made for one scenario, closed after it. `captures`: tap name to an open capture."""

    def __init__(self, captures, link, seed, offload=False, count=1):
        self.count = count
        self.strict = True
        self._sockets = []
        self._next_port = FIRST_CLIENT_PORT
        self.client = Host("client", 1, offload)
        self.server = Host("server", 2, offload)
        self.client.connect_to(self.server)
        self.server.connect_to(self.client)
        self.bridge = Bridge({"client": self.client.tap, "server": self.server.tap}, captures, link, seed, offload)
        self.bridge.start()

    def close(self):
        self.bridge.capturing = False
        for each in self._sockets:
            # Orderly closing would leave orphans that change their states in the middle of the next trace.
            if each.fileno() >= 0:
                self.abort(each)
        self.bridge.close()
        self.client.close()
        self.server.close()

    def sysctl(self, name, value):
        """Sets it on both hosts."""
        self.client.namespace.sysctl(name, value)
        self.server.namespace.sysctl(name, value)

    # Sockets

    def listener(self, backlog=1024, family=socket.AF_INET, receive_buffer=None):
        made = self._kept(self.server.bound_socket(SERVER_PORT, family))
        if receive_buffer is not None:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        made.listen(backlog)
        return made

    def caller(self, port=None, family=socket.AF_INET):
        """A client's socket, bound to the port or the next unused one: the trace knows a connection by its ports."""
        if port is None:
            port = self._next_port
            self._next_port += 1
        return self._kept(self.client.bound_socket(port, family))

    def counter_caller(self):
        """A server's socket that does not listen: it calls the client."""
        return self._kept(self.server.bound_socket(SERVER_PORT))

    def begin(self, caller, family=socket.AF_INET):
        """Sends the SYN and does not wait."""
        caller.setblocking(False)
        try:
            caller.connect(self.server.address(family))
        except BlockingIOError:
            pass
        caller.settimeout(PATIENCE)

    def accept(self, listener):
        accepted, _ = listener.accept()
        accepted.settimeout(PATIENCE)
        return self._kept(accepted)

    def session(self, listener=None, family=socket.AF_INET, port=None):
        """A connection, established at both ends."""
        listener = listener or self.listener(family=family)
        caller = self.caller(port, family)
        caller.connect(self.server.address(family))
        return Session(caller, self.accept(listener))

    def exchange(self, session, request=REQUEST, response=RESPONSE):
        """A request and its response, both read to the last octet and both acknowledged."""
        session.client.sendall(request)
        self.receive(session.server, len(request))
        session.server.sendall(response)
        self.receive(session.client, len(response))
        self.settle()

    def receive(self, receiver, length):
        received = bytearray()
        while len(received) < length:
            part = receiver.recv(length - len(received))
            if not part:
                raise Stalled(f"the stream ended after {len(received)} of {length} octets")
            received += part
        return bytes(received)

    def transfer(self, sender, receiver, octets):
        """Sends more than the buffers hold while the receiver reads it all."""
        thread = threading.Thread(target=sender.sendall, args=(octets,))
        thread.start()
        received = self.receive(receiver, len(octets))
        thread.join()
        if received != octets:
            raise Stalled("the octets received are not those sent")

    @staticmethod
    def abort(connected):
        """Closes with a reset."""
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connected.close()

    # What is lost

    def lose(self, sender, flags=None, times=None, where=lambda segment: True):
        """From now on the bridge loses that sender's segments: with these flags, at most so many, where it holds."""
        left = [times]

        def lost(segment):
            if left[0] == 0 or segment.sender != sender or flags not in (None, segment.flags) or not where(segment):
                return False
            if left[0] is not None:
                left[0] -= 1
            return True

        earlier = self.bridge.drop or (lambda segment: False)
        self.bridge.drop = lambda segment: lost(segment) or earlier(segment)

    # Waiting

    def wait_until(self, condition, what, patience=PATIENCE):
        deadline = time.monotonic() + patience
        while not condition():
            if self.bridge.failure is not None:
                raise self.bridge.failure
            if time.monotonic() > deadline:
                raise Stalled(f"waited {patience:g} s for {what}")
            time.sleep(POLL)

    def await_state(self, connected, state):
        """Waits until the kernel says so of a socket; the state in the kernel's names."""
        self.wait_until(lambda: state_of(connected) == state, f"{state}, the socket is in {state_of(connected)}")

    def await_segments(self, number, where, tap="client"):
        """Waits until so many segments that fulfil the condition have passed the tap."""
        self.wait_until(lambda: sum(1 for s in self.segments(tap) if where(s)) >= number, f"{number} segments")

    def settle(self, quiet=0.25):
        """Waits until nothing has passed for so many seconds from now: longer than a delayed ACK and the way."""
        begin = now()

        def silent():
            return self.bridge.idle and now() - max(begin, self.bridge.last_frame_at) > quiet * 1e9

        self.wait_until(silent, f"{quiet} s of silence", patience=60)

    def look(self):
        self.client.look()
        self.server.look()

    # What was seen

    def segments(self, tap="client"):
        return [passage.segment for passage in list(self.bridge.passages) if passage.tap == tap]

    def expect_last(self, *expected, tap="client"):
        """Raises UnexpectedShape unless the tap's last segments are these, as "sender flags" or "sender flags length".

        A link that the command line made worse may give any shape: then nothing is checked.
        """
        if not self.strict:
            return
        seen = [str(segment) for segment in self.segments(tap)[-len(expected) :]]
        if seen != list(expected):
            raise UnexpectedShape(f"expected {', '.join(expected)}; seen {', '.join(seen)}")

    def expect_shape(self, holds, what):
        """The same for what the scenario found out itself."""
        if self.strict and not holds:
            raise UnexpectedShape(f"expected {what}; seen {', '.join(map(str, self.segments()))}")

    def expect_all(self, *expected, tap="client"):
        seen = self.segments(tap)
        if self.strict and len(seen) != len(expected):
            raise UnexpectedShape(f"expected {len(expected)} segments; seen {', '.join(map(str, seen))}")
        self.expect_last(*expected, tap=tap)

    def _kept(self, made):
        self._sockets.append(made)
        return made


def state_of(connected):
    return TCP_INFO_STATES[connected.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] - 1]
