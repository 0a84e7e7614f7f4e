"""Values: frozen dataclasses that are made quickly.

`dataclasses.dataclass` writes six methods for every class while its module is loaded, and compiles
each. The program has some 250 such classes, and most of those methods are never called, so that was
the largest part of its start. Here a class gets its fields and slots from `dataclasses`, shares all
that can be the same for every class, and has its `__init__` compiled when it is first called.

Import `dataclass` from here instead of from `dataclasses`; `field`, `fields` and `replace` are as
ever.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass as dataclass

__all__ = ["dataclass"]

if not TYPE_CHECKING:

    def dataclass(*, frozen: bool = False, eq: bool = True, **options: bool) -> Callable:
        """What makes a dataclass of a class; only a frozen one is made differently here.

        Args:
            frozen: whether instances never change.
            eq: whether instances with equal fields are equal.
            options: such as `slots` or `kw_only`, as `dataclasses.dataclass` knows them.
        """
        if not frozen:
            return dataclasses.dataclass(eq=eq, **options)
        fielded = dataclasses.dataclass(init=False, repr=False, eq=False, **options)

        def make(cls: type) -> type:
            # Else `dataclasses` works out a signature to tell instead, which takes longer than all.
            cls.__doc__ = cls.__doc__ or cls.__name__
            return _frozen(fielded(cls), eq=eq)

        return make


def _frozen(cls: type, *, eq: bool) -> type:
    own = {
        "__init__": _late_init(cls),
        "__repr__": _repr,
        "__setattr__": _refuse_set,
        "__delattr__": _refuse_delete,
        "__getstate__": _state,
        "__setstate__": _restore,
        **(_equality(cls) if eq else {}),
    }
    for name, method in own.items():
        if name not in cls.__dict__:
            setattr(cls, name, method)
    return cls


def _late_init(cls: type) -> Callable[..., None]:
    """An `__init__` that writes the right one when it is called, and hands over."""

    def __init__(self: Any, *args: Any, **keywords: Any) -> None:  # noqa: ANN401, N807
        written = _written_init(cls)
        cls.__init__ = written  # type: ignore[misc]
        written(self, *args, **keywords)

    return __init__


def _written_init(cls: type) -> Callable[..., None]:
    """The `__init__` that takes every field by name, in the order in which they stand."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_MISSING": MISSING}
    parameters, named, lines = ["self"], list[str](), list[str]()
    for each in dataclasses.fields(cls):
        name, value = each.name, each.name
        if each.default_factory is not MISSING:
            known[f"_make_{name}"] = each.default_factory
            value = f"_make_{name}() if {name} is _MISSING else {name}"
        if each.init:
            (named if each.kw_only else parameters).append(f"{name}{_default(each, known)}")
        elif each.default_factory is not MISSING:
            value = f"_make_{name}()"
        elif _default(each, known):
            value = f"_default_{name}"
        else:
            continue
        lines.append(f"_set(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    head = ", ".join(parameters + (["*", *named] if named else []))
    body = "".join(f"\n    {line}" for line in lines or ["pass"])
    exec(f"def __init__({head}):{body}", known)
    written: Callable[..., None] = known["__init__"]
    written.__qualname__ = f"{cls.__qualname__}.__init__"
    return written


def _default(each: Field[Any], known: dict[str, Any]) -> str:
    """What follows the name of a parameter, its value noted among what is known."""
    if each.default_factory is not MISSING:
        return "=_MISSING"
    if each.default is MISSING:
        return ""
    known[f"_default_{each.name}"] = each.default
    return f"=_default_{each.name}"


def _equality(cls: type) -> dict[str, Callable[..., Any]]:
    """Values of one class are equal where what they hold is; then they have the same hash."""
    names = [each.name for each in dataclasses.fields(cls) if each.compare]
    held = _held(names)

    def __eq__(self: object, other: object) -> bool:  # noqa: N807
        return held(self) == held(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:  # noqa: N807
        return hash(held(self))

    return {"__eq__": __eq__, "__hash__": __hash__}


def _held(names: list[str]) -> Callable[[object], tuple[object, ...]]:
    """What reads fields of a value, as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _repr(self: Any) -> str:  # noqa: ANN401 - any value
    told = (f"{each.name}={getattr(self, each.name)!r}" for each in dataclasses.fields(self))
    return f"{type(self).__qualname__}({', '.join(told)})"


def _refuse_set(_: object, name: str, __: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(_: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:  # noqa: ANN401 - any value
    return [getattr(self, each.name) for each in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:  # noqa: ANN401 - any value
    for each, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)
