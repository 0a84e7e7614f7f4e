from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnviz.cli.arguments import COMMANDS
from nnviz.engine.optimizers import OPTIMIZERS
from nnviz.engine.surfaces import SURFACES

Nnviz = Callable[..., Any]


def test_the_paths_begin_at_the_start_and_have_every_step(nnviz: Nnviz) -> None:
    arguments = ("--optimizer", "sgd:rate=0.1", "--start", "-3,2", "--steps", 5, "--json")
    report = nnviz("race", "--surface", "bowl", *arguments).json
    assert report["surface"] == "bowl"
    (run,) = report["runs"]
    assert run["optimizer"] == "sgd"
    assert run["hyperparameters"] == {"rate": 0.1}
    assert run["path"][0] == [-3.0, 2.0, 13.0]
    assert run["path"][1][:2] == pytest.approx([-2.4, 1.6])
    assert len(run["path"]) == 6


@pytest.mark.parametrize("surface", SURFACES.keys)
def test_every_optimizer_races_on_every_surface(nnviz: Nnviz, surface: str) -> None:
    named = [part for key in OPTIMIZERS.keys for part in ("--optimizer", key)]
    report = nnviz("race", "--surface", surface, *named, "--steps", 3, "--json").json
    assert [run["optimizer"] for run in report["runs"]] == list(OPTIMIZERS.keys)


def test_people_get_a_table_with_the_usual_racers(nnviz: Nnviz) -> None:
    lines = nnviz("race", "--surface", "rosenbrock").out.splitlines()
    assert lines[0].startswith("Rosenbrock: ")
    assert [line.split()[0] for line in lines[2:]] == ["SGD", "Momentum", "RMSprop", "Adam"]


def test_who_leaves_the_numbers_is_said_to_have_diverged(nnviz: Nnviz) -> None:
    arguments = ("--optimizer", "sgd:rate=10", "--steps", 50)
    assert nnviz("race", "--surface", "rosenbrock", *arguments).out.endswith("diverged\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--surface", "moon"), "There is no surface 'moon'; there are bowl"),
        (("--surface", "bowl", "--optimizer", "adm"), "There is no optimizer 'adm'"),
        (("--surface", "bowl", "--optimizer", "sgd:mu=1"), "sgd has no hyperparameter 'mu'"),
        (("--surface", "bowl", "--start", "1"), "'1' is not a point such as -1.2,1"),
        (("--surface", "bowl", "--start", "nan,0"), "'nan,0' is not a finite point"),
        (("--surface", "bowl", "--start", "1e9,0"), "where the surface has no value"),
        (("--surface", "bowl", "--steps", "-1"), "-1 is not from 0"),
        ((), "--surface --formula is required"),
        (("--surface", "bowl", "--formula", "x^2"), "not allowed with argument --surface"),
        (("--formula", "x^2 +"), "Formula, at character 6: it ends where"),
        (("--formula", "log(x)", "--start", "-1,0"), "where the surface has no value"),
        (("--formula", "x^2 for x in [1, 0]"), "The domain of x is [1, 0]; it must rise"),
        (("--surface", "bowl", "--noise", "-1"), "-1 is not from 0"),
    ],
)
def test_bad_arguments_are_refused_with_a_sentence(
    nnviz: Nnviz, arguments: tuple[str, ...], sentence: str
) -> None:
    answer = nnviz("race", *arguments)
    assert answer.status == 2
    assert sentence in answer.err


def test_rosenbrock_typed_is_rosenbrock(nnviz: Nnviz) -> None:
    racers = ("--optimizer", "sgd:rate=0.001", "--optimizer", "adam:rate=0.1")
    rest = (*racers, "--start", "-1.2,1", "--steps", 100, "--json")
    typed = nnviz("race", "--formula", "(1-x)^2 + 100*(y-x^2)^2", *rest).json
    named = nnviz("race", "--surface", "rosenbrock", *rest).json
    assert typed["surface"] == "(1-x)^2 + 100*(y-x^2)^2"
    for one, other in zip(typed["runs"], named["runs"], strict=True):
        np.testing.assert_allclose(one["path"], other["path"], rtol=1e-9, atol=1e-12)


def test_a_formula_gets_racers_start_and_domain_of_its_own(nnviz: Nnviz) -> None:
    lines = nnviz("race", "--formula", "x^2 + 10*y^2 for x in [-2, 2], y in [-1, 1]").out.split(
        "\n"
    )
    assert lines[0] == "x² + 10y²: x² + 10y², after 200 steps"
    assert "diverged" not in "".join(lines)


def test_noise_is_the_same_for_all_and_every_time(nnviz: Nnviz) -> None:
    racers = ("--optimizer", "sgd:rate=0.1", "--optimizer", "sgd:rate=0.1")
    rest = ("race", "--surface", "bowl", *racers, "--steps", 20, "--json", "--noise")
    one, other = nnviz(*rest, 0.5).json["runs"]
    assert one["path"] == other["path"] == nnviz(*rest, 0.5).json["runs"][0]["path"]
    assert one["path"] != nnviz(*rest, 0).json["runs"][0]["path"]


def test_help_names_the_surfaces_and_the_optimizers() -> None:
    parser = ArgumentParser()
    COMMANDS["race"].add_arguments(parser)
    told = " ".join(parser.format_help().split()).replace("- ", "-")
    assert all(key in told for key in (*SURFACES.keys, *OPTIMIZERS.keys))
