"""The one door to the files that come with NNViz: lessons, icons, data, fonts, guides."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent
_HOMES = (_HERE / "_resources", _HERE.parent / "resources")


def asset(*parts: str) -> Path:
    """The path of a file or folder among the resources, such as `asset("data", "iris.csv")`.

    An installed program carries them inside the package, a checkout beside it.

    Raises:
        FileNotFoundError: if neither place holds it.
    """
    for home in _HOMES:
        path = home.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"no resource {'/'.join(parts)!r}; was NNViz installed whole?")
