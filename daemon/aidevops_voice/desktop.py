"""Opens the page where there is a desktop, without showing the ticket to other users of the machine."""

from __future__ import annotations

import html
import os
import sys
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from aidevops_voice import paths


def present(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether a browser could show a window here."""
    return sys.platform == "darwin" or any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def wanted(options: Namespace) -> bool:
    """Whether `start` shall open the page; scripts that read JSON do not want a window."""
    return not options.no_open and not options.json and present()


def show(link: str, state: Path) -> None:
    """Open the link through a file that only we can read: a browser's argv can be read by every user."""
    import webbrowser

    page = state / "open.html"
    paths.write_private(page, f'<!doctype html><meta http-equiv="refresh" content="0; url={html.escape(link)}">')
    webbrowser.open(page.as_uri())
