"""Which data set an experiment's data mean, be it one of the table or a person's own."""

from __future__ import annotations

from nnviz.engine.datasets import DATASETS, Dataset
from nnviz.experiment.spec import Data


def dataset_of(data: Data) -> Dataset:
    """The data set: its problem, classes, axes and plane, and how its points are made.

    Raises:
        Mistake: if there is no such data set.
    """
    return DATASETS[data.dataset]
