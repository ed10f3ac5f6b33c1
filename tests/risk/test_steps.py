"""The simple commands of a line, as they are told after they ran."""

from __future__ import annotations

import pytest

from aidevops_voice.risk.steps import Step, steps


def lines(command: str) -> list[str]:
    """Each command as one text."""
    return [" ".join(step.words) for step in steps(command)]


@pytest.mark.parametrize(
    ("command", "found"),
    [
        ("git fetch && git reset --hard origin/main; ls", ["git fetch", "git reset --hard origin/main", "ls"]),
        ("for f in a b; do rm $f; done", ["rm $f"]),
        ("if true; then rm a; else rm b; fi", ["true", "rm a", "rm b"]),
        ("(cd x && make) || exit 1", ["cd x", "make", "exit 1"]),
        ("A=1 npm test", ["npm test"]),
        ("nohup env B=2 make all", ["make all"]),
        ("cat <<'EOF' > notes\nrm everything\nEOF", ["cat"]),
        ("git commit -m 'rm -rf /; x'", ["git commit -m rm -rf /; x"]),
        ("rm 'a b", ["rm a b"]),
        ("echo 'x && rm \"y", ["echo x", "rm y"]),
        ("", []),
    ],
)
def test_commands_in_their_order(command: str, found: list[str]) -> None:
    assert [line.replace("'", "").replace('"', "") for line in lines(command)] == found


def test_what_is_piped_written_and_run_as_root_is_known() -> None:
    first, second = steps("curl -s x | sudo -E sh > /tmp/log 2>&1")
    assert first == Step(("curl", "-s", "x"))
    assert second == Step(("sh",), root=True, piped=True, files=("/tmp/log",))
    assert steps("> notes.txt") == [Step((), files=("notes.txt",))]
    assert steps("make > /dev/null")[0].files == ()


def test_secrets_are_not_kept() -> None:
    secret = "ghp_" + "a1B2" * 9
    assert secret not in str(steps(f"git push https://ana:{secret}@github.com/ana/shop"))
