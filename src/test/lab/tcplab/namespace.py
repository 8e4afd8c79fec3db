"""Network namespaces without names: the kernel removes one when the last descriptor on it is closed."""

import ctypes
import fcntl
import os
import struct
import subprocess
from contextlib import contextmanager

CLONE_NEWNET = 0x40000000
OWN_NAMESPACE = "/proc/thread-self/ns/net"

TUNSETIFF = 0x400454CA
TUNSETOFFLOAD = 0x400454D0
IFF_TAP = 0x0002
IFF_NO_PI = 0x1000
IFF_VNET_HDR = 0x4000
OFFLOAD_CHECKSUM_AND_SEGMENTATION = 0x1 | 0x2 | 0x4

_libc = ctypes.CDLL(None, use_errno=True)


def _checked(result):
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


class Namespace:
    """A network namespace of its own; sockets and devices made inside `entered()` stay in it."""

    def __init__(self):
        outside = os.open(OWN_NAMESPACE, os.O_RDONLY)
        try:
            _checked(_libc.unshare(CLONE_NEWNET))
            self._fd = os.open(OWN_NAMESPACE, os.O_RDONLY)
            _checked(_libc.setns(outside, CLONE_NEWNET))
        finally:
            os.close(outside)

    @contextmanager
    def entered(self):
        """The calling thread is in the namespace until the block ends."""
        outside = os.open(OWN_NAMESPACE, os.O_RDONLY)
        try:
            _checked(_libc.setns(self._fd, CLONE_NEWNET))
            yield
        finally:
            _checked(_libc.setns(outside, CLONE_NEWNET))
            os.close(outside)

    def sysctl(self, name, value):
        with self.entered(), open("/proc/sys/" + name.replace(".", "/"), "w") as setting:
            setting.write(str(value))

    def ip(self, *commands):
        """Runs `ip` once with all the commands, each without the leading `ip`."""
        self.output("ip", "-batch", "-", lines=commands)

    def output(self, *command, lines=()):
        with self.entered():
            done = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True)
        if done.returncode != 0:
            raise OSError(f"{' '.join(command)}: {done.stderr.strip()}")
        return done.stdout

    def open_tap(self, device, offload):
        """The descriptor of a new TAP device, gone with it. With offload 10 octets of virtio header lead a frame."""
        with self.entered():
            fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        flags = IFF_TAP | IFF_NO_PI | (IFF_VNET_HDR if offload else 0)
        fcntl.ioctl(fd, TUNSETIFF, struct.pack("16sH22x", device.encode(), flags))
        if offload:
            fcntl.ioctl(fd, TUNSETOFFLOAD, OFFLOAD_CHECKSUM_AND_SEGMENTATION)
        return fd

    def close(self):
        os.close(self._fd)
