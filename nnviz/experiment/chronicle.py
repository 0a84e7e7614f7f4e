"""A chronicle: what a document keeps of a past, so that its epochs can be looked at again.

Some moments, those nearest before the bookmarks among them, and every change in between: from the
nearest moment on a run is gone through again, to the same bits. A chronicle takes a bounded number
of numbers: of a very long or very large past the moments are fewer, and its beginning may be gone.
"""

from __future__ import annotations

from collections.abc import Sequence

from nnviz.experiment.build import Setup, build, sharing
from nnviz.experiment.checks import check
from nnviz.experiment.kept import KeptChange, KeptMoment, Settings
from nnviz.experiment.moments import Moment
from nnviz.experiment.past import Adopted, Change, Edited, Extract, Past, Taken
from nnviz.experiment.shape import network_of
from nnviz.experiment.spec import Data, Experiment, same_start
from nnviz.experiment.stand import check_length, counter, stand_of
from nnviz.knob import check_knobs
from nnviz.mistake import Mistake
from nnviz.value import dataclass

LOOPS = ("numpy", "compiled")
ROOM = 300_000
"""How many numbers all chronicles of a document may take; one takes about 20 bytes."""

_SETTINGS, _CHANGE, _MOMENT = 100, 10, 20  # About how many numbers these take besides their arrays.


@dataclass(frozen=True, slots=True, kw_only=True)
class Chronicle:
    """Moments and changes in the order of time, and where in it the run stands.

    `changes` are those after the first moment. The newest moment is that of the run itself:
    after all changes, `count` updates in all, `since` of them since the last epoch, by `loop`.
    """

    settings: tuple[Settings, ...]
    moments: tuple[KeptMoment, ...]
    loop: str
    changes: tuple[KeptChange, ...] = ()
    count: int = counter()
    since: int = counter()

    def __post_init__(self) -> None:
        check_knobs(self)

    @staticmethod
    def of(extract: Extract, data: Data, room: int = ROOM) -> Chronicle | None:
        """The chronicle of a past in a document with these data, None if no moment has room."""
        known = _known(extract, data, room // 2)
        moments = _chosen(extract, extract.forgotten + len(extract.changes) - len(known), room // 2)
        if not moments:
            return None
        first = moments[0].changes
        changes = extract.changes[first - extract.forgotten :]
        table = _SettingsTable(data)
        newest = extract.newest
        return Chronicle(
            moments=tuple(_kept(each, table, first) for each in moments),
            changes=tuple(_kept_change(at, each, table) for at, each in changes),
            settings=tuple(table.settings),
            loop=newest.loop,
            count=newest.count,
            since=newest.since,
        )

    def past(self, experiment: Experiment) -> tuple[Past, Setup]:
        """The past of a run, and what it followed at its newest moment.

        Args:
            experiment: the run's own, whole, which has the document's data.
        """
        setups: list[Setup] = []
        samples = []
        for each in self.settings:
            setup = build(each.experiment(experiment.data))
            shared, own = sharing(setup, setups[-1]) if setups else (setup, 0)
            setups.append(shared)
            samples.append(own)
        moments = [each.moment(setups[each.settings]) for each in self.moments]
        changes = [(each.count, _change(each, setups, samples)) for each in self.changes]
        in_force = [
            moments[0].setup,
            *(each.setup for _, each in changes if isinstance(each, Adopted)),
        ]
        return Past.revived(moments, changes), in_force[-1]

    def check(self, experiment: Experiment, place: str) -> None:
        """Refuse a chronicle that is not one of a run of this experiment.

        Raises:
            Mistake: naming the field and what is allowed.
        """
        if not self.settings or not self.moments:
            raise Mistake(f"{place} must have settings and moments.")
        _check_loop(self.loop, place)
        wholes = [each.experiment(experiment.data) for each in self.settings]
        for index, whole in enumerate(wholes):
            _check_settings(whole, experiment, f"{place}.settings[{index}]")
        in_force = self._check_changes(wholes, place)
        for index, each in enumerate(self.moments):
            self._check_moment(each, in_force, f"{place}.moments[{index}]")
            whole = wholes[each.settings]
            network, optimizer = network_of(whole), whole.training.optimizer
            each.check_stand(optimizer, network, f"{place}.moments[{index}]")
            if each.before is not None:
                check_length(f"{place}.moments[{index}].before", each.before, network.size)
        self._check_order(place)

    def _check_changes(self, wholes: Sequence[Experiment], place: str) -> list[int]:
        """The settings in force after 0, 1, … changes."""
        in_force = [self.moments[0].settings]
        _check_index(in_force[0], len(wholes), f"{place}.moments[0].settings")
        for index, each in enumerate(self.changes):
            here = f"{place}.changes[{index}]"
            if each.settings is not None:
                _check_index(each.settings, len(wholes), f"{here}.settings")
            if each.loop is not None:
                _check_loop(each.loop, here)
            in_force.append(in_force[-1] if each.settings is None else each.settings)
            size = network_of(wholes[in_force[-1]]).size
            check_length(f"{here}.values", each.values, len(each.places))
            if each.places and not 0 <= min(each.places) <= max(each.places) < size:
                raise Mistake(f"{here}.places must be places of theta, from 0 to {size - 1}.")
        return in_force

    def _check_moment(self, moment: KeptMoment, in_force: Sequence[int], place: str) -> None:
        _check_loop(moment.loop, place)
        _check_index(moment.changes, len(in_force), f"{place}.changes")
        if moment.settings != in_force[moment.changes]:
            raise Mistake(f"{place}.settings are not those in force, {in_force[moment.changes]}.")

    def _check_order(self, place: str) -> None:
        first = self.moments[0]
        if first.changes:
            raise Mistake(f"{place}.moments[0].changes must be 0.")
        times = [(each.epoch, each.since, each.count, each.changes) for each in self.moments]
        counts = [first.count, *(each.count for each in self.changes), self.count]
        if times != sorted(times) or counts != sorted(counts):
            raise Mistake(f"{place} must be in the order of time.")


def _check_settings(whole: Experiment, experiment: Experiment, place: str) -> None:
    try:
        check(whole)
    except Mistake as mistake:
        raise Mistake(f"{place}.{str(mistake).removeprefix('experiment.')}") from None
    if not same_start(whole, experiment):
        raise Mistake(f"{place} are those of another run.")


def _check_loop(loop: str, place: str) -> None:
    if loop not in LOOPS:
        raise Mistake(f"{place}.loop is {loop!r:.40}; it must be one of {', '.join(LOOPS)}.")


def _check_index(index: int, length: int, place: str) -> None:
    if not 0 <= index < length:
        raise Mistake(f"{place} is {index}; it must be from 0 to {length - 1}.")


class _SettingsTable:
    """Settings, each once."""

    def __init__(self, data: Data) -> None:
        self.settings: list[Settings] = []
        self._data = data
        self._places: dict[Settings, int] = {}

    def place(self, setup: Setup) -> int:
        settings = Settings.of(setup.experiment, self._data)
        if settings not in self._places:
            self._places[settings] = len(self.settings)
            self.settings.append(settings)
        return self._places[settings]


def _known(extract: Extract, data: Data, room: int) -> Sequence[tuple[int, Change]]:
    """The last changes for which there is room."""
    first = len(extract.changes)
    for _, change in reversed(extract.changes):
        room -= _CHANGE + _numbers(change, data)
        if room < 0:
            break
        first -= 1
    return extract.changes[first:]


def _numbers(change: Change, data: Data) -> int:
    """About how many numbers a change takes besides the usual."""
    match change:
        case Adopted(setup):
            own = None if setup.experiment.data == data else setup.experiment.data.own
            return _SETTINGS + (0 if own is None else 4 * len(own))
        case Edited(places):
            return 2 * len(places)
        case _:
            return 0


def _chosen(extract: Extract, changes: int, room: int) -> list[Moment]:
    """Moments that had seen so many changes, as far as there is room: the marked ones first."""
    even, marked = (
        [each for each in moments if each.changes >= changes]
        for moments in (extract.moments, extract.marked)
    )
    most = room // max((_MOMENT + each.numbers for each in even), default=1)
    spread = even[:: len(even) // max(most - len(marked), 1) + 1]
    chosen = [*even[:1], *marked, *spread][:most]
    return sorted({each.key: each for each in chosen}.values(), key=lambda each: each.key)


def _kept(moment: Moment, table: _SettingsTable, first: int) -> KeptMoment:
    return KeptMoment(
        **stand_of(moment.progress),
        settings=table.place(moment.setup),
        loop=moment.loop,
        count=moment.count,
        since=moment.since,
        changes=moment.changes - first,
        before=None if moment.before is None else tuple(moment.before.tolist()),
    )


def _kept_change(at: int, change: Change, table: _SettingsTable) -> KeptChange:
    match change:
        case Adopted(setup):
            return KeptChange(count=at, settings=table.place(setup))
        case Edited(places, values):
            return KeptChange(count=at, places=places, values=values)
        case Taken(loop):
            return KeptChange(count=at, loop=loop)


def _change(kept: KeptChange, setups: Sequence[Setup], samples: Sequence[int]) -> Change:
    if kept.settings is not None:
        return Adopted(setups[kept.settings], samples=samples[kept.settings])
    return Edited(kept.places, kept.values) if kept.loop is None else Taken(kept.loop)
