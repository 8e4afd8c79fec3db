"""Frames that no end sent: forged segments, and a router's ICMP errors."""

import struct

from .segment import FLAGS, TCP, Segment, parse

IPV4_HEADER = 20
DESTINATION_UNREACHABLE = 3
HOST_UNREACHABLE, PORT_UNREACHABLE, ADMINISTRATIVELY_PROHIBITED = 1, 3, 13
BITS = {letters: bits for bits, letters in FLAGS.items()}


def segment_like(frame, sender, flags, seq_off=0, seq=None, ack=None):
    """A segment without octets in the place of that sender's: its addresses, ports and options, flags and numbers new.

    `seq_off` is added to the number that follows the given segment's.
    """
    given = parse(frame, sender)
    follows = given.seq + given.length + ("S" in given.flags) + ("F" in given.flags)
    return _finished(
        bytearray(frame[: _end_of_header(frame)]),
        sender,
        flags,
        follows + seq_off if seq is None else seq,
        given.ack if ack is None else ack,
    )


def answer_to(frame, sender, flags, seq=0, ack=0):
    """A segment without octets and options from the other end."""
    other = {"client": "server", "server": "client"}[sender]
    start = _start_of_header(frame)
    turned = bytearray(frame[: start + 20])
    turned[0:6], turned[6:12] = frame[6:12], frame[0:6]
    turned[26:30], turned[30:34] = frame[30:34], frame[26:30]
    turned[start : start + 2], turned[start + 2 : start + 4] = frame[start + 2 : start + 4], frame[start : start + 2]
    turned[start + 12] = 5 << 4
    return _finished(turned, other, flags, seq, ack)


def _start_of_header(frame):
    return 14 + (frame[14] & 0x0F) * 4


def _end_of_header(frame):
    start = _start_of_header(frame)
    return start + (frame[start + 12] >> 4) * 4


def _finished(frame, sender, flags, seq, ack):
    """The frame with these numbers, its lengths and its checksums right, and the segment in it."""
    start, end = _start_of_header(frame), len(frame)
    struct.pack_into("!H", frame, 16, end - 14)
    struct.pack_into("!II", frame, start + 4, seq % 2**32, ack % 2**32 if "." in flags else 0)
    frame[start + 13] = BITS[flags]
    _set_checksum(frame, 24, 14, start)
    _set_checksum(frame, start + 16, start, end, bytes(frame[26:34]) + struct.pack("!BBH", 0, TCP, end - start))
    return bytes(frame), parse(frame, sender)


def icmp_error(frame, segment, code, router="10.9.255.254"):
    """Destination unreachable, to the sender of the frame, which it quotes: IP header and 8 octets."""
    quoted = frame[14 : 14 + (frame[14] & 0x0F) * 4 + 8]
    message = bytearray(struct.pack("!BBHI", DESTINATION_UNREACHABLE, code, 0, 0) + quoted)
    _set_checksum(message, 2, 0, len(message))
    header = bytearray(struct.pack("!BBHHHBBH", 0x45, 0, IPV4_HEADER + len(message), 0, 0, 64, 1, 0))
    header += bytes(map(int, router.split("."))) + frame[26:30]
    _set_checksum(header, 10, 0, len(header))
    made = frame[6:12] + frame[0:6] + b"\x08\x00" + bytes(header + message)
    other = {"client": "server", "server": "client"}[segment.sender]
    return made, Segment(other, segment.client_port, "icmp", 0, 0, 0, 0)


def _set_checksum(buffer, at, begin, end, before=b""):
    """Writes the Internet checksum of buffer[begin:end], counted with 0 in its own place, and of what goes before."""
    struct.pack_into("!H", buffer, at, 0)
    covered = before + bytes(buffer[begin:end])
    covered += bytes(len(covered) % 2)
    total = sum(struct.unpack(f"!{len(covered) // 2}H", covered))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    struct.pack_into("!H", buffer, at, ~total & 0xFFFF)
