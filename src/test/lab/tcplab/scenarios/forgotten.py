"""Ends that lose a connection without a segment, and how the other finds out (RFC 9293 3.5.1, Figures 8 to 10)."""

import contextlib
import socket

from .scenario import scenario
from .steps import end_of_stream, four_segment_close


@scenario("the server restarts between two requests: the client's next octets get a bare reset")
def server_restarted(lab):
    session = lab.session()
    lab.exchange(session)
    lab.forget(session.server)
    session.client.sendall(b"still there?\n")
    lab.await_state(session.client, "CLOSE")
    lab.expect_last("client P. 13", "server R")


@scenario("the server restarts, and the client's FIN gets the bare reset")
def server_restarted_then_fin(lab):
    session = lab.session()
    lab.exchange(session)
    lab.forget(session.server)
    session.client.shutdown(socket.SHUT_WR)
    lab.await_state(session.client, "CLOSE")
    lab.expect_last("client F.", "server R")


@scenario("Figure 10: the client has crashed, the server's octets discover it")
def figure_10(lab):
    session = lab.session()
    lab.exchange(session)
    lab.forget(session.client)
    session.server.sendall(b"are you there?\n")
    lab.await_state(session.server, "CLOSE")
    lab.expect_last("server P. 15", "client R")


@scenario("Figure 9: the client has crashed and opens again from the same port, the server's ACK discovers it")
def figure_9(lab):
    listener = lab.listener()
    session = lab.session(listener)
    port = session.client.getsockname()[1]
    lab.exchange(session)
    lab.forget(session.client)
    again = lab.session(listener, port=port)
    lab.exchange(again)
    lab.expect_shape(any(str(s) == "client R" for s in lab.segments()), "a bare reset of the client")
    four_segment_close(lab, "client", *again)


@scenario("Figure 8: an old duplicate of a SYN comes first; the client resets what it brings about, and opens")
def figure_8(lab):
    listener = lab.listener()
    lab.lose("client", flags="S", times=1)
    caller = lab.caller()
    lab.begin(caller)
    lab.await_segments(1, lambda s: s.flags == "S")
    syn = lab.segments()[0]
    lab.forge("client", "S", seq=syn.seq - 10_000)
    lab.await_state(caller, "ESTABLISHED")
    server = lab.accept(listener)
    lab.settle()
    lab.expect_shape([s.flags for s in lab.segments()[:6]] == ["S", "S.", "R", "S", "S.", "."], "Figure 8")
    four_segment_close(lab, "client", caller, server)


@scenario("FIN-WAIT-2 has timed out: the server's FIN gets a bare reset")
def fin_wait_2_timed_out(lab):
    lab.client.namespace.sysctl("net.ipv4.tcp_fin_timeout", 1)
    session = lab.session()
    lab.exchange(session)
    session.client.close()
    lab.await_state(session.server, "CLOSE_WAIT")
    lab.settle(0.2)
    lab.look()
    lab.settle(2.5)
    session.server.shutdown(socket.SHUT_WR)
    lab.await_state(session.server, "CLOSE")
    lab.expect_last("client F.", "server .", "server F.", "client R")


@scenario("the client gives up after TCP_USER_TIMEOUT while the way is cut; then the server's octets get a bare reset")
def user_timeout_discovered(lab):
    session = lab.session()
    lab.exchange(session)
    session.client.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 1000)
    lab.lose("client")
    session.client.sendall(b"hello?\n")
    lab.await_state(session.client, "CLOSE")
    lab.mend()
    lab.settle()
    session.server.sendall(b"welcome back\n")
    lab.await_state(session.server, "CLOSE")
    lab.expect_last("server P. 13", "client R")


@scenario("the way is cut between the closes: the second FIN is never acknowledged, its sender gives up in LAST-ACK")
def cut_in_mid_close(lab):
    session = lab.session()
    lab.exchange(session)
    session.client.shutdown(socket.SHUT_WR)
    end_of_stream(session.server)
    lab.await_state(session.client, "FIN_WAIT2")
    lab.lose("server", leg=2)
    lab.lose("client", leg=2)
    session.server.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 1000)
    session.server.shutdown(socket.SHUT_WR)
    lab.await_state(session.server, "CLOSE")
    lab.settle()


@scenario("the way is cut behind the middle after both FINs: only the last acknowledgment is missing")
def cut_before_last_ack(lab):
    session = lab.session()
    lab.exchange(session)
    session.client.shutdown(socket.SHUT_WR)
    end_of_stream(session.server)
    lab.await_state(session.client, "FIN_WAIT2")
    lab.lose("client", leg=2)
    session.server.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 1000)
    session.server.shutdown(socket.SHUT_WR)
    lab.await_state(session.client, "CLOSE")
    lab.await_state(session.server, "CLOSE")
    lab.settle()


@scenario("the server resets; the client opens again from the same port")
def reopened_after_reset(lab):
    listener = lab.listener()
    session = lab.session(listener)
    port = session.client.getsockname()[1]
    lab.exchange(session)
    lab.abort(session.server)
    lab.await_state(session.client, "CLOSE")
    session.client.close()
    again = lab.session(listener, port=port)
    lab.exchange(again)
    four_segment_close(lab, "client", *again)


@scenario("the client gives up in SYN-SENT, its SYN is lost, and opens again from the same port")
def reopened_after_syn_sent(lab):
    listener = lab.listener()
    lab.lose("client", flags="S", times=1)
    first = lab.caller()
    port = first.getsockname()[1]
    with contextlib.suppress(OSError):
        lab.begin(first)
    lab.await_segments(1, lambda s: s.flags == "S")
    first.close()
    again = lab.session(listener, port=port)
    lab.exchange(again)
    four_segment_close(lab, "client", *again)
