"""How connections close in order."""

import socket

from ..laboratory import REQUEST, RESPONSE
from .scenario import scenario
from .steps import end_of_stream, four_segment_close, three_segment_close


@scenario("an HTTP request and response; the client closes first, the server half a second later: four segments")
def http_close_by_client(lab):
    session = lab.session()
    lab.exchange(session)
    four_segment_close(lab, "client", *session, pause=0.5)


@scenario("an HTTP request and response; the client closes, the server answers FIN and ACK in one: three segments")
def three_segment_close_by_client(lab):
    session = lab.session()
    lab.exchange(session)
    three_segment_close(lab, "client", *session)


@scenario("the server closes first, the client later: four segments")
def close_by_server(lab):
    session = lab.session()
    lab.exchange(session)
    four_segment_close(lab, "server", *session, pause=0.3)


@scenario("the server closes first, the client answers at once: three segments")
def three_segment_close_by_server(lab):
    session = lab.session()
    lab.exchange(session)
    three_segment_close(lab, "server", *session)


@scenario("both ends close at once: the FINs cross, neither acknowledges the other", delay=30.0)
def simultaneous_close(lab):
    session = lab.session()
    lab.exchange(session)
    session.client.shutdown(socket.SHUT_WR)
    session.server.shutdown(socket.SHUT_WR)
    for end in session:
        lab.await_state(end, "CLOSE")
    lab.settle()
    lab.expect_last("client F.", "server F.", "client .", "server .")


@scenario("both ends close at once behind octets that cross as well", delay=30.0)
def simultaneous_close_with_data(lab):
    session = lab.session()
    lab.exchange(session)
    for end, octets in zip(session, (REQUEST, RESPONSE)):
        end.sendall(octets)
        end.shutdown(socket.SHUT_WR)
    for end in session:
        lab.await_state(end, "CLOSE")
    lab.settle()


@scenario("the client ends its stream with its request and reads on: the server's data flow after it, then its FIN")
def half_close(lab):
    session = lab.session()
    session.client.sendall(REQUEST)
    session.client.shutdown(socket.SHUT_WR)
    lab.receive(session.server, len(REQUEST))
    end_of_stream(session.server)
    lab.await_state(session.client, "FIN_WAIT2")
    for line in (b"first line\n", b"second line\n", b"third line\n"):
        session.server.sendall(line)
        lab.receive(session.client, len(line))
        lab.settle(0.1)
    session.server.shutdown(socket.SHUT_WR)
    for end in session:
        lab.await_state(end, "CLOSE")
    lab.settle()
    lab.expect_last("server F.", "client .")


@scenario("the server ends its stream first, the client's data flow after it, then the client's FIN")
def half_close_by_server(lab):
    session = lab.session()
    session.server.sendall(b"ready\n")
    session.server.shutdown(socket.SHUT_WR)
    lab.receive(session.client, 6)
    end_of_stream(session.client)
    lab.await_state(session.server, "FIN_WAIT2")
    for line in (b"first line\n", b"second line\n", b"third line\n"):
        session.client.sendall(line)
        lab.receive(session.server, len(line))
        lab.settle(0.1)
    session.client.shutdown(socket.SHUT_WR)
    for end in session:
        lab.await_state(end, "CLOSE")
    lab.settle()
    lab.expect_last("client F.", "server .")


@scenario("the response and the FIN in one segment, the client's FIN answers it")
def fin_with_data(lab):
    session = lab.session()
    session.client.sendall(REQUEST)
    lab.receive(session.server, len(REQUEST))
    lab.settle()
    # With MSG_MORE the kernel holds the octets back until the FIN that goes with them.
    session.server.send(RESPONSE, socket.MSG_MORE)
    session.server.shutdown(socket.SHUT_WR)
    lab.receive(session.client, len(RESPONSE))
    end_of_stream(session.client)
    session.client.shutdown(socket.SHUT_WR)
    for end in session:
        lab.await_state(end, "CLOSE")
    lab.settle()
    lab.expect_shape(any("F" in s.flags and s.length for s in lab.segments()), "a FIN with octets")


@scenario("the client's socket is gone, its kernel forgets FIN-WAIT-2 in a second and resets the server's late data")
def orphaned_fin_wait_2(lab):
    lab.client.namespace.sysctl("net.ipv4.tcp_fin_timeout", 1)
    session = lab.session()
    lab.exchange(session)
    session.client.close()
    lab.await_state(session.server, "CLOSE_WAIT")
    lab.settle(0.2)
    lab.look()
    lab.settle(3.0)
    session.server.sendall(b"too late\n")
    lab.await_state(session.server, "CLOSE")
    lab.settle()
    lab.expect_last("client F.", "server .", "server P. 9", "client R")


@scenario("the client closes first and connects again from the same port within its TIME-WAIT")
def port_reuse(lab):
    _again_from_the_same_port(lab, "client")


@scenario("the server closes first; the client's next SYN from the same port finds the server in TIME-WAIT")
def port_reuse_server_time_wait(lab):
    _again_from_the_same_port(lab, "server")


def _again_from_the_same_port(lab, closing_first):
    lab.sysctl("net.ipv4.tcp_tw_reuse", 1)
    listener = lab.listener()
    session = lab.session(listener)
    port = session.client.getsockname()[1]
    lab.exchange(session)
    four_segment_close(lab, closing_first, *session)
    lab.look()
    # A client may take a TIME-WAIT's ports again once its timestamp has moved on by a second.
    lab.settle(1.2)
    session = lab.session(listener, port=port)
    lab.exchange(session)
    four_segment_close(lab, closing_first, *session)
