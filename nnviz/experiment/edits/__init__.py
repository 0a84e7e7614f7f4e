"""Edits: what a person can do to an experiment, each a pure function to a new one.

The one idea: an edit always leaves an experiment that can be built. What hangs together is kept
together here and nowhere else: places in theta stay inside the network, a loss fits its problem.
"""

from __future__ import annotations

from nnviz.experiment.edits.bookmarks import (
    with_bookmark,
    without_bookmark,
)
from nnviz.experiment.edits.data import (
    losses_for,
    own_of,
    regenerated,
    with_data,
    with_dataset,
    with_imported,
    with_own,
)
from nnviz.experiment.edits.inputs import (
    FEATURE_LIMIT,
    in_order,
    is_typed,
    with_feature_replaced,
    with_feature_toggled,
)
from nnviz.experiment.edits.landscape import (
    racer_for,
    with_axes,
    with_next_picture,
    with_race_starts,
    with_racer,
    with_racer_added,
    with_racer_doubled,
    with_racers,
    with_studied,
    with_surface,
    with_terrain,
    without_racer,
)
from nnviz.experiment.edits.layers import (
    LAYER_LIMIT,
    WIDTH_LIMIT,
    with_cut,
    with_held,
    with_layer_activation,
    with_layer_added,
    with_layer_dropout,
    with_layer_initializer,
    with_layer_inserted,
    with_layer_moved,
    with_layer_removed,
    with_neuron_added,
    with_neuron_removed,
)
from nnviz.experiment.edits.network import (
    activation_of,
    experiment_with_architecture,
    with_activation,
    with_dropout,
    with_initializer,
)
from nnviz.experiment.edits.overlays import (
    with_next_overlay,
    with_overlay,
    with_pin,
    with_probe_switched,
)
from nnviz.experiment.edits.planes import (
    with_loss_over,
    with_other_directions,
    with_plane,
    with_race,
    with_racers_as_rivals,
)
from nnviz.experiment.edits.rivals import (
    with_preset,
    with_rival_added,
    with_rival_as_main,
    with_rival_changed,
    without_rival,
    without_rivals,
)
from nnviz.experiment.edits.training import (
    with_loss,
    with_new_start,
    with_optimizer,
    with_penalty,
    with_rate,
    with_training,
)
from nnviz.experiment.edits.view import (
    layers_seen,
    with_next_layer_seen,
    with_next_space,
    with_view,
)
from nnviz.experiment.edits.whole import (
    Edit,
    parameter_count,
)

__all__ = [
    "FEATURE_LIMIT",
    "LAYER_LIMIT",
    "WIDTH_LIMIT",
    "Edit",
    "activation_of",
    "experiment_with_architecture",
    "in_order",
    "is_typed",
    "layers_seen",
    "losses_for",
    "own_of",
    "parameter_count",
    "racer_for",
    "regenerated",
    "with_activation",
    "with_axes",
    "with_bookmark",
    "with_cut",
    "with_data",
    "with_dataset",
    "with_dropout",
    "with_feature_replaced",
    "with_feature_toggled",
    "with_held",
    "with_imported",
    "with_initializer",
    "with_layer_activation",
    "with_layer_added",
    "with_layer_dropout",
    "with_layer_initializer",
    "with_layer_inserted",
    "with_layer_moved",
    "with_layer_removed",
    "with_loss",
    "with_loss_over",
    "with_neuron_added",
    "with_neuron_removed",
    "with_new_start",
    "with_next_layer_seen",
    "with_next_overlay",
    "with_next_picture",
    "with_next_space",
    "with_optimizer",
    "with_other_directions",
    "with_overlay",
    "with_own",
    "with_penalty",
    "with_pin",
    "with_plane",
    "with_preset",
    "with_probe_switched",
    "with_race",
    "with_race_starts",
    "with_racer",
    "with_racer_added",
    "with_racer_doubled",
    "with_racers",
    "with_racers_as_rivals",
    "with_rate",
    "with_rival_added",
    "with_rival_as_main",
    "with_rival_changed",
    "with_studied",
    "with_surface",
    "with_terrain",
    "with_training",
    "with_view",
    "without_bookmark",
    "without_racer",
    "without_rival",
    "without_rivals",
]
