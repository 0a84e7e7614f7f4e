"""Frozen values to plain ones (what JSON holds) and back, strictly.

One reader serves every dataclass: types and ranges are read off its fields. A value that comes in
variants is written with its key, `{"key": "adam", "rate": 0.01}`, and found again in its table.
A field that is left out has its default; anything that is not understood is refused by its path.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from nnviz.engine.activations import ACTIVATIONS, Activation
from nnviz.engine.optimizers import EVERY_OPTIMIZER, Optimizer
from nnviz.engine.penalties import PENALTIES, Penalty
from nnviz.engine.rules import RULES, Rules
from nnviz.engine.schedules import SCHEDULES, Schedule
from nnviz.knob import Knob
from nnviz.mistake import Mistake
from nnviz.table import Table

T = TypeVar("T")

VARIANTS: Mapping[type, Table[Any]] = {
    Activation: ACTIVATIONS,
    Optimizer: EVERY_OPTIMIZER,
    Penalty: PENALTIES,
    Rules: RULES,
    Schedule: SCHEDULES,
}
"""The kinds of value that come in variants, and where the variants stand."""

_NOUNS = {float: "a number", int: "a whole number", str: "a text", bool: "true or false"}


def plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The value as dicts, lists, texts and numbers."""
    if isinstance(value, tuple | list):
        return [each if type(each) is float else plain(each) for each in value]
    if not is_dataclass(value):
        return value
    content = {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    is_variant = isinstance(value, tuple(VARIANTS))
    return {"key": getattr(value, "key"), **content} if is_variant else content  # noqa: B009


def read(kind: type[T], raw: object, place: str) -> T:
    """The value of a kind that a plain value stands for.

    Args:
        kind: a dataclass or a type that may stand in its fields.
        raw: what JSON held.
        place: the path of the value, such as "experiment.data".

    Raises:
        Mistake: naming the path of what is wrong and what is allowed.
    """
    return cast("T", _read(kind, raw, place))


def _read(kind: Any, raw: object, place: str) -> object:  # noqa: ANN401 - any annotation
    if get_origin(kind) is tuple:
        return _read_tuple(get_args(kind), raw, place)
    if isinstance(kind, UnionType):
        return _read_optional(kind, raw, place)
    if kind in VARIANTS:
        return _read_variant(VARIANTS[kind], raw, place)
    if is_dataclass(kind):
        return _read_fields(kind, _object(raw, place), place)  # type: ignore[arg-type]
    return _read_scalar(kind, raw, place)


def _read_scalar(kind: type, raw: object, place: str) -> object:
    wanted = (int, float) if kind is float else (kind,)
    if not isinstance(raw, wanted) or (isinstance(raw, bool) and kind is not bool):
        raise Mistake(f"{place} is {_short(raw)}; it must be {_NOUNS[kind]}.")
    if kind is not float:
        return raw
    return _finite(cast("float", raw), place)


def _finite(raw: float, place: str) -> float:
    try:
        number = float(raw)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise Mistake(f"{place} is {_short(raw)}; it must be a finite number.")
    return number


def _read_optional(kind: UnionType, raw: object, place: str) -> object:
    if raw is None:
        return None
    (inner,) = (each for each in get_args(kind) if each is not NoneType)
    return _read(inner, raw, place)


def _read_tuple(parts: tuple[Any, ...], raw: object, place: str) -> tuple[object, ...]:
    if not isinstance(raw, list):
        raise Mistake(f"{place} is {_short(raw)}; it must be a list.")
    if parts == (float, Ellipsis) and _are_finite(raw):
        return tuple(raw)
    if parts[-1] is Ellipsis:
        kinds = (parts[0],) * len(raw)
    elif len(raw) == len(parts):
        kinds = parts
    else:
        raise Mistake(f"{place} has {len(raw)} entries; it must have {len(parts)}.")
    pairs = zip(kinds, raw, strict=True)
    return tuple(_read(each, entry, f"{place}[{i}]") for i, (each, entry) in enumerate(pairs))


def _are_finite(raw: list[object]) -> bool:
    """Whether all are finite numbers: what curves are full of need not be looked at one by one."""
    return all(type(each) is float and math.isfinite(each) for each in raw)


def _read_variant(table: Table[Any], raw: object, place: str) -> object:
    found = dict(_object(raw, place))
    if "key" not in found:
        raise Mistake(f"{place}.key is missing; there are {', '.join(table.keys)}.")
    key = _read_scalar(str, found.pop("key"), f"{place}.key")
    try:
        kind = table[cast("str", key)]
    except Mistake as mistake:
        raise Mistake(f"{place}.key: {mistake}") from None
    return _read_fields(kind, found, place)


def _read_fields(kind: type, raw: Mapping[str, object], place: str) -> object:
    known = _fields(kind)
    for name in raw:
        if name not in known:
            allowed = f"known are {', '.join(known)}" if known else "it has no fields"
            raise Mistake(f"{place}.{_name(name)} is unknown; {allowed}.")
    for name, (each, _) in known.items():
        if name not in raw and each.default is MISSING and each.default_factory is MISSING:
            raise Mistake(f"{place}.{name} is missing.")
    values = {name: _read_field(known[name], raw[name], f"{place}.{name}") for name in raw}
    try:
        return kind(**values)
    except Mistake as mistake:
        raise Mistake(f"{place}.{mistake}") from None


def _read_field(known: tuple[Field[Any], Any], raw: object, place: str) -> object:
    each, kind = known
    value = _read(kind, raw, place)
    knob: Knob | None = each.metadata.get("knob")
    if knob is not None:
        knob.check(value, place)
    return value


@cache
def _fields(kind: type) -> dict[str, tuple[Field[Any], Any]]:
    hints = get_type_hints(kind)
    return {each.name: (each, hints[each.name]) for each in fields(kind)}


def _object(raw: object, place: str) -> Mapping[str, object]:
    if not isinstance(raw, dict):
        raise Mistake(f"{place} is {_short(raw)}; it must be an object with named fields.")
    return raw


def _name(name: str) -> str:
    return name if name.isidentifier() and len(name) < 40 else _short(name)


def _short(raw: object) -> str:
    """How a value is named in a sentence: never more than a few words."""
    if isinstance(raw, dict):
        return "an object"
    if isinstance(raw, list):
        return "a list"
    if raw is None or isinstance(raw, bool):
        return {None: "null", True: "true", False: "false"}[raw]
    if isinstance(raw, int) and abs(raw) >= 10**30:
        return "a huge number"
    text = repr(raw)
    return text if len(text) <= 40 else f"{text[:36]}…{text[-1]}"
