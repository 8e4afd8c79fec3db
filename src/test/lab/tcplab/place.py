"""The addresses and ports of one run: no two runs at once have the same."""

import socket
from typing import NamedTuple

NUMBERS = {"client": 1, "server": 2}
FIRST_CLIENT_PORT = 40001
BELL_CLIENT_PORT = FIRST_CLIENT_PORT - 1
# Below the ports that kernels give to clients, and no service's.
FIRST_SERVER_PORT = 29000


class Place(NamedTuple):
    """`number`: of the run among those on this machine."""

    number: int
    server_port: int

    @property
    def bell_port(self):
        """Of the connection at the very end, which is no part of the scenario."""
        return self.server_port + 1000

    def addresses(self, side):
        """In the form in which the kernel prints them."""
        ipv6 = f"fd00:9:{self.number:x}::{NUMBERS[side]}"
        return {
            socket.AF_INET: f"10.9.{self.number}.{NUMBERS[side]}",
            socket.AF_INET6: socket.inet_ntop(socket.AF_INET6, socket.inet_pton(socket.AF_INET6, ipv6)),
        }

    def all_addresses(self):
        return {address for side in NUMBERS for address in self.addresses(side).values()}

    def hardware_address(self, side):
        return f"02:00:00:00:00:{NUMBERS[side]:02x}"
