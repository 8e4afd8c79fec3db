"""Many short connections of many kinds, in which each end acts in its own time, as programs do."""

import asyncio
import contextlib
import random
import socket
import struct

from ..laboratory import REQUEST, RESPONSE
from .scenario import scenario

BETWEEN_BEGINNINGS = 0.008
LONGEST = 30.0
BETWEEN_LOOKS = 5.0
# Longer than twice the usual time between two repairs: what is silent for so long was not merely cut off.
QUIET_TAIL = 7.0


class Plan:
    """What both ends of one connection do: steps of (word, number), drawn by the dice."""

    def __init__(self, dice, round_trip):
        self._dice = dice
        self._round_trip = round_trip

    def draw(self):
        """The client's steps and the server's."""
        return self._dice.choice(KINDS)(self)

    def exchange(self):
        """None, one or some requests, and their responses; sometimes the server speaks first."""
        client, server = [], []
        if self._dice.random() < 0.15:
            server.append(("send", 20))
            client.append(("receive", 20))
        for _ in range(self._dice.choice((0, 1, 1, 1, 2, 3))):
            asked = self._dice.choice((1, len(REQUEST), 700, 5000))
            answered = self._dice.choice((1, len(RESPONSE), 3000, 20000))
            client += [("send", asked), ("receive", answered)]
            server += [("receive", asked), self.pause(), ("send", answered)]
        return client, server

    def pause(self):
        """Often none; else up to some round trips, so that all coincidences occur."""
        return ("wait", self._dice.choice((0.0, self._dice.random(), 4 * self._dice.random())) * self._round_trip)

    def octets(self):
        return self._dice.choice((1, 200, 4000, 30000))

    def bye(self):
        """A close by an end that has nothing more to do: the socket kept, or gone."""
        return (self._dice.choice(("shut", "shut", "close")), 0)


def closed_by_client(plan):
    client, server = plan.exchange()
    return client + [plan.pause(), plan.bye(), ("end", 0)], server + [("end", 0), plan.pause(), plan.bye()]


def closed_by_server(plan):
    client, server = plan.exchange()
    return client + [("end", 0), plan.pause(), plan.bye()], server + [plan.pause(), plan.bye(), ("end", 0)]


def closed_by_both(plan):
    client, server = plan.exchange()
    return (
        client + [plan.pause(), ("shut", 0), ("end", 0)],
        server + [plan.pause(), ("shut", 0), ("end", 0)],
    )


def closed_behind_octets(plan):
    """The FIN waits behind octets that are still to be sent, and the other end closes when it has them all."""
    client, server = plan.exchange()
    octets = plan.octets()
    first = [("send", octets), ("shut", 0), ("end", 0)]
    second = [("receive", octets), ("end", 0), plan.pause(), ("shut", 0)]
    return (client + first, server + second) if plan.octets() < 1000 else (client + second, server + first)


def closed_by_both_behind_octets(plan):
    client, server = plan.exchange()
    ask, answer = plan.octets(), plan.octets()
    return (
        client + [plan.pause(), ("send", ask), ("shut", 0), ("receive", answer), ("end", 0)],
        server + [plan.pause(), ("send", answer), ("shut", 0), ("receive", ask), ("end", 0)],
    )


def half_closed_by_client(plan):
    client, server = plan.exchange()
    more = plan.octets()
    return (
        client + [("shut", 0), ("receive", more), ("end", 0)],
        server + [("end", 0), plan.pause(), ("send", more), plan.pause(), ("shut", 0)],
    )


def half_closed_by_server(plan):
    client, server = plan.exchange()
    more = plan.octets()
    return (
        client + [("end", 0), plan.pause(), ("send", more), plan.pause(), ("shut", 0)],
        server + [("shut", 0), ("receive", more), ("end", 0)],
    )


def aborted_by_client(plan):
    client, server = plan.exchange()
    return client + [plan.pause(), ("abort", 0)], server + [("end", 0)]


def aborted_by_server(plan):
    client, server = plan.exchange()
    return client + [("end", 0)], server + [plan.pause(), ("abort", 0)]


def aborted_after_fin(plan):
    client, server = plan.exchange()
    return client + [("shut", 0), plan.pause(), ("abort", 0)], server + [("end", 0), plan.pause(), ("shut", 0)]


def aborted_after_answer(plan):
    """One end closes, the other aborts in its CLOSE-WAIT, or before."""
    client, server = plan.exchange()
    return client + [("shut", 0), ("end", 0)], server + [plan.pause(), ("abort", 0)]


def unread(plan):
    """The server goes without having read: the kernel resets."""
    octets = plan.octets()
    return [("send", octets), ("end", 0)], [plan.pause(), ("close", 0)]


def answered_too_late(plan):
    """The client has closed both ways when the server's octets come: a reset."""
    client, server = plan.exchange()
    return client + [("close", 0)], server + [("end", 0), plan.pause(), ("send", 100), plan.pause(), ("send", 100)]


def left_open(plan):
    return plan.exchange()


def abandoned(plan):
    """The client gives up at once, in SYN-SENT or just established."""
    return [("unconnected", 0), plan.pause(), ("close", 0)], [("end", 0), ("shut", 0)]


# The usual ones more than once.
KINDS = (
    *(closed_by_client, closed_by_server, closed_by_both, closed_behind_octets, closed_by_both_behind_octets) * 2,
    *(half_closed_by_client, half_closed_by_server, aborted_by_client, aborted_by_server, aborted_after_fin),
    *(aborted_after_answer, unread, answered_too_late, left_open, abandoned),
)


@scenario("--count short connections of many kinds, each end in its own time", crowd=True, tail=QUIET_TAIL, delay=5.0)
def varied(lab):
    lab.server.namespace.sysctl("net.ipv4.tcp_max_syn_backlog", 4096)
    listener = lab.listener(backlog=4096)
    asyncio.run(_all(lab, listener))


async def _all(lab, listener):
    links = lab.links.values()
    round_trip = sum(link.delay + link.jitter for link in links) / 1000
    plans = {}
    tasks = [asyncio.create_task(_looks(lab)), asyncio.create_task(_server(lab, listener, plans))]
    clients = []
    for number in range(lab.count):
        caller = lab.caller()
        plan = Plan(random.Random(f"{lab.seed}/{number}"), round_trip)
        steps, plans[caller.getsockname()[1]] = plan.draw()
        clients.append(asyncio.create_task(_client(lab, caller, steps)))
        await asyncio.sleep(BETWEEN_BEGINNINGS)
    await asyncio.wait(clients)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


async def _looks(lab):
    """Stand-ins of the kernel show up only where somebody looks."""
    while True:
        await asyncio.sleep(BETWEEN_LOOKS)
        await asyncio.get_running_loop().run_in_executor(None, lab.look)


async def _client(lab, caller, steps):
    loop = asyncio.get_running_loop()
    caller.setblocking(False)
    with contextlib.suppress(OSError, asyncio.TimeoutError):
        if steps and steps[0][0] == "unconnected":
            lab.begin(caller)
            caller.setblocking(False)
        else:
            await asyncio.wait_for(loop.sock_connect(caller, lab.server_address()), LONGEST)
        await asyncio.wait_for(_act(caller, steps), LONGEST)


async def _server(lab, listener, plans):
    loop = asyncio.get_running_loop()
    listener.setblocking(False)
    acting = set()
    try:
        while True:
            accepted, peer = await loop.sock_accept(listener)
            lab.keep(accepted)
            task = asyncio.create_task(_accepted(accepted, plans[peer[1]]))
            acting.add(task)
            task.add_done_callback(acting.discard)
    except asyncio.CancelledError:
        if acting:
            await asyncio.wait(acting, timeout=LONGEST)
        raise


async def _accepted(accepted, steps):
    with contextlib.suppress(OSError, asyncio.TimeoutError):
        await asyncio.wait_for(_act(accepted, steps), LONGEST)


async def _act(end, steps):
    """Does the steps in order; raises OSError where the connection ends before they do."""
    loop = asyncio.get_running_loop()
    for word, number in steps:
        if word == "wait":
            await asyncio.sleep(number)
        elif word == "send":
            await loop.sock_sendall(end, bytes(number))
        elif word == "receive":
            while number > 0:
                part = await loop.sock_recv(end, number)
                if not part:
                    break
                number -= len(part)
        elif word == "end":
            while await loop.sock_recv(end, 65536):
                pass
        elif word == "shut":
            end.shutdown(socket.SHUT_WR)
        elif word in ("close", "abort"):
            if word == "abort":
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            end.close()
            return
