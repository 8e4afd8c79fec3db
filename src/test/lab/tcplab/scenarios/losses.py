"""Frames lost, and how the ends repair it."""

import socket

from ..laboratory import REQUEST
from .scenario import scenario
from .steps import end_of_stream, four_segment_close


def text(octets):
    """Numbered lines, so that a reader of the capture sees what is missing."""
    line = b"line %05d of a text that is long enough to need many segments\n"
    return b"".join(line % number for number in range(octets // 60))[:octets]


@scenario("a download of 60,000 octets: three of its data segments are lost and sent again")
def loss(lab):
    body = text(60_000)
    session = lab.session()
    session.client.sendall(REQUEST)
    lab.receive(session.server, len(REQUEST))
    number = iter(range(1, 1000))
    lost = (5, 18, 19)
    lab.lose("server", times=3, where=lambda s: s.length > 0 and next(number) in lost)
    lab.transfer(session.server, session.client, body)
    lab.settle()
    four_segment_close(lab, "server", *session)
    resent = _resent(lab, "server")
    lab.expect_shape(len(resent) >= 3, "three retransmissions")


@scenario("a download over a way that loses, doubles and reorders", loss=0.03, duplicate=0.01, reorder=0.03, jitter=2.0)
def bad_way(lab):
    session = lab.session()
    lab.transfer(session.server, session.client, text(60_000))
    session.server.shutdown(socket.SHUT_WR)
    end_of_stream(session.client)
    session.client.shutdown(socket.SHUT_WR)
    lab.await_state(session.client, "CLOSE")
    lab.await_state(session.server, "CLOSE")


@scenario("the first FIN is lost and sent again")
def fin_lost(lab):
    session = lab.session()
    lab.exchange(session)
    lab.lose("client", flags="F.", times=1)
    _close_by_client(lab, session)


@scenario("the acknowledgment of the first FIN is lost: the FIN comes again")
def fin_ack_lost(lab):
    session = lab.session()
    lab.exchange(session)
    lab.lose("server", flags=".", times=1)
    _close_by_client(lab, session)


@scenario("the second FIN is lost and sent again to an end in FIN-WAIT-2")
def second_fin_lost(lab):
    session = lab.session()
    lab.exchange(session)
    lab.lose("server", flags="F.", times=1)
    _close_by_client(lab, session)


@scenario("the last acknowledgment is lost: the second FIN comes again, TIME-WAIT answers it")
def last_ack_lost(lab):
    session = lab.session()
    lab.exchange(session)
    session.client.shutdown(socket.SHUT_WR)
    lab.await_state(session.client, "FIN_WAIT2")
    lab.lose("client", flags=".", times=1)
    session.server.shutdown(socket.SHUT_WR)
    lab.await_state(session.server, "CLOSE")
    lab.settle()
    lab.expect_last("server F.", "client .", "server F.", "client .")


@scenario("the client's FIN and all after it are lost: it gives up in FIN-WAIT-1, the server stays ESTABLISHED")
def fin_unanswered(lab):
    session = lab.session()
    lab.exchange(session)
    lab.lose("client")
    session.client.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 1500)
    session.client.shutdown(socket.SHUT_WR)
    lab.await_state(session.client, "CLOSE")


def _close_by_client(lab, session):
    session.client.shutdown(socket.SHUT_WR)
    end_of_stream(session.server)
    lab.await_state(session.client, "FIN_WAIT2")
    lab.settle()
    session.server.shutdown(socket.SHUT_WR)
    lab.await_state(session.client, "CLOSE")
    lab.await_state(session.server, "CLOSE")


def _resent(lab, sender):
    seen, again = set(), []
    for segment in lab.segments(tap=sender):
        if segment.sender == sender and segment.length:
            if segment.seq in seen:
                again.append(segment)
            seen.add(segment.seq)
    return again
