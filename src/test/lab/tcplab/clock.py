"""One clock for captures and kernel events: nanoseconds since the epoch that never step back."""

import time

# The kernel's trace clock "mono" is CLOCK_MONOTONIC; one offset for the whole run puts both records on one time line.
EPOCH_OFFSET = time.time_ns() - time.monotonic_ns()


def now():
    """Nanoseconds since the epoch."""
    return time.monotonic_ns() + EPOCH_OFFSET
