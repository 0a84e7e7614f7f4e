"""What commands do and ask, on the workbench."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from nnviz.engine.rules import NNVizRules, PlaygroundRules
from nnviz.experiment import edits
from nnviz.runtime.scenes import Kept
from nnviz.ui.workbench import Ask, Command, Run, Workbench

SPEEDS = (1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 240.0, 500.0, 1000.0, float("inf"))
"""Epochs a second at which the keys for faster and slower stop."""


def can_undo(bench: Workbench) -> bool:
    """Whether there is a change to take back."""
    return bench.parts.store.undo_label is not None


def can_redo(bench: Workbench) -> bool:
    """Whether there is a change to make again."""
    return bench.parts.store.redo_label is not None


def undo_name(bench: Workbench) -> str:
    """What undo would take back."""
    return f"Undo {bench.parts.store.undo_label or ''}".strip()


def redo_name(bench: Workbench) -> str:
    """What redo would make again."""
    return f"Redo {bench.parts.store.redo_label or ''}".strip()


def play_name(bench: Workbench) -> str:
    """What the space bar would do."""
    return "Pause" if bench.parts.player.is_playing else "Play"


def new_start(bench: Workbench) -> None:
    """Begin from other weights."""
    bench.parts.store.edit("new start", edits.with_new_start)


def is_page(bench: Workbench) -> bool:
    """Whether the rules are Playground's."""
    return isinstance(bench.parts.store.experiment.training.rules, PlaygroundRules)


def leave_page(bench: Workbench) -> None:
    """Go on by NNViz's own rules, from a new start."""
    leave = partial(edits.with_training, rules=NNVizRules())
    bench.parts.store.edit("Playground rules left", leave)


def faster(bench: Workbench) -> None:
    """Go on to the next speed."""
    player = bench.parts.player
    player.set_speed(next((each for each in SPEEDS if each > player.speed), SPEEDS[-1]))


def slower(bench: Workbench) -> None:
    """Go back to the speed before."""
    player = bench.parts.player
    player.set_speed(next((each for each in reversed(SPEEDS) if each < player.speed), SPEEDS[0]))


def view(field: str) -> Ask:
    """Asks whether a field of the view is on."""
    return lambda bench: bool(getattr(bench.parts.store.experiment.view, field))


def switch(field: str, label: str) -> Run:
    """Turns a field of the view on or off."""

    def switch(bench: Workbench) -> None:
        on = not view(field)(bench)
        bench.parts.store.edit(label, lambda experiment: edits.with_view(experiment, **{field: on}))

    return switch


def workspace(key: str) -> Run:
    """Brings the panels of a workspace to the front."""
    return lambda bench: bench.show_workspace(key)


def is_workspace(key: str) -> Ask:
    """Asks whether a workspace is shown."""
    return lambda bench: bench.workspace == key


def pin(bench: Workbench) -> None:
    """Pin what is pointed at to the output, or take the pin away."""
    unit = bench.parts.player.wishes.unit
    bench.parts.store.edit("pin", partial(edits.with_pin, unit=unit))


def look_inside(bench: Workbench) -> None:
    """Take the steps of the optimizers apart, in the workspace with room for it, or stop."""
    store = bench.parts.store
    inside = not store.experiment.landscape.inside
    if inside:
        bench.show_workspace("optimizers")
    store.edit("inner state", partial(edits.with_terrain, inside=inside))


def figures(bench: Workbench) -> None:
    """Show more figures of the network, or stop."""
    player = bench.parts.player
    player.set_wishes(quality="" if player.wishes.quality else "test")


def compare(bench: Workbench) -> None:
    """Keep the map of this moment to compare with, or stop comparing."""
    player = bench.parts.player
    frame = player.picture.frame if player.picture is not None else None
    is_new = player.wishes.kept is None and frame is not None
    kept = Kept(frame.experiment, frame.theta, frame.epoch) if is_new and frame else None
    player.set_wishes(kept=kept)


def dialog(name: str) -> Run:
    """Opens a dialog."""
    return lambda bench: bench.open_dialog(name)


def _wear(choice: str, bench: Workbench) -> None:
    bench.parts.preferences.theme = choice
    bench.parts.look.choose(choice)


def _wears(choice: str, bench: Workbench) -> bool:
    return bench.parts.look.choice == choice


def switch_motion(bench: Workbench) -> None:
    """Let things move, or not."""
    preferences = bench.parts.preferences
    preferences.reduced_motion = not preferences.reduced_motion


def themes(_: Workbench) -> tuple[Command, ...]:
    """The themes there are."""
    choices = (
        ("light", "Light", "Dark letters on a light ground."),
        ("dark", "Dark", "Light letters on a dark ground."),
        ("system", "As the system", "Follow the desktop."),
    )
    return tuple(
        Command(
            f"theme-{key}",
            label,
            "view",
            partial(_wear, key),
            hint,
            checked=partial(_wears, key),
        )
        for key, label, hint in choices
    )


def recent(bench: Workbench) -> tuple[Command, ...]:
    """The files last used, and a way to forget them."""
    clear = Command(
        "clear-recent",
        "Clear this list",
        "file",
        lambda bench: bench.parts.preferences.clear_recent(),
        "Forget all recent files.",
        group=1,
        enabled=lambda bench: bool(bench.parts.preferences.recent),
    )
    return (*map(_recent_file, bench.parts.preferences.recent), clear)


def _recent_file(path: Path) -> Command:
    def open_it(bench: Workbench) -> None:
        bench.documents.open(path)

    return Command(f"recent-{path}", path.name, "file", open_it, f"Open {path}.")


def panels(bench: Workbench) -> tuple[Command, ...]:
    """The panels, to be folded or shown."""
    return tuple(_panel(key, title) for key, title in bench.panel_names.items())


def _panel(key: str, title: str) -> Command:
    return Command(
        f"panel-{key}",
        title,
        "view",
        lambda bench: bench.fold(key),
        f"Show the panel {title}, or fold it away.",
        checked=lambda bench: key not in bench.folded,
    )
