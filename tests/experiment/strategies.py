"""How hypothesis makes experiments: any value that the fields and their knobs allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, Field, fields, replace
from typing import Any

from hypothesis import strategies as st

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.datasets import DATASETS, GATE_PLANE, PLANE
from nnviz.engine.features import FEATURES
from nnviz.engine.initializers import INITIALIZERS
from nnviz.engine.losses import LOSSES
from nnviz.engine.optimizers import EVERY_OPTIMIZER
from nnviz.engine.penalties import PENALTIES
from nnviz.engine.schedules import SCHEDULES, Drawn
from nnviz.engine.surfaces import SURFACES
from nnviz.experiment.edits import losses_for, parameter_count
from nnviz.experiment.landscape import (
    ARROWS,
    BASINS,
    CROWDS,
    DASHES,
    HUES,
    NETWORK_SURFACE,
    PICTURES,
    PLANES,
    RACES,
    SURFACE_LOSSES,
    SYMBOLS,
    Camera,
    Landscape,
    Racer,
)
from nnviz.experiment.points import OwnPoints
from nnviz.experiment.spec import (
    CURVE_KINDS,
    OWN_DATA,
    SPACES,
    Architecture,
    Data,
    Experiment,
    Layer,
    Training,
    View,
)
from nnviz.knob import Knob
from nnviz.table import Table

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


def number(knob: Knob) -> st.SearchStrategy[Any]:
    if knob.whole:
        return st.integers(int(knob.low), int(knob.high))
    return st.floats(knob.low, knob.high)


def value(kind: type, **others: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A dataclass whose knobs stand anywhere within their range."""
    knobs = {each.name: number(each.metadata["knob"]) for each in fields(kind) if has_knob(each)}
    return st.builds(kind, **(knobs | others))


def has_knob(field: Field[Any]) -> bool:
    return "knob" in field.metadata and field.default is not MISSING


def variant(table: Table[Any]) -> st.SearchStrategy[Any]:
    return st.one_of([value(kind) for kind in table])


def pairs(numbers: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.tuples(numbers, numbers)


optimizers = variant(EVERY_OPTIMIZER)
shares = st.floats(0.0, 1.0)
drawings = st.dictionaries(shares, shares, min_size=1, max_size=30)
schedules = variant(SCHEDULES) | value(
    Drawn, points=drawings.map(lambda curve: tuple(sorted(curve.items())))
)
layers = value(
    Layer,
    width=st.integers(1, 12),
    activation=variant(ACTIVATIONS),
    initializer=st.sampled_from(("", *INITIALIZERS.keys)),
)
FINITE = st.floats(-1e6, 1e6)
CLASS_NAMES = st.lists(st.text(max_size=5), min_size=2, max_size=8).map(tuple)


@st.composite
def _own_points(draw: st.DrawFn) -> OwnPoints:
    count = draw(st.integers(1, 20))
    names = draw(st.just(()) | CLASS_NAMES)
    label = st.sampled_from([float(each) for each in range(len(names))]) if names else FINITE
    scales = FINITE.filter(bool)
    return OwnPoints(
        draw(_as_many(FINITE, count)),
        draw(_as_many(FINITE, count)),
        draw(_as_many(label, count)),
        class_names=names,
        names=draw(pairs(st.text(max_size=5))),
        offsets=draw(pairs(FINITE)),
        scales=draw(pairs(scales)),
        value_scale=draw(scales),
        source=draw(st.text(max_size=5)),
        lots=draw(st.just(()) | _as_many(st.floats(0.0, 1.0), count)),
        plane=draw(st.sampled_from([PLANE, GATE_PLANE])),
    )


def _as_many(entries: st.SearchStrategy[Any], count: int) -> st.SearchStrategy[Any]:
    return st.lists(entries, min_size=count, max_size=count).map(tuple)


own_points = _own_points()
drawn_data = value(
    Data,
    dataset=st.sampled_from(DATASETS.keys),
    stratified=st.booleans(),
    samples=st.integers(4, 200),
)
own_data = value(Data, dataset=st.just(OWN_DATA), own=own_points, samples=st.integers(4, 200))
data = st.one_of(drawn_data, drawn_data, own_data)
features = st.lists(st.sampled_from(FEATURES.keys), min_size=1, unique=True).map(tuple)
architectures = st.builds(
    Architecture,
    hidden=st.lists(layers, max_size=4).map(tuple),
    output=st.just("auto"),
    initializer=st.sampled_from(INITIALIZERS.keys),
)
trainings = value(
    Training,
    loss=st.just("half-squared"),
    optimizer=optimizers,
    penalty=variant(PENALTIES),
    schedule=schedules,
)
racers = st.builds(
    Racer,
    optimizers,
    name=st.sampled_from(("", "fast")),
    hue=st.none() | st.integers(0, HUES - 1),
    symbol=st.sampled_from(("", *SYMBOLS)),
    dash=st.sampled_from(("", *DASHES)),
    on=st.booleans(),
)
landscapes = st.builds(
    Landscape,
    surface=st.sampled_from((*SURFACES.keys, NETWORK_SURFACE)),
    axes=pairs(st.integers(0, 500)).filter(lambda axes: axes[0] != axes[1]),
    plane=st.sampled_from(PLANES),
    loss=st.sampled_from(SURFACE_LOSSES),
    follow=st.booleans(),
    starts=st.lists(pairs(NUMBERS), max_size=3).map(tuple),
    racers=st.lists(racers, max_size=4).map(tuple),
    race=st.sampled_from(RACES),
    schedule=schedules,
    picture=st.sampled_from(PICTURES),
    camera=value(Camera),
    crowd=st.sampled_from(CROWDS),
    basins=st.sampled_from(BASINS),
    arrows=st.sampled_from(ARROWS),
)


def _fitting(
    experiment: Experiment, loss: str, held: Iterable[int], cut: Iterable[int]
) -> Experiment:
    """The experiment with a loss that its data allow, and with places that its network has."""
    if loss in losses_for(experiment.data):
        experiment = replace(experiment, training=replace(experiment.training, loss=loss))
    size = parameter_count(experiment)
    held, cut = (tuple(sorted({place % size for place in places})) for places in (held, cut))
    return replace(experiment, architecture=replace(experiment.architecture, held=held, cut=cut))


places = st.lists(st.integers(0, 200), max_size=3)
_plain_experiments = st.builds(
    Experiment,
    data=data,
    features=features,
    architecture=architectures,
    training=trainings,
    landscape=landscapes,
    view=st.builds(
        View,
        st.booleans(),
        st.booleans(),
        st.booleans(),
        curves=st.sampled_from(CURVE_KINDS),
        levels=st.booleans(),
        mistakes=st.booleans(),
        ghost=st.booleans(),
        probe=st.none() | pairs(NUMBERS),
        pinned=st.none() | pairs(st.integers(0, 9)),
        space=st.sampled_from(SPACES),
        space_layer=st.integers(0, 33),
        space_units=pairs(st.integers(0, 9)),
    ),
)
experiments = st.builds(
    _fitting, _plain_experiments, st.sampled_from(LOSSES.keys), held=places, cut=places
)
