"""Data sets that somebody measured: tables among the resources, in real units."""

from __future__ import annotations

import csv

import numpy as np

from nnviz.assets import asset
from nnviz.engine.elementary import Floats

IRIS_SPECIES = ("setosa", "versicolor", "virginica")
PENGUIN_SPECIES = ("Adelie", "Chinstrap", "Gentoo")


def iris() -> tuple[Floats, Floats]:
    """Petal length and width in cm, of shape (150, 2), and the species, of shape (150,)."""
    return _table("iris.csv", ("petal_length", "petal_width"), IRIS_SPECIES)


def penguins() -> tuple[Floats, Floats]:
    """Bill and flipper length in mm, of shape (342, 2), and the species, of shape (342,)."""
    return _table("penguins.csv", ("bill_length", "flipper_length"), PENGUIN_SPECIES)


def _table(name: str, columns: tuple[str, str], species: tuple[str, ...]) -> tuple[Floats, Floats]:
    with asset("data", name).open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(line for line in file if not line.startswith("#"))
    places, kind = [head.index(column) for column in columns], head.index("species")
    real = np.array([[float(row[place]) for place in places] for row in rows])
    return real, np.array([species.index(row[kind]) for row in rows], dtype=np.float64)
