"""All scenarios, in the order of a connection's life."""

from . import openings, fastopen, queues, closings, resets, forgotten, forged, losses, windows, crowds, varied
from .scenario import SCENARIOS

__all__ = ["SCENARIOS"]
_MODULES = (openings, fastopen, queues, closings, resets, forgotten, forged, losses, windows, crowds, varied)
