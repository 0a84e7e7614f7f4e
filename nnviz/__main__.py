"""The way in: `python -m nnviz` and the command `nnviz`."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run the command line; the status for the shell."""
    # NumPy reads this once. Its own threads would fight ours for tiny matrices.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from nnviz.cli.entry import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
