"""What the threads hand to the window: whole pictures of one moment, never differences."""

from __future__ import annotations

from dataclasses import field
from math import nan

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.course import Best, Carry, Record
from nnviz.engine.outlook import Outlook
from nnviz.engine.raster import Heights
from nnviz.engine.schedules import NOTHING_SEEN, Watch
from nnviz.engine.swarm import Moment
from nnviz.experiment.past import Extract
from nnviz.experiment.run import CURVES
from nnviz.experiment.spec import Experiment
from nnviz.runtime.findings import NO_FINDINGS, Findings, Glass
from nnviz.runtime.gaze import Gaze
from nnviz.runtime.scenes import Domain, Kept, Pointer, Scene
from nnviz.runtime.tracks import Laid, Track, Ways
from nnviz.value import dataclass

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]


NO_RECORD = Record(nan, nan, nan, nan)
NO_CARRY = Carry(np.empty(0), 0, np.empty(0, dtype=np.bool_))


@dataclass(frozen=True, slots=True)
class History:
    """What every epoch left behind, from epoch 0 on: arrays of shape (epochs + 1,).

    They are views of buffers that only grow, so a frame may keep them without a copy.
    Accuracies are shares from 0 to 1, NaN for regression.
    """

    train_loss: Floats
    test_loss: Floats
    train_accuracy: Floats
    test_accuracy: Floats
    learning_rate: Floats

    def __len__(self) -> int:
        """The number of epochs, epoch 0 among them."""
        return len(self.train_loss)

    def at(self, epoch: int) -> Record:
        """The numbers of an epoch."""
        return Record(*(float(getattr(self, name)[epoch]) for name in CURVES))


NO_HISTORY = History(*(np.empty(0) for _ in CURVES))


@dataclass(frozen=True, slots=True)
class Ghost:
    """What a run had become before it was branched off: entry i is of `from_epoch + i * every`."""

    from_epoch: int
    history: History
    every: int = 1

    @property
    def epochs(self) -> Floats:
        """The epochs of the entries, of shape (entries,)."""
        return self.from_epoch + self.every * np.arange(len(self.history), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Divergence:
    """The loss or the weights are no longer finite: where it happened."""

    epoch: int
    why: str


@dataclass(frozen=True, slots=True)
class RaceFrame:
    """The optimizers on their surface, up to the moment of the frame.

    `paths` has shape (rows, steps + 1, 3): x, y and loss, the start included; a row for every racer
    that is on and each of its starts. `racers` says whose row it is, by the place among the
    landscape's racers. Who left the finite numbers repeats the last finite place, and `diverged`
    says so. `began` is the epoch at which the race stood at its start. `moments` holds the next
    update of every row where the landscape asks for what is `inside`, nothing otherwise. `alone` is
    how many of the steps it took alone, when the run was over.
    """

    paths: Floats
    diverged: tuple[bool, ...]
    racers: tuple[int, ...]
    began: int = 0
    moments: tuple[Moment, ...] = ()
    alone: int = 0


@dataclass(frozen=True, slots=True)
class RivalFrame:
    """A rival at the epoch of the frame; `epoch` is less while it `is_late` or stands still.

    `experiment` is its own, whole; `history` goes up to the last epoch that it was trained, and
    `past` is what a document keeps of it, its newest moment included. `coming` is as in `Frame`.
    """

    name: str
    experiment: Experiment
    theta: Floats
    history: History
    past: Extract
    epoch: int = 0
    diverged: Divergence | None = None
    stopped: str = ""
    is_late: bool = False
    coming: Moment | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """One moment of a run: its newest, or one of the past that is looked at.

    `run` counts starts: a frame of another run has nothing to do with the one before.
    `batch` is how many updates of the current epoch are done (0 between epochs).
    `anchor` is the theta through which the network's loss slice is cut, `laid` the plane of the run
    once there is one that is wished for. `memory`, of shape (slots,
    parameters), is what the optimizer remembers of `steps` updates, and `carry`, `watch` and
    `best` what else is kept (see `Progress`). Where `diverged` says so, this is the last moment at
    which all was finite; where `stopped`, a few words, says so, it is the best.

    `head` is the last epoch trained, up to which `history` goes, and `now` are the numbers of
    this moment; `first` is the earliest epoch that can be looked at. `before` is theta before the
    update that led here, if it is known. `best_epoch` had the least test loss (train loss where
    nothing is tested) of the whole run, `best_theta` are the weights it ended with, as soon as
    they are known. `ghosts` are what was branched off, `tracks` the ways of the run and of each of
    its rivals up to this moment. `looked` is the epoch that is asked for, None for the newest; then
    `live` is the frame of the newest moment. `orders` is how many orders had been obeyed. `past` is
    what a document keeps of the past. `coming` is the update that follows, with arrays of shape
    (parameters,), where what is inside those who train is asked for.
    """

    experiment: Experiment
    run: int
    epoch: int
    batch: int
    theta: Floats
    history: History
    race: RaceFrame
    anchor: Floats
    anchor_epoch: int
    past: Extract
    laid: Laid | None = None
    diverged: Divergence | None = None
    memory: Floats | None = None
    steps: int = 0
    carry: Carry = NO_CARRY
    watch: Watch = NOTHING_SEEN
    best: Best | None = None
    stopped: str = ""
    loop: str = "numpy"
    head: int = 0
    first: int = 0
    now: Record = NO_RECORD
    before: Floats | None = None
    best_epoch: int = 0
    best_theta: Floats | None = None
    ghosts: tuple[Ghost, ...] = ()
    rivals: tuple[RivalFrame, ...] = ()
    tracks: tuple[Track, ...] = ()
    looked: int | None = None
    live: Frame | None = None
    orders: int = 0
    is_playing: bool = False
    coming: Moment | None = None

    @property
    def is_past(self) -> bool:
        """Whether this is not the newest moment of the run."""
        return self.looked is not None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the window wants painted, and how: the stops of its color scale among it.

    `stops` are RGB colors of shape (3, 3) for -1, 0 and +1 (uint8); `classes` of shape (k, 3) are
    the hues of more than two classes. `unit` is the neuron shown large instead of the output:
    (layer, place), layer 0 being the features; None for the output. `curvature` asks for the
    largest one of the training loss, `numbers` for the gradient of every parameter. `domain` is
    what part of the plane the large map covers and `seen` what part of a layer's space is looked
    at, both None for all of it; `pointer` where somebody points, `kept` what the map is compared
    with, and `quality` names the part of the points, "train" or "test", of which figures are wished
    for. `multiples` is the side of the small maps of the run and its rivals, 0 for none. `gaze` is
    how the surface is looked at as a landscape, None where it is not, and `glass` through what a
    swarm is seen, None where it is not. `studied` is the place of a racer of whose rate more is
    wished for.
    """

    stops: Bytes
    classes: Bytes
    ground: tuple[int, int, int]
    boundary_cells: int = 256
    neuron_cells: int = 32
    surface_cells: int = 128
    unit: tuple[int, int] | None = None
    curvature: bool = False
    numbers: bool = False
    domain: Domain | None = None
    seen: Domain | None = None
    pointer: Pointer | None = None
    kept: Kept | None = None
    quality: str = ""
    multiples: int = 0
    gaze: Gaze | None = None
    glass: Glass | None = None
    studied: int | None = None


@dataclass(frozen=True, slots=True)
class SurfacePicture:
    """The loss over a plane, ready to draw.

    `loss` has shape (rows, columns), row 0 at the least y; `rgba` (rows, columns, 4) the same in
    color; `levels` and `contours` are loss values and, for each, its lines of shape (points, 2).
    `domain` is (x_min, x_max, y_min, y_max). `labels` name the two axes. `scale` says how high
    losses stand. Over a line `profile` is the curve, of shape (n, 2): x and loss.
    """

    title: str
    domain: tuple[float, float, float, float]
    loss: Floats
    rgba: Bytes
    levels: tuple[float, ...]
    contours: tuple[tuple[Floats, ...], ...]
    minima: Floats
    labels: tuple[str, str]
    scale: Heights
    profile: Floats | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """What the network may be overlaid with.

    `gradient` of the training loss with its penalty and `update`, the last change, have shape
    (parameters,). `activity` holds the values of every layer at the probe, features first, each of
    shape (units,). `shares` has for each hidden layer shape (2, units): at which shares of the
    training points its units are off (dead, where it is all of them) and saturated. What nobody
    wishes for is None.
    """

    gradient: Floats | None = None
    update: Floats | None = None
    activity: tuple[Floats, ...] | None = None
    shares: tuple[Floats, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A frame turned into what canvases draw.

    `neurons` holds one small RGBA map for every feature, hidden and output unit, of shape
    (units, cells, cells, 4), row 0 at the least x2, in the order features, layer 1, ..., output.
    `output` is the large map of the chosen unit (values in the unit's own range), `boundary` its
    colors (discretized when the experiment says so), `decision` the lines where classes meet.
    `scene` is what is shown besides the colors. `curvature` is the largest of the training loss,
    NaN where it is not known or not wished for. `multiples` are small maps of the run and then of
    each rival, not all of them of this very moment while frames keep coming. `outlook` is the
    surface as a landscape, if it is wished for: that of a moment ago while it moves; `spray` is
    the swarm on it, premultiplied RGBA over its whole picture, row 0 at the top.
    `ways` is where the run, and who races with it, is over a cut of the network's loss, `findings`
    what is known beside the surface.
    """

    frame: Frame
    wishes: Wishes
    neurons: Bytes
    output: Floats
    boundary: Bytes
    decision: tuple[Floats, ...]
    surface: SurfacePicture
    scene: Scene
    curvature: float = nan
    overlay: Overlay = field(default_factory=Overlay)
    multiples: tuple[Bytes, ...] = ()
    outlook: Outlook | None = None
    spray: Bytes | None = None
    ways: Ways | None = None
    findings: Findings = NO_FINDINGS
