"""Many connections at once."""

import contextlib
import socket

from ..laboratory import REQUEST, RESPONSE
from .scenario import scenario

WAVE = 200


def _close_by_client(client, server):
    client.shutdown(socket.SHUT_WR)
    yield
    server.shutdown(socket.SHUT_WR)


def _close_by_server(client, server):
    server.shutdown(socket.SHUT_WR)
    yield
    client.shutdown(socket.SHUT_WR)


def _close_at_once(client, server):
    client.shutdown(socket.SHUT_WR)
    server.shutdown(socket.SHUT_WR)
    yield


def _abort_by_client(client, server):
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    client.close()
    yield


def _abort_by_server(client, server):
    server.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    server.close()
    yield


def _half_close(client, server):
    client.shutdown(socket.SHUT_WR)
    yield
    server.sendall(b"one more line\n")


def _stay_open(client, server):
    yield


ENDINGS = (
    _close_by_client,
    _close_by_server,
    _close_at_once,
    _abort_by_client,
    _abort_by_server,
    _half_close,
    _stay_open,
)


@scenario("--count connections, opened in waves, that all live at once and end in seven ways", crowd=True)
def many(lab):
    listener = lab.listener(backlog=4096)
    lab.server.namespace.sysctl("net.ipv4.tcp_max_syn_backlog", 4096)
    pairs = []
    for begin in range(0, lab.count, WAVE):
        callers = {}
        for _ in range(min(WAVE, lab.count - begin)):
            caller = lab.caller()
            callers[caller.getsockname()[1]] = caller
            lab.begin(caller)
        for _ in callers:
            server = lab.accept(listener)
            pairs.append((callers[server.getpeername()[1]], server))
    pairs.sort(key=lambda pair: pair[0].getsockname()[1])
    for client, _ in pairs:
        client.sendall(REQUEST)
    for client, server in pairs:
        lab.receive(server, len(REQUEST))
        server.sendall(RESPONSE)
    for client, _ in pairs:
        lab.receive(client, len(RESPONSE))
    lab.settle()
    endings = [ENDINGS[number % len(ENDINGS)](*pair) for number, pair in enumerate(pairs)]
    for _ in range(2):
        for ending in endings:
            with contextlib.suppress(StopIteration):
                next(ending)
        lab.settle()
