"""What the value of a plan is put down to; each step of the value bridge declares in `model.lines` where it belongs.

A step that declares nothing is a cause of its own.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cause:
    """Something that moves the value of a plan: its public name, its label, and in words what belongs to it."""

    name: str
    label: str
    meaning: str


SPEND = Cause("spend", "Social spend", "the contribution that social brings, less the new money it takes")
TRAINING = Cause("training", "Training", "the contribution of a more competent team")
OTHER_CHANNELS = Cause("other_channels", "Other channels", "the contribution that the other channels lose or gain")
# What costs nothing where no measure of the programme is taken; the programme's own metrics count it.
PROGRAMME = Cause("costs", "Programme costs", "what training, the partner and the leadership seat cost")
