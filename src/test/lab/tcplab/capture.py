"""Capture files: pcap with nanoseconds, and a minimal pcapng."""

import struct

ETHERNET = 1
SNAP_LENGTH = 262144
VLAN_TAG_AT = 12


class PcapCapture:
    """A pcap file, times in nanoseconds. With a VLAN identifier each frame is tagged as a trunk's mirror shows it."""

    def __init__(self, path, tap, vlan=None):
        self._file = open(path, "wb")
        self._tag = b"" if vlan is None else struct.pack("!HH", 0x8100, vlan)
        self._begin(tap)

    def record(self, time, frame):
        self._record(time, frame[:VLAN_TAG_AT] + self._tag + frame[VLAN_TAG_AT:] if self._tag else frame)

    def close(self):
        self._file.close()

    def _begin(self, tap):
        self._file.write(struct.pack("<IHHiIII", 0xA1B23C4D, 2, 4, 0, 0, SNAP_LENGTH, ETHERNET))

    def _record(self, time, frame):
        seconds, nanos = divmod(time, 1_000_000_000)
        self._file.write(struct.pack("<IIII", seconds, nanos, len(frame), len(frame)) + frame)


class PcapngCapture(PcapCapture):
    """A pcapng file: one section, one interface named after the tap, enhanced packet blocks in nanoseconds."""

    SECTION_HEADER, INTERFACE_DESCRIPTION, ENHANCED_PACKET = 0x0A0D0D0A, 1, 6
    IF_NAME, IF_TSRESOL = 2, 9

    def _begin(self, tap):
        self._block(self.SECTION_HEADER, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1))
        options = (
            self._option(self.IF_NAME, tap.encode()) + self._option(self.IF_TSRESOL, b"\x09") + self._option(0, b"")
        )
        self._block(self.INTERFACE_DESCRIPTION, struct.pack("<HHI", ETHERNET, 0, SNAP_LENGTH) + options)

    def _record(self, time, frame):
        head = struct.pack("<IIIII", 0, time >> 32, time & 0xFFFFFFFF, len(frame), len(frame))
        self._block(self.ENHANCED_PACKET, head + self._padded(frame))

    def _block(self, kind, body):
        length = struct.pack("<I", 12 + len(body))
        self._file.write(struct.pack("<I", kind) + length + body + length)

    def _option(self, code, value):
        return struct.pack("<HH", code, len(value)) + self._padded(value)

    @staticmethod
    def _padded(octets):
        return octets + bytes(-len(octets) % 4)


FORMATS = {"pcap": PcapCapture, "pcapng": PcapngCapture}
