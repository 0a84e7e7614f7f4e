"""The points that the columns of a table make, and points written as a table.

Which columns are meant is guessed and may be chosen; rows that cannot be read are named by line.
"""

from __future__ import annotations

import csv
from io import StringIO

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.datasets import DATASETS
from nnviz.engine.elementary import Floats
from nnviz.experiment.points import CLASS_LIMIT, POINT_LIMIT, OwnPoints
from nnviz.experiment.sheet import Check, Sheet, checked, is_missing
from nnviz.experiment.spec import Data
from nnviz.knob import knobs
from nnviz.mistake import Mistake
from nnviz.value import dataclass

SAMPLE_SEED = 1
SCALINGS = (("kept", "As they are"), ("range", "All of it"), ("middle", "Without outliers"))

_LABEL_NAMES = {"class", "label", "species", "target", "kind", "type", "group"}
_COUNTED, _FEW = 200, 5
_PART, _PARTS = "part", {"train", "test"}
_REACH = 5.0
_OURS = DATASETS["circle"].class_names


@dataclass(frozen=True, slots=True)
class Plan:
    """Which columns make the points, and how their numbers are laid into the plane.

    `part` is the column that says which points to train on and which to test on, if one does.
    """

    x1: int
    x2: int
    label: int
    has_classes: bool
    scaling: str = ""
    part: int | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """The points, what was wrong with rows that were skipped (the first few), and remarks.

    `share` is that of the points to train on, where a column tells them.
    """

    own: OwnPoints
    faults: tuple[str, ...]
    fault_count: int
    notes: tuple[str, ...]
    share: float | None = None


def suggested(sheet: Sheet) -> Plan:
    """The columns that a person most likely means.

    Raises:
        Mistake: if there are not two columns of numbers beside another one.
    """
    if not sheet.rows:
        raise Mistake(f"{sheet.name} has no rows below its header.")
    numbers = [index for index in range(len(sheet.header)) if sheet.is_number(index)]
    numbers.sort(key=lambda index: _counts_rows(sheet, index))
    kinds = {i: each for i in range(len(sheet.header)) if (each := _kinds(sheet, i)) - _PARTS}
    fitting = [i for i, each in kinds.items() if 2 <= len(each) <= CLASS_LIMIT]
    named = [i for i in fitting if sheet.header[i].lower() in _LABEL_NAMES]
    words = [i for i in fitting if i not in numbers]
    whole = [i for i in reversed(fitting) if all(each.isdigit() for each in kinds[i])]
    classes = [*named, *words, *whole]
    label = classes[0] if classes else max(kinds, default=len(sheet.header) - 1)
    others = [index for index in numbers if index != label]
    if len(others) < 2:
        raise Mistake(f"{sheet.name} has too few columns of numbers; x1 and x2 need one each.")
    has_classes = bool(classes) or label not in numbers
    return Plan(others[0], others[1], label, has_classes, part=_part(sheet))


def points_from(sheet: Sheet, plan: Plan, check: Check = bool) -> Imported:
    """The points that a plan makes of a table; rows that cannot be read are left out and named.

    `check` is called every now and then, and may raise.

    Raises:
        Mistake: if they make none, or none that a network could tell apart.
    """
    faults: list[str] = []
    places: list[tuple[float, float]] = []
    said: list[str] = []
    trains: list[bool] = []
    fault_count = 0
    for line, cells in checked(sheet.rows, check):
        fault, place, label = _point(sheet, plan, cells)
        if fault:
            fault_count += 1
            if len(faults) < 5:
                faults.append(f"line {line}, {fault}")
        else:
            places.append(place)
            said.append(label)
            trains.append(_trains(cells, plan.part))
    if not places:
        raise Mistake(
            f"{sheet.name} has no row that could be read: {faults[0]}."
            if faults
            else f"{sheet.name} has no rows."
        )
    chosen, notes = _sampled(len(places))
    real = np.array(places)[chosen]
    names, labels, value = _labels(sheet, plan, [said[each] for each in chosen])
    offsets, scales = zip(*(_scale(sheet, plan, real, axis) for axis in (0, 1)), strict=True)
    x1, x2 = ((real - offsets) / scales).T.tolist()
    lots, share, remarks = _queued(plan, np.array(trains)[chosen])
    notes = (*notes, *remarks)
    far = int((np.abs([x1, x2]) > 6.0).any(axis=0).sum())
    if far:
        notes = (*notes, f"{far:,} points lie outside the picture; they count all the same.")
    own = OwnPoints(
        tuple(x1),
        tuple(x2),
        labels,
        class_names=names,
        names=(sheet.header[plan.x1], sheet.header[plan.x2]),
        offsets=offsets,
        scales=scales,
        value_name=sheet.header[plan.label],
        value_offset=value[0],
        value_scale=value[1],
        source=sheet.name,
        lots=lots,
    )
    return Imported(own, tuple(faults), fault_count, notes, share)


def scaling_said(own: OwnPoints) -> str:
    """Which numbers of the columns lie at the edges of the picture."""
    parts = []
    for name, offset, scale in zip(own.names, own.offsets, own.scales, strict=True):
        low, high = (f"{offset + scale * edge:.4g}" for edge in (-6, 6))
        parts.append(f"{name}: {low} to {high}")
    return "The picture shows " + " · ".join(parts).replace("-", "−")


def _part(sheet: Sheet) -> int | None:
    """The column that parts the points, None where none does."""
    named = (i for i, name in enumerate(sheet.header) if name.lower() == _PART)
    return next((i for i in named if _kinds(sheet, i) == _PARTS), None)


def _trains(cells: tuple[str, ...], part: int | None) -> bool:
    """Whether a row is to be trained on: all but those that are for the test."""
    return part is None or part >= len(cells) or cells[part].strip() != "test"


def _queued(
    plan: Plan, trains: NDArray[np.bool_]
) -> tuple[tuple[float, ...], float | None, tuple[str, ...]]:
    """Lots with those to train on at the front of the queue, their share, and what to say of it."""
    if plan.part is None:
        return (), None, ()
    count, first = len(trains), int(trains.sum())
    exact, knob = first / count, knobs(Data)["share"]
    share = exact if int(count * exact) == first else (first + 0.5) / count
    if not knob.low <= share <= knob.high:
        return (), None, ("The parts are not kept: one of them is less than a tenth.",)
    lots = np.empty(count)
    lots[np.argsort(~trains, kind="stable")] = (np.arange(count) + 0.5) / count
    return tuple(lots.tolist()), share, (f"{first:,} points to train on, as the table says.",)


def _kinds(sheet: Sheet, index: int) -> set[str]:
    """The different cells of a column, as far as they are few."""
    found: set[str] = set()
    for cell in sheet.column(index):
        if not is_missing(cell):
            found.add(cell)
        if len(found) > CLASS_LIMIT:
            break
    return found


def _counts_rows(sheet: Sheet, index: int) -> bool:
    """Whether a column does no more than number the rows."""
    cells = [sheet.number(cell) for cell in sheet.column(index)[:_COUNTED]]
    first = cells[0]
    return (
        first in {0.0, 1.0}
        and len(cells) > _FEW
        and cells == [first + i for i in range(len(cells))]
    )


def _point(
    sheet: Sheet, plan: Plan, cells: tuple[str, ...]
) -> tuple[str, tuple[float, float], str]:
    """What is wrong with a row ("" if nothing), its place, and its label as text."""
    place = []
    wanted = (plan.x1, plan.x2) if plan.has_classes else (plan.x1, plan.x2, plan.label)
    for index in wanted:
        cell = cells[index].strip() if index < len(cells) else ""
        number = sheet.number(cell)
        if number is None:
            return _fault(sheet, index, cell), (0.0, 0.0), ""
        place.append(number)
    label = cells[plan.label].strip() if plan.label < len(cells) else ""
    fault = _fault(sheet, plan.label, label) if is_missing(label) else ""
    return fault, (place[0], place[1]), label


def _fault(sheet: Sheet, index: int, cell: str) -> str:
    name = sheet.header[index]
    return f"{name}: missing" if is_missing(cell) else f"{name}: {cell[:20]!r} is no number"


def _sampled(count: int) -> tuple[list[int], tuple[str, ...]]:
    """Which rows are taken, and what to say of it."""
    if count <= POINT_LIMIT:
        return list(range(count)), ()
    rng = np.random.default_rng(SAMPLE_SEED)
    chosen = np.sort(rng.choice(count, POINT_LIMIT, replace=False)).tolist()
    return chosen, (f"Of {count:,} rows {POINT_LIMIT:,} are taken, by chance.",)


def _labels(
    sheet: Sheet, plan: Plan, said: list[str]
) -> tuple[tuple[str, ...], tuple[float, ...], tuple[float, float]]:
    """Names of the classes, labels, and offset and scale of labels that are values."""
    name = sheet.header[plan.label]
    if plan.has_classes:
        names = tuple(sorted(set(said), key=_natural))
        names = _OURS if set(names) == set(_OURS) else names  # Each in its own color.
        if not 2 <= len(names) <= CLASS_LIMIT:
            what = "one class" if len(names) == 1 else f"{len(names):,} classes"
            raise Mistake(f"{name} has {what}; there may be 2 to {CLASS_LIMIT}.")
        places = {each: float(index) for index, each in enumerate(names)}
        return names, tuple(places[each] for each in said), (0.0, 1.0)
    values = np.array([sheet.number(each) for each in said], dtype=np.float64)
    low, high = _ends(name, values)
    offset, scale = (low + high) / 2, (high - low) / 2
    return (), tuple(((values - offset) / scale).tolist()), (offset, scale)


def _natural(text: str) -> tuple[float, str]:
    try:
        return float(text), text
    except ValueError:
        return np.inf, text


def _scale(sheet: Sheet, plan: Plan, real: Floats, axis: int) -> tuple[float, float]:
    """Offset and scale of a column; left to itself, what fits the picture stays as it is."""
    column = real[:, axis]
    low, high = _ends(sheet.header[(plan.x1, plan.x2)[axis]], column)
    fits = np.abs(real).max() <= 6.0 and np.ptp(real, axis=0).min() >= 3.0
    if plan.scaling == "kept" or (not plan.scaling and fits):
        return 0.0, 1.0
    inner = np.quantile(column, [0.02, 0.98]).tolist()
    is_wide = high - low > 3 * (inner[1] - inner[0]) > 0
    if plan.scaling == "middle" or (not plan.scaling and is_wide):
        low, high = inner if inner[1] > inner[0] else (low, high)
    return (low + high) / 2, (high - low) / (2 * _REACH)


def _ends(name: str, column: Floats) -> tuple[float, float]:
    low, high = float(column.min()), float(column.max())
    if not (high - low) / 20 > 1e-12 * max(abs(low), abs(high), 1e-100):
        raise Mistake(f"{name} is {low:g} in every row; it tells nothing apart.")
    return low, high


def written(own: OwnPoints, is_train: list[bool]) -> str:
    """Points as CSV: in real units, with class names, and the part each is in."""
    text = StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow([*own.names, "class" if own.class_names else own.value_name, _PART])
    for x1, x2, label, trains in zip(own.x1, own.x2, own.labels, is_train, strict=True):
        place = (
            float(f"{offset + scale * x:.12g}")
            for x, offset, scale in zip((x1, x2), own.offsets, own.scales, strict=True)
        )
        said = (
            own.class_names[int(label)]
            if own.class_names
            else float(f"{own.value_offset + own.value_scale * label:.12g}")
        )
        table.writerow([*place, said, "train" if trains else "test"])
    return text.getvalue()
