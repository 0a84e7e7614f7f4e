"""Training: play, steps, starts, speed."""

from __future__ import annotations

from nnviz.ui import deeds
from nnviz.ui.workbench import Command

RUN: tuple[Command, ...] = (
    Command(
        "play",
        "Play or pause",
        "run",
        lambda bench: bench.parts.player.toggle(),
        "Train, or stand still.",
        ("Space",),
        "play",
        naming=deeds.play_name,
        drawing=lambda bench: deeds.play_name(bench).lower(),
    ),
    Command(
        "step-epoch",
        "Step one epoch",
        "run",
        lambda bench: bench.parts.player.step_epoch(),
        "Train to the end of the epoch.",
        ("S",),
        "step-epoch",
    ),
    Command(
        "step-batch",
        "Step one batch",
        "run",
        lambda bench: bench.parts.player.step_batch(),
        "Do a single update of the weights.",
        ("Shift+S",),
        "step-batch",
    ),
    Command(
        "reset",
        "Reset",
        "run",
        lambda bench: bench.parts.player.reset(),
        "Go back to where the weights started.",
        ("R",),
        "reset",
        1,
    ),
    Command(
        "new-start",
        "New start",
        "run",
        deeds.new_start,
        "Begin from other weights.",
        ("N",),
        "new-start",
        1,
    ),
    Command(
        "race-again",
        "Race again",
        "run",
        lambda bench: bench.parts.player.race_again(),
        "Let the optimizers start again on the loss surface; the network stays where it is.",
        ("Shift+R",),
        "race-again",
        1,
    ),
    Command(
        "leave-page",
        "Leave Playground's rules",
        "run",
        deeds.leave_page,
        "Draw other points and begin again by NNViz's own rules.",
        group=1,
        enabled=deeds.is_page,
    ),
    Command(
        "range-test",
        "Learning-rate range test…",
        "run",
        deeds.dialog("range-test"),
        "Find the rate at which the loss falls fastest from here.",
        group=1,
    ),
    Command("faster", "Faster", "run", deeds.faster, "Train faster.", ("]",), "faster", 2),
    Command("slower", "Slower", "run", deeds.slower, "Train slower.", ("[",), "slower", 2),
)
