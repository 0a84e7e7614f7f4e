"""Numbers with a direction: what a formula becomes when its arguments begin to move.

A `Dual` goes through the very rules of the engine, which are written in NumPy's ufuncs, and comes
out with the exact derivative along its direction. Fed through backpropagation it gives products
of the Hessian with a vector: the R-operator of Pearlmutter (1994).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from nnviz.engine.elementary import Floats


class Dual(NDArrayOperatorsMixin):
    """Values, and how they change along a direction; both of one shape."""

    def __init__(self, value: Floats, change: Floats) -> None:
        """Put the two together."""
        self.value = value
        self.change = change

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type of the numbers."""
        return self.value.dtype

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:  # noqa: ANN401 - as NumPy calls it
        """What a ufunc makes of it: comparisons look at values only."""
        if method != "__call__" or options:
            return NotImplemented
        values = [value_of(each) for each in inputs]
        result = ufunc(*values)
        if result.dtype == np.bool_:
            return result
        slopes = SLOPES[ufunc](*values)
        change = np.zeros_like(result)
        for each, slope in zip(inputs, slopes, strict=True):
            if isinstance(each, Dual):
                change = change + slope * each.change
        return Dual(result, change)


def value_of(number: Any) -> Any:  # noqa: ANN401 - whatever a rule gives
    """The value of a dual, or the number itself."""
    return number.value if isinstance(number, Dual) else number


def change_of(number: Any) -> Any:  # noqa: ANN401 - whatever a rule gives
    """The change of a dual; what is none stays as it is."""
    return number.change if isinstance(number, Dual) else 0.0


SLOPES: Mapping[np.ufunc, Callable[..., tuple[Any, ...]]] = {
    np.add: lambda x, y: (1.0, 1.0),
    np.subtract: lambda x, y: (1.0, -1.0),
    np.multiply: lambda x, y: (y, x),
    np.true_divide: lambda x, y: (1.0 / y, -x / (y * y)),
    np.negative: lambda x: (-1.0,),
    np.exp: lambda x: (np.exp(x),),
    np.expm1: lambda x: (np.exp(x),),
    np.log1p: lambda x: (1.0 / (1.0 + x),),
    np.tanh: lambda x: (1.0 - np.tanh(x) ** 2,),
    np.sin: lambda x: (np.cos(x),),
    np.cos: lambda x: (-np.sin(x),),
    np.absolute: lambda x: (np.sign(x),),
    np.sign: lambda x: (0.0,),
    np.maximum: lambda x, y: (x >= y, x < y),
    np.minimum: lambda x, y: (x <= y, x > y),
}
"""The derivatives of the ufuncs by their arguments; at a kink, one of its two sides."""
