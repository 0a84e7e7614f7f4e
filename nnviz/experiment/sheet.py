"""Tables in text files: CSV and its relatives, read as text with the line of every row.

Nothing is asked that the file says by itself: encoding, separator, decimal comma and header.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from math import isfinite
from pathlib import Path

from nnviz.mistake import Mistake
from nnviz.value import dataclass

BYTE_LIMIT = 32_000_000

_SEPARATORS = (";", "\t", ",", " ")
_MISSING = {"", "na", "n/a", "nan", "null", "none", "?", "-"}
_LARGEST = 1e12
_LOOKED_AT = 40
_STRIDE = 1024

Row = tuple[int, tuple[str, ...]]
Check = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as text: the names of its columns, and rows with the line at which each stands."""

    name: str
    encoding: str
    separator: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]

    def column(self, index: int) -> list[str]:
        """The cells of a column; "" where a row is too short."""
        return [cells[index].strip() if index < len(cells) else "" for _, cells in self.rows]

    def number(self, text: str) -> float | None:
        """The number that a cell holds, with a decimal comma where commas do not separate."""
        if self.separator != "," and "." not in text:
            text = text.replace(",", ".")
        try:
            number = float(text)
        except ValueError:
            return None
        return number if isfinite(number) and abs(number) <= _LARGEST else None

    def is_number(self, index: int) -> bool:
        """Whether most cells of a column that are not missing hold numbers."""
        cells = [cell for cell in self.column(index)[:2000] if not is_missing(cell)]
        numbers = sum(self.number(cell) is not None for cell in cells)
        return numbers > 0 and 2 * numbers >= len(cells)


def read_file(path: Path, check: Check = bool) -> Sheet:
    """The table in a file; `check` is called every now and then, and may raise.

    Raises:
        Mistake: if the file cannot be read, is too large, or holds no table.
    """
    try:
        size = path.stat().st_size
        if size > BYTE_LIMIT:
            limit = BYTE_LIMIT // 1_000_000
            raise Mistake(f"{path.name} has {size // 1_000_000} MB; a table may have {limit} MB.")
        return read_bytes(path.read_bytes(), path.name, check)
    except OSError as error:
        raise Mistake(f"{path.name} cannot be read: {error.strerror or error}.") from None


def read_bytes(content: bytes, name: str, check: Check = bool) -> Sheet:
    """The table in the content of a file; `check` is called every now and then.

    Raises:
        Mistake: if it holds none.
    """
    if b"\0" in content:
        raise Mistake(f"{name} is no text; a table is one, with a separator between its columns.")
    text, encoding = _decoded(content)
    lines = text.splitlines()
    told = [each for each in lines if each.strip() and not each.startswith("#")]
    separator = _separator(told[:_LOOKED_AT])
    try:
        rows = tuple(checked(_rows(lines, separator), check))
    except csv.Error as error:
        raise Mistake(f"{name} cannot be read as a table: {error}.") from None
    width = max((len(cells) for _, cells in rows[:_LOOKED_AT]), default=0)
    if width < 3:
        raise Mistake(f"{name} has {width} columns; it must have at least 3: x1, x2 and a class.")
    bare = Sheet(name, encoding, separator, tuple(f"column {i + 1}" for i in range(width)), rows)
    if not _has_header(bare):
        return bare
    names = [cell.strip()[:40] for cell in rows[0][1]]
    header = tuple(
        names[i] if i < len(names) and names[i] else f"column {i + 1}" for i in range(width)
    )
    return replace(bare, header=header, rows=rows[1:])


def checked(rows: Iterable[Row], check: Check) -> Iterator[Row]:
    """The same rows; `check` is called every now and then."""
    for count, each in enumerate(rows):
        if not count % _STRIDE:
            check()
        yield each


def is_missing(cell: str) -> bool:
    """Whether a cell says that there is nothing."""
    return cell.strip().lower() in _MISSING


def _decoded(content: bytes) -> tuple[str, str]:
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return content.decode("latin-1"), "Latin-1"


def _separator(lines: list[str]) -> str:
    for separator in _SEPARATORS:
        widths = [len(line.split(separator)) for line in lines]
        if widths and sum(width >= 3 for width in widths) >= 0.8 * len(widths):
            return separator
    return ","


def _rows(lines: Iterable[str], separator: str) -> Iterator[Row]:
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True)
    for cells in reader:
        if any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
            yield reader.line_num, tuple(cells)


def _has_header(sheet: Sheet) -> bool:
    first = sheet.rows[0][1]
    below = replace(sheet, rows=sheet.rows[1:])
    if not below.rows or any(sheet.number(cell.strip()) is not None for cell in first):
        return False
    return any(below.is_number(index) for index in range(len(sheet.header)))
