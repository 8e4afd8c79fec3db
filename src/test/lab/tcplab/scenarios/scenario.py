"""The list of scenarios: a function that drives a laboratory, with a name and a sentence."""

from dataclasses import dataclass, field
from typing import Callable, Optional

SCENARIOS = {}


@dataclass(frozen=True)
class Scenario:
    name: str
    summary: str
    play: Callable
    link: dict = field(default_factory=dict)
    vlan: Optional[int] = None
    crowd: bool = False
    tail: float = 0.0


def scenario(summary, vlan=None, crowd=False, tail=0.0, delay=10.0, **link):
    """Registers the function under its name, hyphens for underscores. `link` as in `Link`; 10 ms one way.

    A crowd is played only where it is named. `tail`: seconds of quiet at the end, and then a bell.
    """

    def register(play):
        name = play.__name__.replace("_", "-")
        SCENARIOS[name] = Scenario(name, summary, play, {"delay": delay, **link}, vlan, crowd, tail)
        return play

    return register
