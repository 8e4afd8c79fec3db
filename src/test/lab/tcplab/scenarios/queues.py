"""Servers that know of a connection and do not take it yet: full queues, deferred accepts, cookies."""

import socket

from ..laboratory import REQUEST, RESPONSE
from .scenario import scenario
from .steps import four_segment_close


def _last_finds_queue_full(lab):
    """Room for three; the last two of four come at once. The fourth's ACK is ignored, and its client does not know.

    With less room the kernel would answer the SYNs with cookies, and keep nothing.
    """
    listener = lab.listener(backlog=2)
    callers = [lab.caller() for _ in range(4)]
    for caller in callers[:2]:
        caller.connect(lab.server_address())
    lab.settle(0.1)
    for caller in callers[2:]:
        lab.begin(caller)
    for caller in callers[2:]:
        lab.await_state(caller, "ESTABLISHED")
    lab.settle(0.1)
    callers[3].sendall(b"hello")
    return listener, callers


@scenario("the accept queue is full for good: the third segment and the octets after it are ignored", delay=30.0)
def accept_queue_full(lab):
    _, callers = _last_finds_queue_full(lab)
    port = callers[3].getsockname()[1]
    lab.await_segments(4, lambda s: s.client_port == port and s.length == 5)
    lab.look()
    lab.settle()


@scenario("the accept queue is full, and has room a second later: ESTABLISHED then", delay=30.0)
def accept_queue_full_then_room(lab):
    listener, callers = _last_finds_queue_full(lab)
    port = callers[3].getsockname()[1]
    lab.await_segments(3, lambda s: s.client_port == port and s.length == 5)
    servers = [lab.accept(listener) for _ in callers]
    lab.receive(servers[3], 5)
    lab.settle()
    four_segment_close(lab, "client", callers[3], servers[3])
    four_segment_close(lab, "server", callers[2], servers[2])


@scenario("deferred accept: the third segment does not count, the request does")
def deferred_accept(lab):
    listener = lab.listener()
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 30)
    caller = lab.caller()
    caller.connect(lab.server_address())
    lab.settle(0.5)
    lab.look()
    caller.sendall(REQUEST)
    server = lab.accept(listener)
    lab.receive(server, len(REQUEST))
    lab.receive_all(server, caller, RESPONSE)
    lab.settle()
    four_segment_close(lab, "client", caller, server)


@scenario("deferred accept, and the client says nothing: the server stays in SYN-RECEIVED")
def deferred_accept_silent(lab):
    listener = lab.listener()
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 30)
    caller = lab.caller()
    caller.connect(lab.server_address())
    lab.settle(4.0)


@scenario("SYN cookies, and the third segment is lost: the server knows of nothing until the request comes")
def syn_cookies_ack_lost(lab):
    lab.server.namespace.sysctl("net.ipv4.tcp_syncookies", 2)
    listener = lab.listener()
    lab.lose("client", flags=".", times=1, leg=2)
    caller = lab.caller()
    caller.connect(lab.server_address())
    lab.settle()
    caller.sendall(REQUEST)
    server = lab.accept(listener)
    lab.receive(server, len(REQUEST))
    lab.settle()
    four_segment_close(lab, "client", caller, server)


@scenario("SYN cookies, and nothing after the SYN arrives: the server never knows")
def syn_cookies_unused(lab):
    lab.server.namespace.sysctl("net.ipv4.tcp_syncookies", 2)
    lab.listener()
    lab.lose("client", where=lambda s: "S" not in s.flags, leg=2)
    caller = lab.caller()
    caller.connect(lab.server_address())
    caller.sendall(REQUEST)
    lab.settle(1.0)
