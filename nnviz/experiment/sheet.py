"""Tables in text files: CSV and its relatives, read as text with the line of every row.

Nothing is asked that the file says by itself: encoding, separator, decimal comma and header.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Any

from nnviz.mistake import Mistake
from nnviz.value import dataclass

BYTE_LIMIT = 32_000_000

_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""How text of two bytes a letter begins, as Excel writes it."""

_SEPARATORS = (";", "\t", ",", "|", " ")
_TOLD_SEPARATOR = re.compile(r"sep=(.)\s*$")  # The first line that Excel writes and reads.
_GROUPED = re.compile(r"[-+]?\d{1,3}(\.\d{3})+,\d+$")  # As in 1.000,5.
_COMMA_NUMBER = re.compile(r"[-+]?\d+,(\d{1,2}|\d{4,})$")  # Never a thousand, as 1,000 can be.
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
    has_decimal_comma: bool = False

    def column(self, index: int) -> list[str]:
        """The cells of a column; "" where a row is too short."""
        return [cells[index].strip() if index < len(cells) else "" for _, cells in self.rows]

    def number(self, text: str) -> float | None:
        """The number that a cell holds, with a decimal comma where the table has them."""
        if self.has_decimal_comma and "," in text:
            text = text.replace(".", "") if _GROUPED.match(text) else text
            text = text if "." in text else text.replace(",", ".")
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
    if b"\0" in content and not content.startswith(_WIDE):
        raise Mistake(f"{name} is no text; a table is one, with a separator between its columns.")
    text, encoding = _decoded(content)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    separator = _separator(lines)
    try:
        rows = tuple(checked(_rows(lines, separator), check))
    except csv.Error as error:
        raise Mistake(f"{name} cannot be read as a table: {error}.") from None
    if not rows:
        raise Mistake(f"{name} is empty; a table has a row for every point.")
    width = max(len(cells) for _, cells in rows[:_LOOKED_AT])
    if width < 3:
        what = "one column" if width == 1 else f"{width} columns"
        raise Mistake(f"{name} has {what}; it must have at least 3: x1, x2 and a class.")
    header = tuple(f"column {i + 1}" for i in range(width))
    is_comma = separator != "," or _has_decimal_commas(rows)
    bare = Sheet(name, encoding, separator, header, rows, is_comma)
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
    if content.startswith(_WIDE):
        return content.decode("utf-16", errors="replace"), "UTF-16"
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return content.decode("latin-1"), "Latin-1"


def _separator(lines: list[str]) -> str:
    told = _TOLD_SEPARATOR.match(lines[0])
    if told and told[1] in _SEPARATORS:
        return told[1]
    some = (each for each in lines if each.strip() and not each.startswith("#"))
    sample = list(islice(some, _LOOKED_AT))
    for separator in _SEPARATORS:
        widths = [len(line.split(separator)) for line in sample]
        if widths and sum(width >= 3 for width in widths) >= 0.8 * len(widths):
            return separator
    return ","


def _rows(lines: list[str], separator: str) -> Iterator[Row]:
    """The rows that say something; a quote that is never closed is one more sign in its line."""
    begun = int(bool(_TOLD_SEPARATOR.match(lines[0])))
    while begun < len(lines):
        reader = csv.reader(lines[begun:], delimiter=separator, skipinitialspace=True)
        before, begun = begun, len(lines)
        for place, cells in _placed(reader):
            is_last = before + reader.line_num == len(lines)
            if is_last and place + 1 < reader.line_num and _is_open(lines[before + place :]):
                begun = before + place + 1
                cells = lines[begun - 1].split(separator)  # noqa: PLW2901 - as it stands
            if any(map(str.strip, cells)) and not cells[0].startswith("#"):
                yield before + place + 1, tuple(cells)


def _placed(reader: Any) -> Iterator[tuple[int, list[str]]]:  # noqa: ANN401 - csv names no type
    """The rows of a reader, and how many lines come before each."""
    place = 0
    for cells in reader:
        yield place, cells
        place = reader.line_num


def _is_open(lines: list[str]) -> bool:
    """Whether a quote among these lines is never closed."""
    return sum(each.count('"') for each in lines) % 2 == 1


def _has_decimal_commas(rows: tuple[Row, ...]) -> bool:
    cells = (cell.strip() for _, row in rows[:_LOOKED_AT] for cell in row)
    return any(_COMMA_NUMBER.match(cell) for cell in cells)


def _has_header(sheet: Sheet) -> bool:
    first = sheet.rows[0][1]
    below = replace(sheet, rows=sheet.rows[1:])
    if any(sheet.number(cell.strip()) is not None for cell in first):
        return False
    return not below.rows or any(below.is_number(index) for index in range(len(sheet.header)))
