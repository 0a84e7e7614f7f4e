"""`nnviz export`: pictures and animations of a document, without a display."""

from __future__ import annotations

import os
from argparse import Namespace

from nnviz.cli.source import document
from nnviz.export.request import ExportRequest


def run(arguments: Namespace) -> int:
    """Check all that was asked for, then draw and write it."""
    opened = document(arguments.source)
    width, height = arguments.size
    request = ExportRequest(
        experiment=opened.experiment,
        path=arguments.output,
        view=arguments.view,
        epochs=arguments.epochs,
        every=arguments.every,
        fps=arguments.fps,
        width=width,
        height=height,
        theme=arguments.theme,
        run=opened.run,
    )
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from nnviz import app

    return app.export(request)
