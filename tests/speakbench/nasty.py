"""Agent texts and event streams put together from what breaks speech, for property-based tests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

SECRETS: Sequence[str] = (
    "sk-proj-m4d3UpK3yAbCdEfGh1jKlMn0pQr5tUvWx", "ghp_M4deUpT0kenN0tRealAtAll7305918264ab", "AKIAM4DEUPKEY7EXMPL",
    "xoxb-7305918264-8264917305-madeUpT0k3nF0rTests",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiIsImV4cCI6MTc2MzYwMDAwMH0.m4d3UpS1gnatur3n0tReal",
    "glpat-m4d3UpT0k3nAbCdEf12", "npm_M4deUpPublishT0kenForTests7305918264",
    "AIzaSyM4d3UpM4d3UpM4d3UpM4d3UpM4d3Up012", "hf_M4deUpT0kenForTestsOnlyXyZ123456",
    "sk_live_M4d3Up51Qx7Zz8vQ2LwT4nByAbCd",
)  # fmt: skip
WRAPPED: Sequence[str] = (
    "{}", "`{}`", "OPENAI_API_KEY={}",
    'token: "{}"', "Authorization: Bearer {}", "postgres://shop:{}@db.internal/shop", "export API_TOKEN='{}'",
    "the key {} works", "https://u:{}@example.com/x", '{{"api_key": "{}"}}',
)  # fmt: skip
MARKDOWN: Sequence[str] = (
    "# Results", "## ✅ Done", "- ", "* **one**", "1. first", "> quoted", "---", "***", "**bold**", "__init__",
    "~~no~~", "`code`", "`", "``", "```", "```python\nprint(1)\n```", "~~~", "````md\n```\nx\n```\n````",
    "    indented code", "| a | b |\n|---|---|\n| 1 | 2 |", "|", "|x", "[link](https://example.com/a/b?c=d#e)",
    "![img](x.png)", "[^1]", "<br>", "<details><summary>More</summary>", "&nbsp;&lt;", "$x^2$", "\\(a \\le b\\)",
    "- [x] done", "- [ ] open", "* * *", "Title\n=====", "a  \nb", "[ref]: https://example.com", "{{mustache}}",
    "${VAR}", "%(name)s", "***both***", "_it_",
)  # fmt: skip
CODE: Sequence[str] = (
    '{"a": [1, 2, {"b": null}]}', "x = y[0] if z else {}", "git push --force origin main",
    "rm -rf build && make -j4", "@@ -1,3 +1,4 @@\n-old\n+new", "diff --git a/x b/x", "fn main() { panic!(\"no\") }",
    "SELECT * FROM t WHERE a='b';",
    "Traceback (most recent call last):\n  File \"/srv/app/main.py\", line 42, in run\nKeyError: 'x'",
    "error[E0382]: borrow of moved value: `words`\n --> src/lib.rs:9:5", "std::vector<int> v{1,2};",
    "^(\\d+)\\.(\\d+)$", "a?.b ?? c", "i++ <= --j", "f(x)(y)[z]", "#!/bin/sh", "<div class=\"x\">y</div>",
    "=> -> != == >= <= && || :: ..",
)  # fmt: skip
TERMINAL: Sequence[str] = (
    "\x1b[31mred\x1b[0m", "\x1b[1;38;5;196m", "\x1b]8;;https://ci.example.com/1\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]0;title\x07", "\x1b[2J\x1b[H", "\x1b", "\x1b[", "\x9b31m", "\x07", "\x00", "\x08\x08", "a\rb", "\x7f",
    "\x85", "\u2028", "\x0c", "\x1bP1$r\x1b\\",
)  # fmt: skip
UNSEEN: Sequence[str] = (
    "\u200b", "in\u200bvisible", "\u202egnp.exe", "\u2066x\u2069", "\ufeff", "\u00ad", "\u2060", "p\u0430ypal.com",
    "ｆｕｌｌ", "𝐛𝐨𝐥𝐝 𝟏𝟐", "ﬁle", "e\u0301", "z\u0351\u0352\u0353\u0354algo", "\U000e0041", "\ud7ff", "①②", "½",
    "x²", "№ 5", "™", "º ª", "İ",
)  # fmt: skip
TAGS: Sequence[str] = (
    '<speak><break time="10s"/></speak>', '<prosody rate="x-fast">', "</voice>",
    '<say-as interpret-as="digits">1</say-as>', "<emotion value=\"angry\"/>", "[laughter]", "<!-- no -->",
    "<script>alert(1)</script>", "<|endoftext|>", "{{#if}}",
)  # fmt: skip
NAMES: Sequence[str] = (
    "parse_config", "HTTPServer", "--dry-run", "-rf", "src/app/main.py:42", "/srv/app/very/deep/folder/x.yaml",
    "~/.config/app", "C:\\Users\\ana\\x.txt", "a1b2c3d", "bc39136e5a5d695bdddacf354661d79fcb2f7d60", "v2.13.0",
    "1.0.0-rc.1", "react-dom@18.3.1", "https://docs.example.com/api/v2#x?y=z", "www.example.com",
    "ana.ruiz+x@mail.example.com", "127.0.0.1:8080", "::1", "fe80::1", "user.test.ts", "Makefile", ".env",
    "test_a[1-2]", "tests/test_x.py::test_y", "$HOME", "%PATH%", "node_modules/.bin", "C#", "C++", "F#",
    "a/b/c/d/e", "x.y.z()", "__main__", "O'Brien", "don't", "rock 'n' roll", "AT&T", "co-op", "i18n", "UTF-8",
    "x86_64", "k8s", "feature/tax-rate", "550e8400-e29b-41d4-a716-446655440000",
    "sha256:e3b0c44298fc1c149afbf4c8996fb924", "0xdeadbeef", "Ctrl+Shift+P",
)  # fmt: skip
EMOJI: Sequence[str] = (
    "🎉", "✅", "❌", "👩‍💻", "🇪🇸", "👉", "⚠️", "1️⃣", "→", "…", "·", "•", "×", "✔", "“so”", "«no»", "—", "€5",
    "°C", "§ 3",
)  # fmt: skip
PROSE: Sequence[str] = (
    "All tests pass.", "3 tests failed.", "It is done.",
    "I could not push.", "Nothing was changed.", "No errors.", "Fixed it!", "Should I go on?", "Great question!",
    "Let me look.", "e.g. this", "Which one, A or B?", "It works now", "but only on main.",
    "I removed 2 files and added 14 lines.", "The build failed because a module is missing.", "done", "Error", "ok",
    "not", "Hecho. Las 48 pruebas pasan.", "No pude subir los cambios.", "¿Quieres que las corrija?",
    "Se borraron 1.842 filas.",
    "The quick brown fox, which is not so quick, jumps over a dog that sleeps, and then over one more",
)  # fmt: skip
FOREIGN: Sequence[str] = (
    "Die Tests laufen, alle 12 sind grün.", "Les tests ne passent pas encore.", "テストは12件すべて成功しました。",
    "Сборка упала.", "اكتمل البناء", "构建失败",
)  # fmt: skip
REPORTS: Sequence[str] = (
    "=== 3 failed, 22 passed, 1 skipped in 0.38s ===", "FAILED tests/test_x.py::test_y - assert 1 == 2",
    "25 passed in 3.1s", "Tests:       1 failed, 3 passed, 4 total",
    "test result: FAILED. 1 passed; 2 failed; 1 ignored", "--- FAIL: TestX (0.00s)", "found 7 errors in 2 files",
    "src/a.ts(5,3): error TS2345: no", "HTTP/1.1 503 Service Unavailable", "exit status 2",
    "CONFLICT (content): Merge conflict in src/a.py", " ! [rejected]        main -> main (fetch first)",
    "fatal: not a git repository", " M src/a.py\n?? b.txt", "commit bc39136e5a5d695bdddacf354661d79fcb2f7d60",
    "# tests 5\n# pass 2\n# fail 2", "npm ERR! code E404", "make: *** [Makefile:3: all] Error 2", "Killed",
    "panic: runtime error: index out of range [5] with length 3", "ok  \tshop/cart\t0.004s",
)  # fmt: skip
FORMS: Sequence[str] = (
    "{}", "{}%", "-{}", "+{}", "{}.", "#{}", "({})", "{} ms", "{}s", "{} GB", "{}MB/s", "${}", "{}€", "{}th", "v{}",
    "{}x", "1,{:03}", "{}.5", "0.{}", "{}:30", "2025-04-{}", "{}/10", "{}e3", "0x{}", "{}k", "port {}", "{}-{}",
    "line {}", "{} failed", "{} passed",
)  # fmt: skip
ODD_NUMBERS: Sequence[str] = (
    "1" * 400, "00042", "3.14159265358979", "1e400", "-0", "1.2.3.4.5", "12:34:56.789", "1_000_000", "٣٤", "१२",
    "Ⅳ", "2025-04-30T09:35:17Z", "99999999999999999999", "1,2,3", "1/2", "NaN", "∞", "10^6", "3+4=7", "50 %",
    "1.842,50 €", "+34 600 123 456", "4111 1111 1111 1111",
)  # fmt: skip


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """A number in one of the forms that agents write."""
    number = draw(st.integers(0, 20_000))
    return draw(st.sampled_from(FORMS)).replace("{}", str(number)).replace("{:03}", f"{number % 1000:03}")


@st.composite
def secrets(draw: st.DrawFn) -> str:
    """A made-up secret where secrets are found."""
    return " " + draw(st.sampled_from(WRAPPED)).format(draw(st.sampled_from(SECRETS))) + " "


@st.composite
def repeats(draw: st.DrawFn) -> str:
    """One piece over and over."""
    return draw(st.sampled_from([*MARKDOWN, *CODE, *TERMINAL, "a", "word ", "x.", "ab_", "1", "é", "🎉", "\n"])) * draw(
        st.integers(5, 200)
    )


ALL = [*MARKDOWN, *CODE, *TERMINAL, *UNSEEN, *TAGS, *NAMES, *EMOJI, *PROSE, *PROSE, *FOREIGN, *REPORTS, *ODD_NUMBERS]
PIECES = st.one_of(
    st.sampled_from(ALL), st.sampled_from(PROSE), st.sampled_from(NAMES), numbers(), numbers(), secrets(),
    st.text(max_size=12), repeats(),
)  # fmt: skip
BETWEEN = st.sampled_from(
    [" ", " ", " ", "\n", "\n\n", "\n- ", ". ", ", ", ": ", " (", ") ", "\r\n", "", "\n| ", " `", "` ", "\n> "]
)


@st.composite
def texts(draw: st.DrawFn, most: int = 10) -> str:
    """Pieces with something between them; a secret always stands by itself."""
    pieces = draw(st.lists(st.tuples(PIECES, BETWEEN), min_size=1, max_size=most))
    return "".join(piece + between for piece, between in pieces)


WILD = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
NAMED = st.sampled_from(
    ["src/app/main.py", "README.md", "a/b/c/d/e.ts", "/etc/hosts", "x", "été.py", "a b.txt", "\u202egnp.exe", ".env"]
)
COMMANDS = st.one_of(
    st.sampled_from(
        [
            "pytest -q",
            "npm test",
            "cargo build",
            "git push",
            "rm -rf build",
            "ls",
            "",
            "make -j4 all",
            "curl -s http://x",
        ]
    ),
    texts(3),
)
TOOLS = st.sampled_from(["bash", "edit", "write", "read", "grep", "task", "webfetch", "mcp_thing"])


@st.composite
def _tool(draw: st.DrawFn, number: int) -> list[dict[str, Any]]:
    call = {
        "call": f"c{number}",
        "tool": draw(TOOLS),
        "title": draw(st.one_of(st.just(""), texts(2))),
        "command": draw(COMMANDS),
    }
    ok = draw(st.booleans())
    files = [
        {"path": path, "additions": draw(st.integers(0, 99)), "deletions": draw(st.integers(0, 99))}
        for path in draw(st.lists(NAMED, max_size=3))
    ]
    ended = {
        "ok": ok,
        "exit_code": draw(st.sampled_from([None, 0, 0, 1, 2, 127, 137])),
        "output": draw(texts()),
        "files": files,
    }
    return [{"type": "tool_started", **call}, {"type": "tool_finished", **call, **ended}]


@st.composite
def _written(draw: st.DrawFn, number: int) -> list[dict[str, Any]]:
    text = draw(texts())
    at = draw(st.integers(0, len(text)))
    part = {"part": f"p{number}"}
    pieces = [{"type": "text", **part, "delta": piece} for piece in (text[:at], text[at:]) if piece]
    return [*pieces, {"type": "text_ended", **part, "text": text}]


@st.composite
def _other(draw: st.DrawFn, number: int) -> list[dict[str, Any]]:
    match draw(st.sampled_from(["todo", "retry", "compacting", "ask", "question", "piece"])):
        case "todo":
            items = [{"text": draw(texts(2)), "status": draw(st.sampled_from(["pending", "completed", "in_progress"]))}]
            return [{"type": "todo_changed", "items": items}]
        case "retry":
            return [{"type": "retrying", "attempt": 1, "reason": draw(texts(2)), "wait_s": 2.0}]
        case "compacting":
            return [{"type": "compacting", "done": draw(st.booleans())}]
        case "piece":
            return [{"type": "text", "part": f"p{number}", "delta": draw(texts(3))}]
        case "ask":
            ask = {
                "kind": "permission",
                "permission": draw(st.sampled_from(["bash", "edit", "webfetch", "external_directory", "odd"])),
            }
            more = {
                "command": draw(COMMANDS),
                "path": draw(st.one_of(st.just(""), NAMED)),
                "patterns": [draw(texts(2))],
            }
            closed = {"type": "ask_closed", "id": f"a{number}", "closing": "allow"}
            return [{"type": "ask", "id": f"a{number}", **ask, **more}, *([closed] if draw(st.booleans()) else [])]
    question = {"text": draw(texts(3)), "options": [{"label": draw(texts(1))} for _ in range(draw(st.integers(0, 4)))]}
    return [{"type": "ask", "id": f"a{number}", "kind": "question", "questions": [question]}]


@st.composite
def streams(draw: st.DrawFn) -> list[str]:
    """The events of one turn as JSON lines."""
    events: list[dict[str, Any]] = [{"type": "turn_started", "text": draw(texts(2)), "ours": True}]
    for number in range(draw(st.integers(1, 4))):
        events += draw(st.one_of(_tool(number), _written(number), _other(number)))
    events.append(
        {
            "type": "turn_ended",
            "turns": ["t"],
            "outcome": draw(st.sampled_from(["done", "done", "done", "failed", "stopped"])),
        }
    )
    return [json.dumps({"session": "s", "turn": "t", **event}) for event in events]
