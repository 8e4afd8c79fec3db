"""Open connections in which little happens."""

import socket
import threading

from .losses import text
from .scenario import scenario
from .steps import four_segment_close


@scenario("both ends silent: the client's keep-alives are answered")
def keep_alive(lab):
    session = lab.session()
    lab.exchange(session)
    session.client.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1)
    session.client.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1)
    session.client.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    seen = len(lab.segments())
    lab.await_segments(seen + 4, lambda s: True)
    session.client.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 0)
    lab.expect_last(*["client .", "server ."] * 2)
    four_segment_close(lab, "client", *session)


@scenario("keep-alives that nobody answers: the client gives up, the server stays ESTABLISHED")
def keep_alive_dead_peer(lab):
    session = lab.session()
    lab.exchange(session)
    for option, value in ((socket.TCP_KEEPIDLE, 1), (socket.TCP_KEEPINTVL, 1), (socket.TCP_KEEPCNT, 2)):
        session.client.setsockopt(socket.IPPROTO_TCP, option, value)
    session.client.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    lab.lose("client")
    lab.await_state(session.client, "CLOSE")


@scenario("the server does not read: its window closes, the client probes it, it opens again")
def zero_window(lab):
    body = text(30_000)
    session = lab.session(lab.listener(receive_buffer=4096))
    sending = threading.Thread(target=session.client.sendall, args=(body,))
    sending.start()
    closed = lambda s: s.sender == "server" and s.window == 0 and s.flags == "."
    lab.await_segments(3, closed)
    lab.receive(session.server, len(body))
    sending.join()
    lab.settle()
    four_segment_close(lab, "client", *session)
