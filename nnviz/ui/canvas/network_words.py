"""What is said of a network in words: on the card beside the pointer, and to a screen reader."""

from __future__ import annotations

import math

from nnviz.ui.canvas.card import Rows
from nnviz.ui.canvas.network_view import Badge, NetworkView, Picked, Unit
from nnviz.ui.canvas.pens import Floats

AT_REST = (
    "Arrow keys go from neuron to neuron, with Control to weights and biases; Enter edits, "
    "plus and minus change what is selected, Escape leaves"
)


def title_of(view: NetworkView, spot: Picked) -> str:
    """What the one thing of a `Picked` is called."""
    if spot.weights:
        layer, unit, source = spot.weights[0]
        before, after = _source(view, layer, source), (layer + 1, unit)
        return f"{view.short_name(before)} → {view.short_name(after)}"
    if spot.biases:
        layer, place = spot.biases[0]
        return f"Bias of {_lower(view.name((layer + 1, place)))}"
    layer, place = spot.units[0]
    return view.name((layer + 1, place))


def rows_of(view: NetworkView, spot: Picked) -> Rows:
    """What a card says of the one thing of a `Picked`: names and values."""
    if spot.weights:
        return _rows_of_weight(view, *spot.weights[0])
    if spot.biases:
        return _rows_of_bias(view, *spot.biases[0])
    return _rows_of_unit(view, *spot.units[0])


def spoken(view: NetworkView, picked: Picked) -> str:
    """A selection as a screen reader says it."""
    counts = (
        (len(picked.units), "unit", "units"),
        (len(picked.weights), "weight", "weights"),
        (len(picked.biases), "bias", "biases"),
    )
    if sum(count for count, _, _ in counts) > 1:
        words = [f"{n} {one if n == 1 else many}" for n, one, many in counts if n]
        return f"{' and '.join(words)} selected"
    return _spoken_one(view, picked) if picked else AT_REST


def state_of(view: NetworkView, picked: Picked) -> str:
    """What is special about a selection of one number; "" where nothing is."""
    one = len(picked.weights) + len(picked.biases) == 1 and not picked.units
    return _word_of_state(view, picked) if one else ""


def _spoken_one(view: NetworkView, spot: Picked) -> str:
    if spot.weights:
        layer, unit, source = spot.weights[0]
        before = _lower(view.name(_source(view, layer, source)))
        after = _lower(view.name((layer + 1, unit)))
        said = plain(float(view.weights[layer][unit, source]))
        return f"weight from {before} to {after}, {said}{_state(view, spot)}"
    if spot.biases:
        layer, place = spot.biases[0]
        return f"{_lower(title_of(view, spot))}, {plain(float(view.biases[layer][place]))}" + (
            _state(view, spot)
        )
    said = "; ".join(f"{name.lower()} {value}" for name, value in rows_of(view, spot))
    return f"{_lower(title_of(view, spot))}, {said}"


def _state(view: NetworkView, spot: Picked) -> str:
    word = _word_of_state(view, spot)
    return f", {word}" if word else ""


def _word_of_state(view: NetworkView, spot: Picked) -> str:
    """Whether a weight is cut or locked, or a bias locked; "" when it is free."""
    if spot.biases:
        layer, place = spot.biases[0]
        return "locked" if view.held_biases and view.held_biases[layer][place] else ""
    layer, unit, source = spot.weights[0]
    if view.cut and view.cut[layer][unit, source]:
        return "cut"
    return "locked" if view.held and view.held[layer][unit, source] else ""


def _rows_of_weight(view: NetworkView, layer: int, unit: int, source: int) -> Rows:
    weight = float(view.weights[layer][unit, source])
    rows = [("Weight", signed(weight))]
    place = (unit, source)
    rows += _changes(view.gradients, view.updates, layer, place)
    if view.activity is not None:
        rows.append(("Carries", signed(weight * float(view.activity[layer][source]))))
    return _with_state(view, Picked(weights=((layer, unit, source),)), rows)


def _rows_of_bias(view: NetworkView, layer: int, place: int) -> Rows:
    rows = [("Bias", signed(float(view.biases[layer][place])))]
    rows += _changes(view.bias_gradients, view.bias_updates, layer, (place,))
    return _with_state(view, Picked(biases=((layer, place),)), rows)


def _with_state(view: NetworkView, spot: Picked, rows: list[tuple[str, str]]) -> Rows:
    word = _word_of_state(view, spot)
    return (*rows, ("State", word)) if word else tuple(rows)


def _changes(
    gradients: tuple[Floats, ...] | None,
    updates: tuple[Floats, ...] | None,
    layer: int,
    place: tuple[int, ...],
) -> list[tuple[str, str]]:
    pairs = (("Gradient", gradients), ("Last change", updates))
    return [(name, signed(float(each[layer][place]))) for name, each in pairs if each is not None]


def _rows_of_unit(view: NetworkView, layer: int, place: int) -> Rows:
    rows = []
    if layer < 0:
        is_on = view.features[place].is_on
        rows.append(("Input", "on" if is_on else "off"))
    else:
        rows.append(("Activation", view.activations[layer]))
        rows.append(("Bias", signed(float(view.biases[layer][place]))))
    value = value_at_probe(view, layer, place)
    if value is not None:
        rows.append(("Value", signed(value)))
    return (*rows, *_rows_of_badge(view.badge(layer, place)))


def value_at_probe(view: NetworkView, layer: int, place: int) -> float | None:
    """What a unit answers at the probe; a feature that is off answers nothing."""
    if view.activity is None:
        return None
    if layer < 0:
        on = view.on
        return float(view.activity[0][on.index(place)]) if place in on else None
    return float(view.activity[layer + 1][place])


def _rows_of_badge(badge: Badge | None) -> Rows:
    if badge is None:
        return ()
    shares = (("Dead", badge.dead), ("Saturated", badge.saturated))
    return tuple((name, f"at {share:.0%} of points") for name, share in shares if share > 0)


def words_of_badge(badge: Badge | None) -> tuple[str, ...]:
    """What a badge says in the tile of its unit, the longest words first; () for none."""
    if badge is None:
        return ()
    if badge.dead >= badge.saturated:
        return f"dead {badge.dead:.0%}", f"{badge.dead:.0%}"
    share = f"{badge.saturated:.0%}"
    return f"saturated {share}", f"sat. {share}", share


def folded(view: NetworkView, column: int, shown: int) -> tuple[str, Rows]:
    """What a card says of the units of a column that have no tile: a title, and which they are."""
    count = view.counts[column]
    where = f"of layer {column}" if column <= len(view.widths) else "of the output"
    title = f"{count - shown:,} more neurons {where}"
    return title, (("Folded", f"{shown + 1:,} – {count:,}"), ("Click", "menu of the layer"))


def _source(view: NetworkView, layer: int, source: int) -> Unit:
    return layer, (view.on[source] if layer == 0 else source)


def _lower(name: str) -> str:
    """A name within a sentence: formulas stay as they are."""
    return name[0].lower() + name[1:] if name.startswith(("Neuron", "Output", "Bias")) else name


def signed(number: float) -> str:
    """A number in the width of a card, with a true minus and three digits that matter."""
    size = abs(number)
    is_plain = number == 0 or 0.0095 <= size < 1000 or not math.isfinite(number)
    text = f"{number:+.3f}" if is_plain else f"{number:+.2e}"
    return text.replace("-", "−")


def plain(number: float) -> str:
    """A number as it is said: 0.43, or 0.0043 where that would be 0."""
    text = f"{number:.2f}" if number == 0 or abs(number) >= 0.1 else f"{number:.2g}"
    return text.replace("-", "−")
