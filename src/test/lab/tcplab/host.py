"""One end of the way: a namespace with one device, its addresses, and sockets made in it."""

import socket

from .clock import now
from .namespace import Namespace
from .truth import Snapshot

PATIENCE = 20.0


class Host:
    """One end: a namespace with one device, an IPv4 and an IPv6 address."""

    def __init__(self, side, place, offload):
        self.side = side
        self.addresses = place.addresses(side)
        self.hardware_address = place.hardware_address(side)
        self.namespace = Namespace()
        self.tap = self.namespace.open_tap("lab", offload)
        self.snapshots = []

    def connect_to(self, peer):
        """Brings the device up with static neighbours, so that nothing but TCP needs to be said."""
        for name, value in (
            ("net.ipv6.conf.lab.accept_dad", 0),
            ("net.ipv6.conf.lab.accept_ra", 0),
            ("net.ipv6.conf.lab.router_solicitations", 0),
        ):
            self.namespace.sysctl(name, value)
        commands = ["link set lo up", f"link set lab address {self.hardware_address} txqueuelen 20000 up"]
        for family, length, option in ((socket.AF_INET, 24, ""), (socket.AF_INET6, 64, "nodad")):
            commands.append(f"addr add {self.addresses[family]}/{length} dev lab {option}")
            commands.append(f"neigh add {peer.addresses[family]} lladdr {peer.hardware_address} dev lab nud permanent")
        self.namespace.ip(*commands)

    def bound_socket(self, port=0, family=socket.AF_INET):
        """A new TCP socket, bound; its address may be used again."""
        with self.namespace.entered():
            made = socket.socket(family, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.settimeout(PATIENCE)
        made.bind((self.addresses[family], port))
        return made

    def look(self):
        """Notes the state of every socket, those stand-ins included that the kernel's trace does not show."""
        begin = now()
        lines = self.namespace.output("ss", "-tanH").splitlines()
        self.snapshots.append(Snapshot(begin, now(), lines))
        return lines

    def close(self):
        self.namespace.close()
