#!/usr/bin/env python3
"""Makes the captures of RFC 9293's Figures 6 to 13 again: the figures' own segments with the figures' own numbers.

Nothing here was sent by a TCP. A capture shows a figure's arrows in the order of one of its sides: that of peer A, or
where an old duplicate arrives that A never sends again, that of peer B. What takes its time on the way is written `...`
in the figures: of such a segment the capture has the line that its side sees.
"""

import ipaddress
import pathlib
import struct

A, B = "10.9.0.1", "10.9.0.2"
PORT_OF_B = 80
START = 1_700_000_000  # seconds since 1970
APART = 300  # seconds between figures, each with a port of its own, so that all of them can be read as one capture
DELAY = 0.02  # one way
FLAGS = {"FIN": 1, "SYN": 2, "RST": 4, "PSH": 8, "ACK": 16}
MSL = 60

# Lines of a figure: seconds since the line before, sender, flags, sequence number, acknowledgment number, octets of data.
FIGURES = {
    6: [
        (0, A, "SYN", 100, None, 0),
        (2 * DELAY, B, "SYN,ACK", 300, 101, 0),
        (0.001, A, "ACK", 101, 301, 0),
        (0.001, A, "ACK", 101, 301, 10),
    ],
    7: [
        (0, A, "SYN", 100, None, 0),
        (DELAY, B, "SYN", 300, None, 0),
        (0.001, A, "SYN,ACK", 100, 301, 0),
        (DELAY, B, "SYN,ACK", 300, 101, 0),
    ],
    8: [
        (0, A, "SYN", 90, None, 0),  # the old duplicate
        (0.001, B, "SYN,ACK", 300, 91, 0),
        (2 * DELAY, A, "RST", 91, None, 0),
        (0.005, A, "SYN", 100, None, 0),  # the one that was meant, sent before all of this
        (0.001, B, "SYN,ACK", 400, 101, 0),
        (2 * DELAY, A, "ACK", 101, 401, 0),
    ],
    9: [
        (0, A, "SYN", 400, None, 0),
        (2 * DELAY, B, "ACK", 300, 100, 0),  # of the connection before the crash
        (0.001, A, "RST", 100, None, 0),
        (1 - 2 * DELAY, A, "SYN", 400, None, 0),
    ],
    10: [
        (0, B, "ACK", 300, 100, 10),
        (0.001, A, "RST", 100, None, 0),
    ],
    11: [
        (0, A, "SYN", 100, None, 0),  # the old duplicate: A is in LISTEN
        (0.001, B, "SYN,ACK", 300, 101, 0),
        (2 * DELAY, A, "RST", 101, None, 0),
    ],
    12: [
        (0, A, "FIN,ACK", 100, 300, 0),
        (2 * DELAY, B, "ACK", 300, 101, 0),
        (0.5, B, "FIN,ACK", 300, 101, 0),
        (0.001, A, "ACK", 101, 301, 0),
    ],
    13: [
        (0, A, "FIN,ACK", 100, 300, 0),
        (DELAY, B, "FIN,ACK", 300, 100, 0),
        (0.001, A, "ACK", 101, 301, 0),
        (DELAY, B, "ACK", 301, 101, 0),
    ],
}

# A frame of something else that long after the last line, where a figure ends with 2 MSL.
LATER = {12: 2 * MSL + 1, 13: 2 * MSL + 1}


def checksum(octets: bytes) -> int:
    octets += b"\0" * (len(octets) % 2)
    total = sum(struct.unpack(f">{len(octets) // 2}H", octets))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def port(peer, figure) -> int:
    return 40_000 + figure if peer == A else PORT_OF_B


def segment(figure, sender, flags, seq, ack, length) -> bytes:
    receiver = B if sender == A else A
    ports = port(sender, figure), port(receiver, figure)
    bits = sum(FLAGS[flag] for flag in flags.split(","))
    text = b"0123456789"[:length]

    options = b"\x02\x04\x05\xb4" if bits & FLAGS["SYN"] else b""  # a maximum segment size of 1460

    def header(total):
        words = 5 + len(options) // 4
        fixed = struct.pack(">HHIIBBHHH", *ports, seq, ack or 0, words << 4, bits, 8192, total, 0)
        return fixed + options

    addresses = ipaddress.ip_address(sender).packed + ipaddress.ip_address(receiver).packed
    pseudo = addresses + struct.pack(">BBH", 0, 6, 20 + len(options) + length)
    tcp = header(checksum(pseudo + header(0) + text)) + text

    def ip(total):
        return struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(tcp), 0, 0x4000, 64, 6, total) + addresses

    return ip(checksum(ip(0))) + tcp


def mac(peer) -> bytes:
    return bytes([2, 0, 0, 0, 0, 1 if peer == A else 2])


def frames(figure):
    time = START + APART * figure
    for after, sender, flags, seq, ack, length in FIGURES[figure]:
        time += after
        link = mac(B if sender == A else A) + mac(sender) + b"\x08\x00"
        yield time, link + segment(figure, sender, flags, seq, ack, length)
    question = struct.pack(">HHBBH", 1, 0x0800, 6, 4, 1) + mac(A) + bytes([10, 9, 0, 1]) + bytes(6) + bytes([10, 9, 0, 2])
    if figure in LATER:
        yield time + LATER[figure], b"\xff" * 6 + mac(A) + b"\x08\x06" + question


def main():
    here = pathlib.Path(__file__).parent
    for figure in FIGURES:
        capture = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
        for time, frame in frames(figure):
            micros = round(time * 1_000_000)
            capture += struct.pack("<IIII", micros // 1_000_000, micros % 1_000_000, len(frame), len(frame))
            capture += frame
        (here / f"figure-{figure}.pcap").write_bytes(capture)


main()
