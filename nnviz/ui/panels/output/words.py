"""What the output panel says: names, scales, and the read-out under the pointer."""

from __future__ import annotations

import math

import numpy as np

from nnviz.engine.features import feature_of
from nnviz.engine.losses import predict
from nnviz.experiment.build import Setup
from nnviz.runtime.frames import Frame, Picture
from nnviz.runtime.scenes import Near, Pointed, Scene, SpacePicture, Unit
from nnviz.ui.controls.numbers import write_plain

Bounds = tuple[str, str, str]
_BOUNDS: dict[str, Bounds] = {
    "tanh": ("−1", "0", "1"),
    "sigmoid": ("0", "0.5", "1"),
    "softmax": ("0", "0.5", "1"),
}
_CALIBRATED = ("sigmoid", "softmax")


def written(loss: float) -> str:
    """A loss with as many figures as can be read at a glance."""
    if not math.isfinite(loss):
        return "∞" if loss > 0 else "–"
    if loss and abs(loss) < 1e-3:
        return f"{loss:.2e}".replace("e-0", "e−")
    return f"{loss:.4f}" if abs(loss) < 100 else f"{loss:.3g}"


def title(picture: Picture) -> str:
    """Which moment it is and whose map, where that is not the newest and the output's."""
    frame, scene = picture.frame, picture.scene
    said = [f"Epoch {frame.epoch:,} of {frame.head:,}"] if frame.is_past else []
    if scene.change is not None and scene.space is None:
        said.append(f"Since epoch {scene.change.epoch:,}")
    if scene.space is not None:
        said.append(layer_name(scene.setup, scene.space.layer))
    elif scene.unit is not None:
        is_pinned = scene.unit == scene.setup.experiment.view.pinned
        said.append(unit_name(scene.setup, scene.unit) + (" · pinned" if is_pinned else ""))
    return " · ".join(said)


def layer_name(setup: Setup, layer: int) -> str:
    """What a layer is called, the features being layer 0."""
    if layer == 0:
        return "Features"
    return "Outputs" if layer == len(setup.network.widths) - 1 else f"Layer {layer}"


def unit_name(setup: Setup, unit: Unit) -> str:
    """What a unit is called."""
    layer, place = unit
    if layer == 0:
        return feature_of(setup.experiment.features[place]).label
    if layer == len(setup.network.widths) - 1:
        return "Output" if setup.network.widths[-1] == 1 else f"Output {place + 1}"
    return f"Neuron {place + 1} of layer {layer}"


def plane_names(setup: Setup) -> tuple[str, str]:
    """What the axes of the plane are called, with their units."""
    one, other = (f"{it.label}, {it.unit}" if it.unit else it.label for it in setup.axes)
    return one, other


def space_names(setup: Setup, space: SpacePicture) -> tuple[str, str]:
    """What the two directions of a layer's space are called."""
    if space.shares is not None:
        one, other = (f"{share:.0%}".replace("%", " %") for share in space.shares)
        return f"component 1 · {one}", f"component 2 · {other}"
    one, other = (unit_name(setup, (space.layer, unit)) for unit in space.units)
    return one, other if space.units[0] != space.units[1] else "–"


def bounds(setup: Setup, scene: Scene, picture: Picture) -> Bounds:
    """What stands at the ends and in the middle of the scale of colors."""
    if scene.change is not None:
        most = write_plain(float(f"{scene.change.most:.3g}"))
        return (f"−{most}", "0", most)
    network, unit = setup.network, scene.unit
    if unit is None or unit[0] == len(network.widths) - 1:
        return _BOUNDS.get(network.head.output_key, _BOUNDS["tanh"])
    key = network.activations[unit[0] - 1].key if unit[0] else "linear"
    if key in _BOUNDS:
        return _BOUNDS[key]
    most = write_plain(float(f"{max(1.0, float(np.abs(picture.output).max())):.2g}"))
    return (f"−{most}", "0", most)


def quiet_note(picture: Picture) -> str:
    """What is said while nobody points: how many are mistaken, and how many are drawn."""
    scene, notes = picture.scene, []
    if scene.wrong is not None:
        notes.append(mistakes(scene.setup, picture.frame))
    drawn = len(scene.sample.chosen)
    if drawn < scene.sample.total:
        notes.append(f"{drawn:,} of {scene.sample.total:,} points drawn, trained on all")
    return "   ".join(notes)


def mistakes(setup: Setup, frame: Frame) -> str:
    """How many points are taken for another class, from the accuracies of the moment."""
    parts = (
        ("train", frame.now.train_accuracy, len(setup.train)),
        ("test", frame.now.test_accuracy, len(setup.test)),
    )
    counted = [
        f"{round((1 - share) * count):,} of {count:,} {name}"
        for name, share, count in parts
        if not math.isnan(share)
    ]
    return "wrong: " + ", ".join(counted) if counted else ""


def probed(picture: Picture) -> str:
    """What the network says at the probe, with its place; "" where there is none."""
    setup, activity = picture.scene.setup, picture.overlay.activity
    probe = setup.experiment.view.probe
    if probe is None or activity is None:
        return ""
    outputs = activity[-1]
    is_class = setup.dataset.problem != "regression"
    decided = int(predict(outputs[:, None], setup.network.head.output_key)[0]) if is_class else -1
    value = float(outputs[decided if len(outputs) > 1 else 0])
    name = _called(setup, decided)
    said = f"Probe {_place(setup, probe)}   →  {value:.3f}  {name}"
    return said.replace("-", "−").rstrip()


def _place(setup: Setup, place: tuple[float, float]) -> str:
    return "   ".join(
        f"{axis.label} {axis.offset + axis.scale * at:.2f}{axis.unit and ' ' + axis.unit}"
        for axis, at in zip(setup.axes, place, strict=True)
    )


def read_out(setup: Setup, pointed: Pointed, unit: Unit | None, space: SpacePicture | None) -> str:
    """What the network says where the pointer is, with the place in its units."""
    if space is not None:
        at = f"{pointed.pointer.x:.2f}   {pointed.pointer.y:.2f}"
        near = "" if pointed.near is None else f"   →  {_called(setup, pointed.near.decided)}"
        return (at + near).replace("-", "−")
    place = _place(setup, (pointed.pointer.x, pointed.pointer.y))
    said = f"{pointed.value:.3f}" if unit is not None else _said(setup, pointed)
    return f"{place}   →  {said}".replace("-", "−")


def _said(setup: Setup, pointed: Pointed) -> str:
    """What the output says in words; only a probability may call itself sure."""
    if setup.dataset.problem == "regression":
        return f"{pointed.value:.3f}"
    name = _called(setup, pointed.decided)
    output = float(pointed.outputs[pointed.decided if len(pointed.outputs) > 1 else 0])
    if setup.network.head.output_key in _CALIBRATED and math.isfinite(output):
        is_first = len(pointed.outputs) == 1 and pointed.decided == 0
        sure = f"{1 - output if is_first else output:.0%}".replace("%", " % sure")
        return f"{output:.3f}  {sure}  {name}"
    return f"{output:.3f}  {name}"


def _called(setup: Setup, decided: int) -> str:
    return setup.dataset.class_names[decided] if decided >= 0 else ""


def near_rows(setup: Setup, near: Near) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The card of a data point: its kind, and its label, loss and what it is taken for."""
    head = "Training point" if near.is_train else "Test point"
    is_value = setup.dataset.problem == "regression"
    label = f"{near.label:.3f}" if is_value else _called(setup, int(near.label))
    rows = [("label", label.replace("-", "−")), ("loss", written(near.loss))]
    if not is_value and near.decided != int(near.label):
        rows.append(("taken for", _called(setup, near.decided)))
    return head, tuple(rows)
