"""All scenarios, in the order of a connection's life."""

from . import openings, closings, resets, losses, windows, crowds, varied  # each registers its own
from .scenario import SCENARIOS

__all__ = ["SCENARIOS", "closings", "crowds", "losses", "openings", "resets", "varied", "windows"]
