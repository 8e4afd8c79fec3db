"""Closings that many scenarios share, step by step."""

import socket


def four_segment_close(lab, by, client, server, pause=0.0):
    """That side closes; the other's FIN is sent after its acknowledgment of the first has arrived."""
    first, second = (client, server) if by == "client" else (server, client)
    first.shutdown(socket.SHUT_WR)
    lab.await_state(second, "CLOSE_WAIT")
    lab.await_state(first, "FIN_WAIT2")
    lab.settle(pause or 0.1)
    second.shutdown(socket.SHUT_WR)
    lab.await_state(first, "CLOSE")
    lab.await_state(second, "CLOSE")
    first.close()
    second.close()
    other = "server" if by == "client" else "client"
    lab.settle(0.1)
    lab.expect_last(f"{by} F.", f"{other} .", f"{other} F.", f"{by} .")


def three_segment_close(lab, by, client, server):
    """That side closes; the other answers within its delayed ACK's 40 ms: one segment is both ACK and FIN."""
    first, second = (client, server) if by == "client" else (server, client)
    first.shutdown(socket.SHUT_WR)
    end_of_stream(second)
    second.shutdown(socket.SHUT_WR)
    lab.await_state(first, "CLOSE")
    lab.await_state(second, "CLOSE")
    other = "server" if by == "client" else "client"
    lab.settle(0.1)
    lab.expect_last(f"{by} F.", f"{other} F.", f"{by} .")


def end_of_stream(connected):
    if connected.recv(1):
        raise AssertionError("octets where the stream should have ended")
