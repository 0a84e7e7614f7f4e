"""What compiled code can do and Python cannot: calls by address, and bare memory."""

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from nnviz.engine.rows import Array
from nnviz.engine.vectors import called

WIDE = 8
"""The bytes of a number."""


def instruction(build: Any) -> Any:  # noqa: ANN401 - compiled code has types of its own
    """Something that compiled code can do and Python cannot."""
    return intrinsic(build)


@instruction
def call(_typing: Any, address: Any, arguments: Any) -> Any:  # noqa: ANN401 - Numba's own types
    """Call the C function at an address, with a tuple of numbers and addresses."""

    def build(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:  # noqa: ANN401
        given = cgutils.unpack_tuple(builder, values[1])  # type: ignore[no-untyped-call]
        kind = ir.FunctionType(ir.VoidType(), [value.type for value in given])
        builder.call(builder.inttoptr(values[0], kind.as_pointer()), given)

    return types.void(address, arguments), build


@instruction
def get(_typing: Any, array: Any, index: Any) -> Any:  # noqa: ANN401 - Numba's own types
    """A number of an array; the index is not negative, and not looked at, as vectors need it."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:  # noqa: ANN401
        struct = cgutils.create_struct_proxy(signature.args[0])(context, builder, values[0])  # type: ignore[no-untyped-call]
        return builder.load(builder.gep(struct.data, [values[1]]))

    return types.float64(array, index), build


@instruction
def put(_typing: Any, array: Any, index: Any, number: Any) -> Any:  # noqa: ANN401 - as above
    """Set a number of an array; see `get`."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:  # noqa: ANN401
        struct = cgutils.create_struct_proxy(signature.args[0])(context, builder, values[0])  # type: ignore[no-untyped-call]
        builder.store(values[2], builder.gep(struct.data, [values[1]]))

    return types.void(array, index, number), build


@called
def put_four(array: Array, at: int, a: float, b: float, c: float, d: float) -> None:  # noqa: PLR0913
    """Set four numbers side by side: what tells the compiler to make vectors."""
    put(array, at, a)
    put(array, at + 1, b)
    put(array, at + 2, c)
    put(array, at + 3, d)


@called
def address(array: Array, index: int) -> Any:  # noqa: ANN401 - a whole number
    """Where a number of an array is in memory."""
    return array.ctypes.data + WIDE * index
