"""The laboratory of one scenario: two hosts, the bridge between them, and the means to drive them and to wait."""

import socket
import struct
import threading
import time
from typing import NamedTuple

from .bridge import TAPS, Bridge
from .clock import now
from .forge import answer_to, icmp_error, segment_like
from .host import PATIENCE, Host
from .place import BELL_CLIENT_PORT, FIRST_CLIENT_PORT
from .segment import parse

POLL = 0.0005
TCP_REPAIR = 19
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


class Session(NamedTuple):
    """Both sockets of one connection, each driven from here."""

    client: socket.socket
    server: socket.socket


class Laboratory:
    """Made for one scenario, closed after it. `captures`: tap name to an open capture."""

    def __init__(self, place, captures, links, seed, offload=False, count=1):
        self.place = place
        self.links = links
        self.seed = seed
        self.count = count
        self.strict = True
        self.impersonated = None
        self._sockets = []
        self._next_port = FIRST_CLIENT_PORT
        self.client = Host("client", place, offload)
        self.server = Host("server", place, offload)
        self.client.connect_to(self.server)
        self.server.connect_to(self.client)
        self.bridge = Bridge({"client": self.client.tap, "server": self.server.tap}, captures, links, seed, offload)
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
        made = self.keep(self.server.bound_socket(self.place.server_port, family))
        if receive_buffer is not None:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        made.listen(backlog)
        return made

    def caller(self, port=None, family=socket.AF_INET):
        """A client's socket, bound to the port or the next unused one: the trace knows a connection by its ports."""
        if port is None:
            port = self._next_port
            self._next_port += 1
        return self.keep(self.client.bound_socket(port, family))

    def server_address(self, family=socket.AF_INET):
        return self.server.addresses[family], self.place.server_port

    def client_address(self, port=FIRST_CLIENT_PORT, family=socket.AF_INET):
        return self.client.addresses[family], port

    def counter_caller(self):
        """A server's socket that does not listen: it calls the client."""
        return self.keep(self.server.bound_socket(self.place.server_port))

    def begin(self, caller, family=socket.AF_INET):
        """Sends the SYN and does not wait."""
        caller.setblocking(False)
        try:
            caller.connect(self.server_address(family))
        except BlockingIOError:
            pass
        caller.settimeout(PATIENCE)

    def accept(self, listener):
        accepted, _ = listener.accept()
        accepted.settimeout(PATIENCE)
        return self.keep(accepted)

    def session(self, listener=None, family=socket.AF_INET, port=None):
        """A connection, established at both ends."""
        listener = listener or self.listener(family=family)
        caller = self.caller(port, family)
        caller.connect(self.server_address(family))
        return Session(caller, self.accept(listener))

    def exchange(self, session, request=REQUEST, response=RESPONSE):
        """A request and its response, both read to the last octet and both acknowledged."""
        session.client.sendall(request)
        self.receive(session.server, len(request))
        session.server.sendall(response)
        self.receive(session.client, len(response))
        self.settle()

    def receive_all(self, sender, receiver, octets):
        sender.sendall(octets)
        self.receive(receiver, len(octets))

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

    @staticmethod
    def forget(connected):
        """The socket is gone without a word, as in a restart: a socket in repair is closed silently."""
        connected.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 1)
        connected.close()

    # What is lost

    def lose(self, sender, flags=None, times=None, where=lambda segment: True, leg=1):
        """From now on the bridge loses that sender's segments: with these flags, at most so many, where it holds.

        On the first leg: only the tap at the sender sees them; on the second the one in the middle sees them too.
        """
        left = [times]

        def lost(segment, on):
            if left[0] == 0 or on != leg or segment.sender != sender or flags not in (None, segment.flags):
                return False
            if not where(segment):
                return False
            if left[0] is not None:
                left[0] -= 1
            return True

        earlier = self.bridge.drop or (lambda segment, leg: False)
        self.bridge.drop = lambda segment, leg: lost(segment, leg) or earlier(segment, leg)

    def mend(self):
        """Nothing that `lose` chose is lost any more."""
        self.bridge.drop = None

    # What is forged

    def forge(self, sender, flags, **numbers):
        """The bridge sends a segment in the place of that end, like the last that it sent (see `segment_like`).

        What is seen of it elsewhere than at its own tap is no longer what it did itself.
        """
        self.impersonated = sender
        self.bridge.inject(*segment_like(self.bridge.newest[sender], sender, flags, **numbers))

    def forge_answer(self, to, flags, **numbers):
        """The bridge sends a segment to that end, as if the other answered the last that it sent."""
        self.bridge.inject(*answer_to(self.bridge.newest[to], to, flags, **numbers))

    def refuse_by_icmp(self, sender, code):
        """The bridge answers the last segment of that end as a router that can't or won't deliver it."""
        frame = self.bridge.newest[sender]
        self.bridge.inject(*icmp_error(frame, parse(frame, sender), code))

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

    def ring_after(self, quiet):
        """So many seconds in which nothing passes, and then a connection of its own over a faultless way.

        Its time shows that the silence before it was long: what had not come by then was not merely cut off.
        """
        self.bridge.be_kind()
        try:
            self.settle(quiet)
        except Stalled:
            pass  # some end repairs for ever
        self.mend()
        listener = self.keep(self.server.bound_socket(self.place.bell_port))
        listener.listen()
        caller = self.keep(self.client.bound_socket(BELL_CLIENT_PORT))
        caller.connect((self.server.addresses[socket.AF_INET], self.place.bell_port))
        accepted = self.accept(listener)
        self.receive_all(caller, accepted, REQUEST)
        self.receive_all(accepted, caller, RESPONSE)
        self.settle(0.1)

    def look(self):
        """Notes what `ss` shows at both ends, and returns its lines."""
        return {"client": self.client.look(), "server": self.server.look()}

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

    def sight(self, last=12):
        """The last segments at each tap and the sockets of both ends, in lines, for whoever reads of a failure."""
        passages = list(self.bridge.passages)
        begin = passages[0].time if passages else now()
        lines = []
        for tap in TAPS:
            lines.append(f"last segments at the {tap} tap:")
            shown = [
                f"  {(passage.time - begin) / 1e9:9.6f} {passage.segment.client_port} {passage.segment}"
                for passage in passages
                if passage.tap == tap
            ]
            lines += shown[-last:] or ["  none"]
        for side, shown in self.look().items():
            lines.append(f"sockets of the {side} (ss):")
            lines += [f"  {line}" for line in shown[:last]] or ["  none"]
        return lines

    def keep(self, made):
        """Closes it, when the laboratory ends, with a reset."""
        self._sockets.append(made)
        return made


def state_of(connected):
    return TCP_INFO_STATES[connected.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] - 1]
