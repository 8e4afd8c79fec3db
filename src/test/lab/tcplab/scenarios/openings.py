"""How connections open, or don't."""

import contextlib
import socket

from ..laboratory import REQUEST
from .scenario import scenario
from .steps import four_segment_close


@scenario("nothing listens at the server's port: a reset answers the SYN")
def refused(lab):
    with contextlib.suppress(ConnectionRefusedError):
        lab.caller().connect(lab.server_address())
    lab.expect_all("client S", "server R.")


@scenario("nothing answers the SYN: it is lost on the way, and so are its retransmissions")
def unanswered(lab):
    lab.listener()
    lab.client.namespace.sysctl("net.ipv4.tcp_syn_linear_timeouts", 0)
    lab.lose("client")
    caller = lab.caller()
    caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_SYNCNT, 2)
    with contextlib.suppress(TimeoutError):
        caller.connect(lab.server_address())
    lab.expect_all("client S", "client S", "client S")


@scenario("the client gives up while its SYN is unanswered, and the SYN,ACK then finds nobody", delay=100.0)
def abandoned_open(lab):
    lab.listener()
    caller = lab.caller()
    lab.begin(caller)
    lab.await_segments(1, lambda s: s.flags == "S", tap="server")
    caller.close()
    lab.look()
    lab.settle()
    lab.expect_all("client S", "server S.", "client R")


@scenario("both ends connect to each other at once: the SYNs cross", delay=30.0)
def simultaneous_open(lab):
    client, server = _call_each_other(lab)
    for caller in (client, server):
        lab.await_state(caller, "ESTABLISHED")
    lab.settle()
    opening = [str(segment) for segment in lab.segments()[:4]]
    lab.expect_shape(opening == ["client S", "server S", "client S.", "server S."], "crossing SYNs")
    client.sendall(b"hello from one end\n")
    lab.receive(server, 19)
    server.sendall(b"hello from the other end\n")
    lab.receive(client, 25)
    lab.settle()
    four_segment_close(lab, "client", client, server)


@scenario("both ends connect at once, and one SYN,ACK is lost: it comes again", delay=30.0)
def simultaneous_open_syn_ack_lost(lab):
    lab.lose("server", flags="S.", times=1, leg=2)
    client, server = _call_each_other(lab)
    for caller in (client, server):
        lab.await_state(caller, "ESTABLISHED")
    lab.settle()
    lab.receive_all(client, server, b"hello from one end\n")
    lab.settle()
    four_segment_close(lab, "client", client, server)


@scenario("both ends connect at once, no SYN,ACK arrives: both give up in SYN-RECEIVED", delay=30.0)
def simultaneous_open_given_up(lab):
    for side in ("client", "server"):
        lab.lose(side, flags="S.", leg=2)
        getattr(lab, side).namespace.sysctl("net.ipv4.tcp_syn_linear_timeouts", 0)
    callers = _call_each_other(lab, attempts=1)
    for caller in callers:
        lab.await_state(caller, "CLOSE")


def _call_each_other(lab, attempts=None):
    client, server = lab.caller(), lab.counter_caller()
    for caller, address in ((client, lab.server_address()), (server, lab.client_address())):
        if attempts is not None:
            caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_SYNCNT, attempts)
        caller.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            caller.connect(address)
        caller.settimeout(10)
    return client, server


@scenario("a session over IPv6")
def ipv6(lab):
    session = lab.session(family=socket.AF_INET6)
    lab.exchange(session)
    four_segment_close(lab, "client", *session)


@scenario("a session as a trunk's mirror shows it, tagged VLAN 42", vlan=42)
def vlan(lab):
    session = lab.session()
    lab.exchange(session)
    four_segment_close(lab, "client", *session)


@scenario("the server answers with SYN cookies: it keeps no state until the third segment")
def syn_cookies(lab):
    lab.server.namespace.sysctl("net.ipv4.tcp_syncookies", 2)
    session = lab.session()
    lab.exchange(session)
    four_segment_close(lab, "client", *session)


@scenario("the server's queue is full: SYNs go unanswered until it accepts")
def backlog_full(lab):
    listener = lab.listener(backlog=0)
    first, second = lab.caller(), lab.caller()
    first.connect(lab.server_address())
    lab.begin(second)
    lab.await_segments(2, lambda s: s.flags == "S" and s.client_port == second.getsockname()[1])
    accepted = lab.accept(listener)
    lab.await_state(second, "ESTABLISHED")
    other = lab.accept(listener)
    lab.settle()
    four_segment_close(lab, "client", first, accepted)
    four_segment_close(lab, "client", second, other)


@scenario("the third segment and all after it are lost: the server sends its SYN,ACK again and stays half open")
def half_open(lab):
    lab.server.namespace.sysctl("net.ipv4.tcp_synack_retries", 2)
    lab.listener()
    lab.lose("client", where=lambda s: "S" not in s.flags)
    caller = lab.caller()
    caller.connect(lab.server_address())
    lab.await_segments(2, lambda s: s.flags == "S.")
    lab.look()
    lab.settle()


@scenario("the third segment is lost, the request completes the handshake")
def handshake_ack_lost(lab):
    listener = lab.listener()
    lab.lose("client", flags=".", times=1)
    caller = lab.caller()
    caller.connect(lab.server_address())
    caller.sendall(REQUEST)
    server = lab.accept(listener)
    lab.receive(server, len(REQUEST))
    lab.settle()
    four_segment_close(lab, "client", caller, server)


@scenario("the first SYN is lost and sent again")
def syn_lost(lab):
    lab.lose("client", flags="S", times=1)
    session = lab.session()
    lab.exchange(session)
    four_segment_close(lab, "client", *session)


@scenario("the first SYN,ACK is lost: the SYN and the SYN,ACK come again")
def syn_ack_lost(lab):
    lab.lose("server", flags="S.", times=1)
    session = lab.session()
    lab.exchange(session)
    four_segment_close(lab, "client", *session)
