from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.experiment.address import (
    ACTIVATIONS,
    CLASS_DATA,
    FEATURES,
    PREFIX,
    PROBLEMS,
    REGULARIZATIONS,
    VALUE_DATA,
    Address,
    is_address,
    parse,
    write,
)
from nnviz.mistake import Mistake

WHOLE = (
    "https://playground.tensorflow.org/#activation=relu&regularization=L2&batchSize=30&dataset=xor"
    "&regDataset=reg-plane&learningRate=0.1&regularizationRate=0.003&noise=25&networkShape=3"
    "&seed=0.12345&showTestData=false&discretize=true&percTrainData=70&x=true&y=true&xTimesY=true"
    "&xSquared=false&ySquared=false&cosX=false&sinX=true&cosY=false&sinY=false&collectStats=false"
    "&problem=classification&initZero=false&hideText=false&playButton_hide=true"
)


def test_an_address_of_the_page_is_read_and_written_back() -> None:
    reading = parse(WHOLE)
    assert reading.address == Address(
        activation="relu",
        regularization="L2",
        batch=30,
        dataset="xor",
        rate=0.1,
        regularization_rate=0.003,
        noise=25.0,
        shape=(3,),
        seed="0.12345",
        discretize=True,
        train_percent=70.0,
        features=("x", "y", "xTimesY", "sinX"),
        hidden=("playButton",),
    )
    assert not reading.remark
    assert write(reading.address) == WHOLE


def test_nothing_said_is_the_default() -> None:
    for text in ("", "#", PREFIX, "https://playground.tensorflow.org", "http://example.org/x"):
        assert parse(text).address == Address()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  #noise=10  ", {"noise": 10.0}),
        ("noise=10", {"noise": 10.0}),
        ("https://playground.tensorflow.org/?noise=10", {"noise": 10.0}),
        ("#noise=10&amp;batchSize=5", {"noise": 10.0, "batch": 5}),
        ("#networkShape=4%2C2%2C1", {"shape": (4, 2, 1)}),
        ("%23noise%3D10%26batchSize%3D5", {"noise": 10.0, "batch": 5}),
        ("#networkShape= 4 , 2 ", {"shape": (4, 2)}),
        ("#networkShape=", {"shape": ()}),
        ("#noise=", {}),
        ("#noise=10&noise=20", {"noise": 20.0}),
        ("#noise=-5", {"noise": 0.0}),
        ("#noise=60", {"noise": 60.0}),
        ("#noise=81", {"noise": 50.0}),
        ("#x=false", {"features": ("y",)}),
        ("#x=&sinY=1", {"features": ("x", "y", "sinY")}),
        ("#showTestData=yes&discretize=false", {"show_test": True}),
        ("#learningRate=3e-5", {"rate": 3e-5}),
        ("#seed=hello", {"seed": "hello"}),
        ("#a_hide=true&b_hide=1", {"hidden": ("a",)}),
        (
            "#problem=regression&regDataset=reg-gauss",
            {"problem": "regression", "reg_dataset": "reg-gauss"},
        ),
    ],
)
def test_it_reads_as_leniently_as_the_page(text: str, expected: dict[str, Any]) -> None:
    assert parse(text).address == Address(**expected)


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("#activation=elu", "Ignored in the address: activation=elu."),
        ("#sparkle=1&cosX=true", "Ignored in the address: sparkle, cosX."),
        ("#tutorial=intro&collectStats=true", ""),
    ],
)
def test_what_was_ignored_is_named(text: str, remark: str) -> None:
    reading = parse(text)
    assert reading.address == Address()
    assert reading.remark == remark


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("#noise=lots", "In the address noise is 'lots'; it must be a number."),
        ("#noise=nan", "noise is 'nan'"),
        ("#batchSize=0", "batchSize is 0; it must be a whole number from 1 on"),
        ("#batchSize=2.5", "batchSize is 2.5"),
        ("#learningRate=1e999", "learningRate is '1e999'; it must be a finite number"),
        ("#networkShape=4,,2", "networkShape is '?'"),
        ("#networkShape=4,0", "networkShape is 0; it must be a whole number from 1 to 1024"),
        ("#networkShape=" + "1," * 40 + "1", "networkShape has 41 layers"),
        ("#percTrainData=100", "percTrainData is 100; it must be between 0 and 100"),
    ],
)
def test_what_is_no_number_is_refused_by_its_key(text: str, sentence: str) -> None:
    with pytest.raises(Mistake) as caught:
        parse(text)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WHOLE, True),
        ("#noise=10", True),
        ("activation=relu&noise=3", True),
        ("xor.nnviz", False),
        ("a=b.nnviz", False),
        ("", False),
    ],
)
def test_an_address_is_told_from_a_file(text: str, expected: bool) -> None:
    assert is_address(text) is expected


POSITIVE = st.floats(1e-6, 1e6)

addresses = st.builds(
    Address,
    activation=st.sampled_from(ACTIVATIONS),
    regularization=st.sampled_from(REGULARIZATIONS),
    batch=st.integers(1, 1000),
    dataset=st.sampled_from(CLASS_DATA),
    reg_dataset=st.sampled_from(VALUE_DATA),
    rate=POSITIVE,
    regularization_rate=POSITIVE,
    noise=st.floats(0, 80),
    shape=st.lists(st.integers(1, 16), max_size=8).map(tuple),
    seed=st.none() | st.integers(0, 99_999).map(lambda n: f"0.{n:05}"),
    show_test=st.booleans(),
    discretize=st.booleans(),
    train_percent=st.floats(1, 99),
    features=st.sets(st.sampled_from(FEATURES)).map(
        lambda chosen: tuple(each for each in FEATURES if each in chosen)
    ),
    problem=st.sampled_from(PROBLEMS),
    init_zero=st.booleans(),
    hide_text=st.booleans(),
)


@given(addresses)
def test_every_address_comes_back_from_its_text(address: Address) -> None:
    reading = parse(write(address))
    assert reading.address == address
    assert not reading.ignored


@given(st.text())
def test_no_text_does_more_than_be_refused(text: str) -> None:
    is_address(text)
    try:
        parse("#" + text)
    except Mistake:
        return


@pytest.mark.parametrize(
    ("number", "digits"),
    [(0.00001, "0.00001"), (3e-6, "0.000003"), (1.5e-5, "0.000015"), (10.0, "10"), (0.03, "0.03")],
)
def test_numbers_are_written_as_a_browser_does(number: float, digits: str) -> None:
    assert f"&learningRate={digits}&" in write(Address(rate=number))
