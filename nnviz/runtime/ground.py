"""What a race runs on and a picture of the surface shows: a test surface, or a cut of the network.

The network's own loss is cut through an anchor, the weights of a moment. Two parameters, one, or
two random directions follow from the anchor alone; the plane of the run is laid through its past
by whoever trains (see `footing`), and handed in.
"""

from __future__ import annotations

import numpy as np

from nnviz.engine.course import Course
from nnviz.engine.landscape import Slice
from nnviz.engine.penalties import NoPenalty
from nnviz.engine.plane import Plane, plane_along, random_plane
from nnviz.engine.section import Cost, Section
from nnviz.engine.surfaces import Domain, Field, surface_of
from nnviz.engine.training import batch_of
from nnviz.experiment.build import Setup
from nnviz.experiment.landscape import NETWORK_SURFACE
from nnviz.runtime.tracks import Floats, Laid
from nnviz.value import dataclass

FRAMED = 4.0
"""The reach at which random directions end at 1, and the plane of a run frames the run."""

TITLES = {
    "train": "Loss of the network",
    "test": "Test loss of the network",
    "batch": "Loss of the network over the next batch",
}

Moment = tuple[int, int]
"""An epoch, and how many of its updates are done."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What a surface picture shows, before it is painted.

    `cost` and `plane` say how a cut of the network's loss is made; they are None elsewhere.
    """

    title: str
    field: Field
    minima: Floats
    labels: tuple[str, str]
    cost: Cost | None = None
    plane: Plane | None = None

    @property
    def numbers(self) -> int:
        """About how many values of single units a place of its picture takes."""
        if self.cost is None:
            return 1
        return self.cost.sketched_samples * sum(self.cost.network.widths[1:])


def race_field(
    setup: Setup, anchor: Floats, laid: Laid | None = None, moment: Moment = (0, 0)
) -> Field:
    """What the racers of an experiment race on; see `ground`."""
    return ground(setup, anchor, laid, moment).field


def race_starts(setup: Setup, anchor: Floats, laid: Laid | None = None) -> Floats:
    """Where every racer of an experiment starts, of shape (starts, 2)."""
    landscape = setup.experiment.landscape
    if landscape.starts:
        return np.array(landscape.starts)
    if landscape.surface == NETWORK_SURFACE:
        return cut_of(setup, anchor, laid)[0].place(anchor)[None]
    return np.array([surface_of(landscape.surface).start])


def surface_key(setup: Setup, anchor: Floats, laid: Laid | None = None) -> tuple[object, ...]:
    """What a surface depends on: another key, another surface.

    The loss over a batch moves besides with every update.
    """
    experiment, landscape = setup.experiment, setup.experiment.landscape
    surface = landscape.surface
    if surface != NETWORK_SURFACE:
        return (surface,)
    training = experiment.training
    batches = (training.batch, training.seed, training.rules) if landscape.loss == "batch" else ()
    return (
        surface,
        *cut_key(setup, anchor, laid),
        experiment.data,
        experiment.features,
        training.penalty,
        landscape.loss,
        batches,
        landscape.penalized,
        landscape.radius,
    )


def cut_key(setup: Setup, anchor: Floats, laid: Laid | None = None) -> tuple[object, ...]:
    """What decides along which plane or line the network is cut."""
    landscape = setup.experiment.landscape
    return (
        landscape.plane,
        setup.slice_axes,
        landscape.plane_seed,
        laid if landscape.plane == "run" else None,
        anchor.tobytes(),
        setup.network,
        setup.course.held,
    )


def ground(
    setup: Setup, anchor: Floats, laid: Laid | None = None, moment: Moment = (0, 0)
) -> Ground:
    """The surface that an experiment shows.

    Args:
        setup: the experiment made ready.
        anchor: the theta through which the network's own loss is cut, of shape (parameters,).
        laid: the plane of the run, once there is one.
        moment: which batch comes next, where the loss over that is shown.
    """
    landscape = setup.experiment.landscape
    if landscape.surface != NETWORK_SURFACE:
        surface = surface_of(landscape.surface)
        return Ground(surface.label, surface, surface.minima, ("x", "y"))
    shown = _loss_shown(setup)
    cost = _cost(setup, shown, moment)
    plane, domain = cut_of(setup, anchor, laid)
    field: Field = Section(cost, plane, domain)
    if landscape.plane == "axes":
        reach, axes = landscape.radius, setup.slice_axes
        field = Slice(cost.network, cost.inputs, cost.targets, anchor, axes, cost.penalty, reach)
    return Ground(TITLES[shown], field, np.empty((0, 2)), _labels(setup, plane), cost, plane)


def cut_of(setup: Setup, anchor: Floats, laid: Laid | None = None) -> tuple[Plane, Domain]:
    """The plane or line along which the network's loss is cut, and how much of it is shown.

    A run that has no plane of its own yet has random directions.
    """
    landscape, reach = setup.experiment.landscape, setup.experiment.landscape.radius
    if landscape.plane in {"axes", "line"}:
        count = 1 if landscape.plane == "line" else 2
        x, *rest = anchor[list(setup.slice_axes[:count])].tolist()
        up = (rest[0] - reach, rest[0] + reach) if rest else (-1.0, 1.0)
        return plane_along(anchor, setup.slice_axes[:count]), (x - reach, x + reach, *up)
    if landscape.plane == "run" and laid is not None and laid.plane.origin.size == anchor.size:
        return laid.plane, _zoomed(laid.domain, reach / FRAMED)
    held = setup.course.held
    plane = random_plane(setup.network, anchor, landscape.plane_seed, held)
    return plane, _zoomed((-1.0, 1.0, -1.0, 1.0), reach / FRAMED)


def _loss_shown(setup: Setup) -> str:
    """Which loss is shown: one of SURFACE_LOSSES; over nothing to test on it is none."""
    loss = setup.experiment.landscape.loss
    return "train" if loss == "test" and not setup.course.test_inputs.shape[1] else loss


def _cost(setup: Setup, shown: str, moment: Moment) -> Cost:
    course = setup.course
    penalty = course.penalty if setup.experiment.landscape.penalized else NoPenalty()
    return Cost(course.network, *_samples(course, shown, moment), penalty)


def _samples(course: Course, shown: str, moment: Moment) -> tuple[Floats, Floats]:
    if shown == "test":
        return course.test_inputs, course.test_targets
    if shown == "batch":
        return batch_of(course, *moment)
    return course.train_inputs, course.train_targets


def _zoomed(domain: Domain, factor: float) -> Domain:
    low_x, high_x, low_y, high_y = domain
    x, y = 0.5 * (low_x + high_x), 0.5 * (low_y + high_y)
    wide, high = 0.5 * factor * (high_x - low_x), 0.5 * factor * (high_y - low_y)
    return x - wide, x + wide, y - high, y + high


def _labels(setup: Setup, plane: Plane) -> tuple[str, str]:
    names = [setup.network.place_name(place) for place in setup.slice_axes]
    match setup.experiment.landscape.plane:
        case "axes":
            return names[0], names[1]
        case "line":
            return names[0], "loss"
        case "run" if plane.shares is not None:
            whose = "runs’" if setup.experiment.landscape.is_whole else "run’s"
            first, second = (
                f"{round(100 * each)} % of the {whose} variance" for each in plane.shares
            )
            return first, second
        case _:
            return "random direction 1", "random direction 2"
