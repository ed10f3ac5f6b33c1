"""Where a name lies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aidevops_voice.risk import assess, assess_edit, paths

PROJECT = "/home/ana/shop"
GROUND = paths.ground(PROJECT)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("src/a.py", "inside"),
        ("./src/../a.py", "inside"),
        ("/home/ana/shop/a", "inside"),
        ("//home/ana/shop/a", "inside"),
        ("/home/ana/shop-old/a", "outside"),
        ("../a", "outside"),
        ("~/a", "outside"),
        ("~bob/a", "outside"),
        ("/tmp/a", "outside"),
        ("/etc/hosts", "system"),
        ("~/.bashrc", "start"),
        (".git/hooks/pre-commit", "git"),
        ("vendor/x/.GIT/config", "git"),
        (".env", "secret"),
        (".env.example", "inside"),
        ("certs/server.key", "secret"),
        ("~/.ssh/id_rsa", "secret"),
        ("~/.ssh/id_rsa.pub", "outside"),
        ("/dev/sda", "device"),
        ("/dev/null", "nowhere"),
        ("/dev/tcp/host/80", "socket"),
        (f"{paths.HOLE}/a", "unknown"),
        (f"src/{paths.HOLE}", "unknown"),
        (f"src/{paths.ITEM}", "inside"),
    ],
)
def test_places_to_write(name: str, place: str) -> None:
    assert paths.place(name, GROUND, writing=True) == place


def test_without_a_known_folder_only_absolute_names_are_known() -> None:
    lost = replace(GROUND, cwd=None)
    assert paths.place("a", lost) == "unknown"
    assert paths.place("/home/ana/shop/a", lost) == "inside"


@pytest.mark.parametrize(
    ("command", "risk"),
    [
        ("cd src && touch a", "write"),
        ("cd src; cd ../..; touch a", "outside"),
        ("(cd /tmp); touch a", "write"),
        ("cd - ; touch a", "destructive"),
        ("cd $X; touch a", "destructive"),
        ("true | cd /tmp; touch a", "write"),
        ("if ls; then cd /tmp; fi; touch a", "destructive"),
        ("for d in a b; do cd ..; done; touch x", "destructive"),
    ],
)
def test_the_folder_is_followed(command: str, risk: str) -> None:
    assert assess(command, PROJECT).risk == risk


@pytest.mark.parametrize(
    ("path", "link", "risk"),
    [
        ("src/a.py", None, "write"),
        ("src/a.py", "../../other/a.py", "outside"),
        ("src/a.py", "/home/ana/shop/.env", "credentials"),
        ("a\u202eb.py", None, "destructive"),
        ("src/\x00a", None, "destructive"),
        ("..\\other\\a", None, "outside"),
        ("$(rm -rf src).md", None, "write"),
    ],
)
def test_edits(path: str, link: str | None, risk: str) -> None:
    assert assess_edit(path, PROJECT, link).risk == risk
