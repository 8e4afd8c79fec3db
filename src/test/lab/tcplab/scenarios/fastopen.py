"""Fast Open: octets on the SYN, and servers that are done before the third segment (RFC 7413)."""

import socket

from ..host import PATIENCE
from ..laboratory import REQUEST, RESPONSE
from .scenario import scenario
from .steps import end_of_stream, four_segment_close

TCP_FASTOPEN_QUEUE = 5


@scenario("Fast Open: the first connection gets the cookie, the second carries its request on the SYN")
def fast_open(lab):
    listener = _fast_listener(lab)
    for _ in range(2):
        client = lab.caller()
        client.setblocking(True)
        client.sendto(REQUEST, socket.MSG_FASTOPEN, lab.server_address())
        server = lab.accept(listener)
        lab.receive(server, len(REQUEST))
        server.sendall(RESPONSE)
        lab.receive(client, len(RESPONSE))
        lab.settle()
        four_segment_close(lab, "client", client, server)
    syns = [s for s in lab.segments() if s.flags == "S"]
    lab.expect_shape([s.length for s in syns] == [0, len(REQUEST)], f"SYNs of 0 and {len(REQUEST)} octets")


@scenario("Fast Open with a cookie the server no longer knows: it acknowledges the SYN only, the request comes again")
def fast_open_ignored(lab):
    listener = _fast_listener(lab)
    for key in ("", "00000001-00000002-00000003-00000004"):
        if key:
            lab.server.namespace.sysctl("net.ipv4.tcp_fastopen_key", key)
        client = lab.caller()
        client.setblocking(True)
        client.sendto(REQUEST, socket.MSG_FASTOPEN, lab.server_address())
        server = lab.accept(listener)
        lab.receive(server, len(REQUEST))
        lab.settle()
        four_segment_close(lab, "client", client, server)
    syn = [s for s in lab.segments() if s.flags == "S"][-1]
    answer = [s for s in lab.segments() if s.flags == "S."][-1]
    bare = answer.ack == (syn.seq + 1) % 2**32
    lab.expect_shape(syn.length > 0 and bare, "a SYN with octets, acknowledged without them")


def _opened_with_request(lab, listener):
    """A connection for the cookie, and then one whose request the server has before the third segment."""
    client, server = _request(lab, listener)
    lab.settle()
    four_segment_close(lab, "client", client, server)
    client, server = _request(lab, listener)
    client.settimeout(PATIENCE)
    return client, server


def _request(lab, listener):
    client = lab.caller()
    client.setblocking(False)
    _send_on_syn(lab, client)
    server = lab.accept(listener)
    lab.receive(server, len(REQUEST))
    return client, server


def _send_on_syn(lab, client):
    """With a cookie the request goes on the SYN; without one the SYN asks for it, and the request is sent later."""
    try:
        client.sendto(REQUEST, socket.MSG_FASTOPEN, lab.server_address())
    except BlockingIOError:
        lab.await_state(client, "ESTABLISHED")
        client.sendall(REQUEST)


def _fast_listener(lab):
    lab.sysctl("net.ipv4.tcp_fastopen", 3)
    listener = lab.listener()
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_FASTOPEN, TCP_FASTOPEN_QUEUE)
    return listener


@scenario("Fast Open: the server answers and closes before the third segment has come", delay=40.0)
def fast_open_closed_at_once(lab):
    client, server = _opened_with_request(lab, _fast_listener(lab))
    server.sendall(RESPONSE)
    # Of a socket that is only shut down Linux sends the FIN after the third segment.
    server.close()
    lab.receive(client, len(RESPONSE))
    end_of_stream(client)
    lab.settle()
    client.shutdown(socket.SHUT_WR)
    lab.await_state(client, "CLOSE")
    lab.settle()
    _expect_before_third(lab, "F")


@scenario("Fast Open: the server resets before the third segment has come", delay=40.0)
def fast_open_reset_at_once(lab):
    client, server = _opened_with_request(lab, _fast_listener(lab))
    lab.abort(server)
    lab.await_state(client, "CLOSE")
    _expect_before_third(lab, "R")


@scenario("Fast Open: the server closes with the SYN's octets unread, before the third segment: a reset", delay=40.0)
def fast_open_unread(lab):
    listener = _fast_listener(lab)
    client, server = _opened_with_request(lab, listener)
    lab.abort(server)
    lab.await_state(client, "CLOSE")
    client = lab.caller()
    client.setblocking(False)
    _send_on_syn(lab, client)
    lab.accept(listener).close()
    lab.await_state(client, "CLOSE")
    _expect_before_third(lab, "R")


def _expect_before_third(lab, letter):
    """At the server, its FIN or RST goes out before anything of the client but the SYN has come."""
    port = lab.segments(tap="server")[-1].client_port
    seen = [s for s in lab.segments(tap="server") if s.client_port == port]
    first = next(number for number, s in enumerate(seen) if letter in s.flags)
    early = all(s.sender == "server" or s.flags == "S" for s in seen[:first])
    lab.expect_shape(early, f"{letter} of the server before the third segment")
