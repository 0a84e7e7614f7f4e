"""How things look, and which panels are shown."""

from __future__ import annotations

from nnviz.experiment import edits
from nnviz.ui import deeds
from nnviz.ui.workbench import Command, Submenu
from nnviz.ui.workspaces import WORKSPACES

_WORKSPACES = tuple(
    Command(
        f"workspace-{each.key}",
        each.label,
        "view",
        deeds.workspace(each.key),
        each.hint,
        (str(place),),
        checked=deeds.is_workspace(each.key),
    )
    for place, each in enumerate(WORKSPACES, 1)
)

VIEW: tuple[Command | Submenu, ...] = (
    *_WORKSPACES,
    Submenu("theme", "Theme", "view", deeds.themes, "sun", 1),
    Command(
        "reduced-motion",
        "Reduce motion",
        "view",
        deeds.switch_motion,
        "Let what moves only for beauty stand still.",
        group=1,
        checked=lambda bench: bench.parts.preferences.reduced_motion,
    ),
    Command(
        "show-test",
        "Show test data",
        "view",
        deeds.switch("show_test", "show test data"),
        "Draw the points that the network never trains on.",
        ("T",),
        group=2,
        checked=deeds.view("show_test"),
    ),
    Command(
        "discretize",
        "Discretize output",
        "view",
        deeds.switch("discretize", "discretize output"),
        "Show only which class the network decides for.",
        ("D",),
        group=2,
        checked=deeds.view("discretize"),
    ),
    Command(
        "next-overlay",
        "Next overlay of the network",
        "view",
        lambda bench: bench.parts.store.edit("overlay", edits.with_next_overlay),
        "Let the links show weight, gradient, update or activity in turn.",
        ("O",),
        group=2,
    ),
    Command(
        "probe",
        "Probe",
        "view",
        lambda bench: bench.parts.store.edit("probe", edits.with_probe_switched),
        "Send one point of the plane through the network.",
        ("P",),
        "probe",
        2,
        checked=lambda bench: bench.parts.store.experiment.view.probe is not None,
    ),
    Command(
        "pin",
        "Pin to the output",
        "view",
        deeds.pin,
        "Show the neuron that is pointed at large for good, or take the pin away.",
        ("Shift+P",),
        group=2,
        checked=lambda bench: bench.parts.store.experiment.view.pinned is not None,
    ),
    Command(
        "mistakes",
        "Ring mistakes",
        "view",
        deeds.switch("mistakes", "show mistakes"),
        "Ring the points that are taken for another class.",
        ("W",),
        group=2,
        checked=deeds.view("mistakes"),
    ),
    Command(
        "levels",
        "Levels",
        "view",
        deeds.switch("levels", "show levels"),
        "Draw the lines of the margins, or of round values.",
        ("E",),
        group=2,
        checked=deeds.view("levels"),
    ),
    Command(
        "ghost",
        "Best boundary",
        "view",
        deeds.switch("ghost", "show best boundary"),
        "Draw where classes met at the best epoch.",
        ("G",),
        group=2,
        checked=deeds.view("ghost"),
    ),
    Command(
        "compare",
        "Compare with now",
        "view",
        deeds.compare,
        "Keep the map of this moment and show what changes from now on, or stop.",
        ("C",),
        "compare",
        2,
        checked=lambda bench: bench.parts.player.wishes.kept is not None,
    ),
    Submenu("panels", "Panels", "view", deeds.panels, "layout", 3),
    Command(
        "reset-layout",
        "Reset layout",
        "view",
        lambda bench: bench.reset_layout(),
        "Lay the panels of this workspace as on the first day.",
        group=3,
    ),
    Command(
        "full-screen",
        "Full screen",
        "view",
        lambda bench: bench.toggle_full_screen(),
        "Fill the whole screen, or stop.",
        ("F11",),
        "full-screen",
        4,
        checked=lambda bench: bench.is_full_screen,
    ),
)
