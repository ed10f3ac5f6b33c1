"""Passwords that people think of, some words away from the word that tells of one."""

from __future__ import annotations

import pytest

from aidevops_voice.redaction import redact

HIDDEN = [
    "Which password should I try next? The current one is `Winter!Kater42`.",
    "I tried the password from the notes, Winter!Kater42, and it failed.",
    "I changed the password from `Winter!Kater42` to another.",
    "Should I keep `Winter!Kater42` as the password?",
    "Log in as robin with Winter!Kater42.",
    "Passwords I tried:\n- `Winter!Kater42`\n- none else",
    "| User | Password |\n|---|---|\n| ana | Winter!Kater42 |",
    "La contraseña actual no funciona. La nueva es `Winter!Kater42`.",
    "La clave del wifi es Winter!Kater42.",
]
READABLE = [
    "Its password is kept in `users.yaml`.",
    "The password check is in auth2.py. The current one is `test_login_2`.",
    "Reset the password of user42. It was last changed in March2024.",
    "Mail the new password to robin42@shop.example.",
    "La clave primaria es cliente_id.",
]


@pytest.mark.parametrize("text", HIDDEN)
def test_a_password_is_hidden_wherever_it_stands(text: str) -> None:
    assert "Kater" not in redact(text)


@pytest.mark.parametrize("text", ["The admin PIN is 4711.", "The passphrase is: correct horse battery staple"])
def test_what_is_no_strange_word_is_hidden_too(text: str) -> None:
    assert "[redacted]" in redact(text)


@pytest.mark.parametrize("text", READABLE)
def test_what_stands_beside_such_a_word_stays(text: str) -> None:
    assert redact(text) == text
