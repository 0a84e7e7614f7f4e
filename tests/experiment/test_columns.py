from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.assets import asset
from nnviz.experiment import edits
from nnviz.experiment.build import points_in_force
from nnviz.experiment.columns import (
    points_from,
    scaling_said,
    suggested,
    written,
)
from nnviz.experiment.points import POINT_LIMIT, OwnPoints
from nnviz.experiment.sheet import BYTE_LIMIT, Sheet, read_bytes, read_file
from nnviz.experiment.spec import Experiment
from nnviz.mistake import Mistake

BROKEN = Path(__file__).parents[1] / "data" / "broken.csv"


def own_in(text: str) -> OwnPoints:
    sheet = read_bytes(text.encode(), "some.csv")
    return points_from(sheet, suggested(sheet)).own


def test_a_broken_file_names_what_is_wrong_by_line() -> None:
    sheet = read_file(BROKEN)
    assert (sheet.separator, sheet.encoding) == (";", "UTF-8")
    made = points_from(sheet, suggested(sheet))
    assert made.own.class_names == ("maple", "oak")
    assert len(made.own) == 5
    assert made.fault_count == 5
    assert made.faults == (
        "line 4, width (mm): missing",
        "line 6, length (mm): 'abc' is no number",
        "line 8, tree: missing",
        "line 10, width (mm): missing",
        "line 11, width (mm): missing",
    )
    assert made.own.offsets[0] + made.own.scales[0] * made.own.x1[0] == pytest.approx(12.5)


@pytest.mark.parametrize("separator", [",", ";", "\t", " "])
@pytest.mark.parametrize("header", ["", "a{0}b{0}c\n"])
def test_separator_and_header_are_found(separator: str, header: str) -> None:
    rows = "\n".join(separator.join(row) for row in (("1", "20", "x"), ("2", "90", "y")))
    own = own_in(header.format(separator) + rows)
    assert own.class_names == ("x", "y")
    assert own.names == (("a", "b") if header else ("column 1", "column 2"))


def test_latin_letters_are_read_and_said() -> None:
    sheet = read_bytes("größe,b,c\n1,2,ä\n3,9,b\n".encode("latin-1"), "old.csv")
    assert sheet.encoding == "Latin-1"
    assert sheet.header[0] == "größe"


def test_a_mark_at_the_beginning_is_no_part_of_the_header() -> None:
    assert read_bytes("\ufeffa,b,c\n1,2,x\n3,4,y\n".encode(), "new.csv").header == ("a", "b", "c")


def test_few_whole_numbers_are_classes_and_many_are_values() -> None:
    assert own_in("\n".join(f"{i},{2 * i},{i % 3}" for i in range(30))).class_names == (
        "0",
        "1",
        "2",
    )
    values = own_in("\n".join(f"{i}.5,{2 * i},{7 * i}.25" for i in range(30)))
    assert values.class_names == ()
    assert min(values.labels) == -1.0
    assert max(values.labels) == 1.0
    assert values.value_offset + values.value_scale * values.labels[3] == pytest.approx(21.25)


def test_numbers_that_fit_the_picture_stay_as_they_are() -> None:
    own = own_in("-3,2,a\n3,-2,b\n1,1,b\n")
    assert own.x1 == (-3.0, 3.0, 1.0)
    assert own.scales == (1.0, 1.0)


def test_other_numbers_fill_the_picture_and_it_is_said_how() -> None:
    own = own_in("x,y,c\n100,2,a\n200,4,b\n300,3,b\n")
    assert own.x1 == (-5.0, 0.0, 5.0)
    assert scaling_said(own) == "The picture shows x: 80 to 320 · y: 1.8 to 4.2"


def test_an_outlier_does_not_press_the_others_together() -> None:
    rows = [f"{i},{i},{'ab'[i % 2]}" for i in range(100)]
    made = read_bytes("\n".join([*rows, "90000,5,a"]).encode(), "far.csv")
    result = points_from(made, suggested(made))
    assert np.ptp(result.own.x1[:100]) > 5
    assert result.notes == ("1 points lie outside the picture; they count all the same.",)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"PNG\0\1", "is no text"),
        (b"1,2\n3,4\n", "2 columns; it must have at least 3"),
        (b"a,b,c\nx,y,z\nu,v,w\n", "too few columns of numbers"),
        (b"1,5,a\n2,5,b\n", "column 2 is 5 in every row"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(Mistake, match=sentence):
        own_in(content.decode("latin-1"))


def test_too_many_classes_are_refused() -> None:
    sheet = read_bytes("\n".join(f"{i},{i * i},w{i}" for i in range(20)).encode(), "w.csv")
    with pytest.raises(Mistake, match="has 20 classes; there may be 2 to 8"):
        points_from(sheet, replace(suggested(sheet), label=2, has_classes=True))


def test_a_huge_file_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(BYTE_LIMIT + 1)
    with pytest.raises(Mistake, match=r"huge\.csv has 32 MB"):
        read_file(path)


def test_a_file_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(Mistake, match=r"no\.csv cannot be read"):
        read_file(tmp_path / "no.csv")


def test_of_too_many_rows_some_are_taken_and_it_is_said() -> None:
    text = "\n".join(f"{i},{i % 97},{i % 2}" for i in range(POINT_LIMIT + 5))
    sheet = read_bytes(text.encode(), "long.csv")
    made = points_from(sheet, suggested(sheet))
    assert len(made.own) == POINT_LIMIT
    assert made.notes == (f"Of {POINT_LIMIT + 5:,} rows {POINT_LIMIT:,} are taken, by chance.",)


def test_penguins_come_in_as_they_are_in_the_program() -> None:
    sheet = read_file(asset("data", "penguins.csv"))
    own = points_from(sheet, suggested(sheet)).own
    assert own.class_names == ("Adelie", "Chinstrap", "Gentoo")
    assert len(own) == 342


def test_points_written_out_come_in_again() -> None:
    own = own_in("x,y,c\n100,2,a\n200,4,b\n300,3,b\n")
    text = written(own, [True, False, True])
    assert text.splitlines()[:2] == ["x,y,class,part", "100.0,2.0,a,train"]
    again = replace(own_in(text), source=own.source, value_name=own.value_name)
    assert replace(again, lots=()) == own


def test_the_parts_of_a_table_are_kept_or_drawn_anew() -> None:
    own = edits.own_of(Experiment())
    trains = [place % 3 == 0 for place in range(len(own))]
    sheet = read_bytes(written(own, trains).encode(), "again.csv")
    plan = suggested(sheet)
    kept = edits.with_imported(Experiment(), points_from(sheet, plan))
    assert sorted(points_in_force(kept).train) == np.flatnonzero(trains).tolist()
    assert kept.data.share == pytest.approx(sum(trains) / len(own), abs=0.5 / len(own))
    assert kept.data.own is not None
    assert (kept.data.own.class_names, kept.data.own.labels) == (own.class_names, own.labels)
    drawn = points_from(sheet, replace(plan, part=None))
    assert (drawn.share, drawn.own.lots) == (None, ())
    assert edits.with_imported(Experiment(), drawn).data.share == Experiment().data.share


def test_parts_that_no_share_can_tell_are_not_kept() -> None:
    rows = "\n".join(f"{i % 7},{i % 5},{'ab'[i % 2]},train" for i in range(60))
    made = points_from(sheet := table(f"x,y,class,part\n{rows}\n1,2,a,test"), suggested(sheet))
    assert made.share is None
    assert made.notes == ("The parts are not kept: one of them is less than a tenth.",)


@given(
    st.binary(max_size=300) | st.text("0123456789.,;\t \n\"'abNA-e#", max_size=300).map(str.encode)
)
def test_any_bytes_are_points_or_a_mistake(content: bytes) -> None:
    with suppress(Mistake):
        sheet = read_bytes(content, "any.csv")
        own = points_from(sheet, suggested(sheet)).own
        assert np.isfinite([own.x1, own.x2, own.labels]).all()


def table(text: str) -> Sheet:
    return read_bytes(text.encode(), "t.csv")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ('x,y,c\n"1,5","2,5",a\n"3,5","4,5",b\n', (1.5, 2.5)),
        ("x;y;c\n1.000,5;2;a\n2.500,1;3;b\n", (1000.5, 2.0)),
        ("x|y|c\n1|2|a\n3|4|b\n", (1.0, 2.0)),
        ("sep=;\nx;y;c\n1;2;a\n3;4;b\n", (1.0, 2.0)),
        ('x,y,c\n"1,5",2.25,a\n3,4,b\n', (1.5, 2.25)),
    ],
)
def test_separators_and_decimal_commas_are_found(text: str, numbers: tuple[float, ...]) -> None:
    sheet = table(text)
    assert sheet.header == ("x", "y", "c")
    assert tuple(sheet.number(cell) for cell in sheet.rows[0][1][:2]) == numbers


def test_the_text_that_excel_writes_in_two_bytes_is_read() -> None:
    sheet = read_bytes("x\ty\tc\n1\t2\ta\n3\t4\tb\n".encode("utf-16"), "t.txt")
    assert (sheet.encoding, sheet.header, len(sheet.rows)) == ("UTF-16", ("x", "y", "c"), 2)


def test_a_quote_that_is_never_closed_costs_its_own_row_alone() -> None:
    sheet = table('x,y,c\n1,2,a\n3,"4,b\n5,6,a\n7,8,b\n')
    made = points_from(sheet, suggested(sheet))
    assert len(made.own) == 3
    assert made.faults == ("line 3, y: '\"4' is no number",)


def test_a_row_of_several_lines_is_named_by_its_first() -> None:
    sheet = table('x,y,c\n1,2,"a\nb"\n3,oops,c\n5,6,c\n')
    assert [line for line, _ in sheet.rows] == [2, 4, 5]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("x,y,class\n", "no rows below its header"),
        ("x\n1\n2\n", "has one column"),
    ],
)
def test_what_is_no_table_is_told_in_plain_words(text: str, why: str) -> None:
    with pytest.raises(Mistake, match=why):
        suggested(table(text))


@pytest.mark.parametrize(("kinds", "why"), [(9, "9 classes"), (1, "one class")])
def test_too_many_classes_and_too_few_are_counted(kinds: int, why: str) -> None:
    sheet = table("x,y,k\n" + "".join(f"{i},{i * i},c{i % kinds}\n" for i in range(20)))
    with pytest.raises(Mistake, match=f"k has {why}; there may be 2 to 8"):
        points_from(sheet, suggested(sheet))


def test_columns_that_number_rows_or_name_parts_are_not_meant() -> None:
    rows = "".join(f"{i},{i % 7}.5,{i % 5}.5,{i % 11}.25,{'train' if i % 2 else 'test'}\n"
                   for i in range(1, 31))  # fmt: skip
    sheet = table("id,x,y,price,part\n" + rows)
    plan = suggested(sheet)
    names = [sheet.header[each] for each in (plan.x1, plan.x2, plan.label)]
    assert (names, plan.has_classes) == (["x", "y", "price"], False)
