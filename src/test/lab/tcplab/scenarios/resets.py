"""Connections that end with a reset."""

import contextlib
import socket

from ..laboratory import REQUEST, RESPONSE
from .scenario import scenario


@scenario("the client aborts in the middle of a session: a reset instead of a FIN")
def abort(lab):
    session = lab.session()
    lab.exchange(session)
    lab.abort(session.client)
    lab.await_state(session.server, "CLOSE")
    lab.expect_last("client R.")


@scenario("the server aborts in the middle of a session")
def abort_by_server(lab):
    session = lab.session()
    lab.exchange(session)
    lab.abort(session.server)
    lab.await_state(session.client, "CLOSE")
    lab.expect_last("server R.")


@scenario("the server closes without having read the request: the kernel resets")
def close_with_unread_data(lab):
    session = lab.session()
    session.client.sendall(REQUEST)
    lab.settle()
    session.server.close()
    lab.await_state(session.client, "CLOSE")
    lab.expect_last("server R.")


@scenario("the server has closed both ways; the client's data get a reset")
def data_after_close(lab):
    session = lab.session()
    lab.exchange(session)
    session.server.close()
    lab.await_state(session.client, "CLOSE_WAIT")
    lab.settle()
    with contextlib.suppress(ConnectionError):
        session.client.sendall(b"anyone there?\n")
    lab.await_state(session.client, "CLOSE")
    lab.expect_last("client P. 14", "server R")


@scenario("the client has sent its FIN and then aborts while the server still sends")
def abort_after_fin(lab):
    session = lab.session()
    session.client.sendall(REQUEST)
    lab.receive(session.server, len(REQUEST))
    session.client.shutdown(socket.SHUT_WR)
    lab.await_state(session.client, "FIN_WAIT2")
    session.server.sendall(RESPONSE)
    lab.receive(session.client, len(RESPONSE))
    lab.settle()
    lab.abort(session.client)
    lab.await_state(session.server, "CLOSE")
    lab.expect_last("client R.")


@scenario("all frames are lost once established; the client gives up after TCP_USER_TIMEOUT")
def user_timeout(lab):
    session = lab.session()
    lab.exchange(session)
    session.client.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 1500)
    lab.lose("client")
    lab.lose("server")
    session.client.sendall(b"hello?\n")
    lab.await_state(session.client, "CLOSE")
