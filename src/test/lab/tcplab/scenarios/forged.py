"""Segments that no end sent, and a router's refusals."""

import socket

from ..forge import ADMINISTRATIVELY_PROHIBITED, HOST_UNREACHABLE, PORT_UNREACHABLE
from .scenario import scenario
from .steps import four_segment_close

FAR_AWAY = 90_000_000


def _refused_by_router(lab, code):
    lab.listener()
    lab.lose("client", flags="S", leg=2)
    caller = lab.caller()
    lab.begin(caller)
    lab.await_segments(1, lambda s: s.flags == "S", tap="mid")
    lab.refuse_by_icmp("client", code)
    lab.await_state(caller, "CLOSE")
    lab.expect_all("client S", "server icmp")


@scenario("a router answers the SYN: administratively prohibited")
def icmp_admin_prohibited(lab):
    _refused_by_router(lab, ADMINISTRATIVELY_PROHIBITED)


@scenario("a router answers the SYN: port unreachable")
def icmp_port_unreachable(lab):
    _refused_by_router(lab, PORT_UNREACHABLE)


@scenario("a router answers the SYN: host unreachable")
def icmp_host_unreachable(lab):
    _refused_by_router(lab, HOST_UNREACHABLE)


@scenario("a router's host unreachable in ESTABLISHED is no more than a hint")
def icmp_ignored(lab):
    session = lab.session()
    lab.exchange(session)
    lab.refuse_by_icmp("client", HOST_UNREACHABLE)
    lab.settle()
    lab.exchange(session)
    four_segment_close(lab, "client", *session)


@scenario("a forged RST with the very next number ends the client; the server learns of it when it sends")
def forged_rst(lab):
    session = lab.session()
    lab.exchange(session)
    lab.forge("server", "R")
    lab.await_state(session.client, "CLOSE")
    session.server.sendall(b"one more line\n")
    lab.await_state(session.server, "CLOSE")


@scenario("a forged RST in the window, but not the next number: a challenge ACK, and all goes on")
def forged_rst_in_window(lab):
    session = lab.session()
    lab.exchange(session)
    lab.forge("server", "R", seq_off=1000)
    lab.settle()
    lab.exchange(session)
    four_segment_close(lab, "client", *session)


@scenario("a forged RST out of the window is ignored")
def forged_rst_out_of_window(lab):
    session = lab.session()
    lab.exchange(session)
    lab.forge("server", "R", seq_off=FAR_AWAY)
    lab.settle()
    lab.exchange(session)
    four_segment_close(lab, "client", *session)


@scenario("a forged FIN out of the window is ignored; the real close is simultaneous", delay=30.0)
def forged_fin_out_of_window(lab):
    session = lab.session()
    lab.exchange(session)
    lab.forge("client", "F.", seq_off=FAR_AWAY)
    lab.settle()
    for end in session:
        end.shutdown(socket.SHUT_WR)
    for end in session:
        lab.await_state(end, "CLOSE")


@scenario("a forged FIN in the window, behind a hole that is never filled: the server waits for what is before it")
def forged_fin_behind_hole(lab):
    session = lab.session()
    lab.exchange(session)
    lab.forge("client", "F.", seq_off=500)
    lab.settle()
    lab.abort(session.client)
    lab.await_state(session.server, "CLOSE")


@scenario("a forged FIN that acknowledges what was never sent is ignored")
def forged_fin_ack_of_unsent(lab):
    session = lab.session()
    lab.exchange(session)
    newest = [s for s in lab.segments() if s.sender == "client"][-1]
    lab.forge("client", "F.", ack=newest.ack + FAR_AWAY)
    lab.settle()
    lab.exchange(session)
    four_segment_close(lab, "server", *session)


@scenario("a forged FIN with the very next number: the server closes what the client still uses")
def forged_fin(lab):
    session = lab.session()
    lab.exchange(session)
    lab.forge("client", "F.")
    lab.await_state(session.server, "CLOSE_WAIT")
    lab.settle()
    lab.abort(session.server)
    lab.await_state(session.client, "CLOSE")


@scenario("a forged RST without ACK is no answer to a SYN: the client lives on")
def forged_rst_in_syn_sent(lab):
    listener = lab.listener()
    lab.lose("client", flags="S", times=1, leg=2)
    caller = lab.caller()
    lab.begin(caller)
    lab.await_segments(1, lambda s: s.flags == "S", tap="mid")
    lab.forge_answer("client", "R")
    lab.await_state(caller, "ESTABLISHED")
    server = lab.accept(listener)
    lab.settle()
    four_segment_close(lab, "client", caller, server)
