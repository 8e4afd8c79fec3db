"""What the bridge knows of a frame: enough of TCP to wait for it, to lose it, and to check a capture's shape."""

import struct
from typing import NamedTuple, Optional

IPV4, IPV6, TCP = 0x0800, 0x86DD, 6
FLAG_LETTERS = ((0x01, "F"), (0x02, "S"), (0x04, "R"), (0x08, "P"), (0x10, "."), (0x20, "U"), (0x40, "E"), (0x80, "W"))
FLAGS = {bits: "".join(letter for bit, letter in FLAG_LETTERS if bits & bit) for bits in range(256)}


class Segment(NamedTuple):
    """One TCP segment; flags as tcpdump prints them, window unscaled, length in octets of payload."""

    sender: str
    client_port: int
    flags: str
    seq: int
    ack: int
    window: int
    length: int

    def __str__(self):
        return f"{self.sender} {self.flags}" + (f" {self.length}" if self.length else "")


def parse(frame, sender) -> Optional[Segment]:
    """The segment in an Ethernet frame of a kernel's own (no extension headers, no fragments), or None."""
    ethertype = frame[12] << 8 | frame[13]
    if ethertype == IPV4 and frame[23] == TCP:
        start = 14 + (frame[14] & 0x0F) * 4
        end = 14 + (frame[16] << 8 | frame[17])
    elif ethertype == IPV6 and frame[20] == TCP:
        start = 54
        end = 54 + (frame[18] << 8 | frame[19])
    else:
        return None
    source, destination, seq, ack, offset, bits, window = struct.unpack_from("!HHIIBBH", frame, start)
    client_port = source if sender == "client" else destination
    return Segment(sender, client_port, FLAGS[bits], seq, ack, window, end - start - (offset >> 4) * 4)
