"""A Markdown table as one sentence: its verdicts, its few values, or its size."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aidevops_voice.languages import Saying

_MOST = 40
"""Rows that are kept; more are counted."""
_CELL = 120
_TOLD, _SHORT = 3, 30
"""Rows of a table that is told as it is, and characters of a cell of it."""
_COUNT = re.compile(r"[\d.,]+")
_COUNTED = re.compile(r"^\w+(?:ed|ing|s|ad[oa]|id[oa])$")
_NAME = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"\d")
_AMOUNT = re.compile(r"\d[\d,]*(?:\.\d+)?")
_STAYED = 0.03
"""Share below which a number is much as it was; those that changed come before."""
_STRONG = re.compile(r"\*\*[^*]*\d")
_PAIR = 2
"""Columns of names and numbers."""
_SIDES = (
    re.compile(r"\W*(?:before|old|was|previous(?:ly)?|then|antes|anterior)\W*", re.I),
    re.compile(r"\W*(?:after|new|now|current(?:ly)?|después|ahora|actual|nuevo)\W*", re.I),
)
"""What stands above the numbers of before, and of after."""
_ALARM = re.compile(r"(?:\*\*)?[❌🔴🚨⛔🛑]\ufe0f?\s*(?=\W*\w+\W+\w)")
_JUDGED = re.compile(r"(?:\*\*)?[✅✔✓☑🟢❌✗✘✖🔴🟡⚠⛔🚨🛑]")
_GOOD = re.compile(r"(?:[✅✔✓☑🟢]\ufe0f?\s*)?(?:ok|okay|pass(?:ed|es|ing)?|success|green|pasa|pasó|correct[oa])?", re.I)
_BAD = re.compile(r"(?:[❌✗✘✖🔴]\ufe0f?\s*)?(?:fail(?:ed|s|ing|ure)?|error|broken|red|falla|falló)?", re.I)


def _value(row: Sequence[str]) -> str:
    """`Size 3 MB`, but `3 skipped`."""
    name, value = (cell.strip("*_`~ ✅❌⏭⏸⚠️✔✗") for cell in row)
    counts = _COUNT.fullmatch(value) and _COUNTED.search(name)
    return f"{value} {name.lower()}" if counts else f"{name} {value}"


def _is_name(cell: str) -> bool:
    return 0 < len(cell) <= _SHORT and bool(_NAME.match(cell.strip("*_`~ ")))


def _is_fine(row: Sequence[str], at: int) -> bool:
    return at < len(row) and bool(row[at]) and bool(_GOOD.fullmatch(row[at]))


_ROW = re.compile(r"[^\W_]|[^\x00-\x7f]")
"""A row has a word, a number or a mark; `| : | - |` is none."""


def _change(before: str, after: str) -> float:
    """By what share of it a number has changed; 1 where it cannot be told."""
    numbers = [_AMOUNT.findall(cell) for cell in (before, after)]
    if not all(len(found) == 1 for found in numbers):
        return 1.0
    old, new = (float(found[0].replace(",", "")) for found in numbers)
    return abs(new - old) / abs(old) if old else 1.0


class Table:
    """The rows of one table as they come."""

    def __init__(self) -> None:
        self.header: list[str] = []
        self.rows: list[list[str]] = []
        self.count = 0

    def add(self, line: str) -> None:
        """One line of it that is no separator."""
        cells = [cell.strip()[:_CELL] for cell in line.strip().strip("|").split("|")]
        if not self.header:
            self.header = cells
            return
        if not _ROW.search(line):
            return
        self.count += 1
        if len(self.rows) < _MOST:
            self.rows.append(cells)

    def saying(self) -> Saying | None:
        """What is told of it; None for one without rows."""
        if not self.count:
            return None
        return (
            self._verdicts() or self._exceptions() or self._alarm() or self._changes() or self._values() or self._size()
        )

    @property
    def names(self) -> list[str]:
        """What its rows are about, where they are few: the first column that is words and not numbers."""
        if self.count > _TOLD:
            return []
        columns = ([row[at] if at < len(row) else "" for row in self.rows] for at in range(len(self.header)))
        return next((cells for cells in columns if all(map(_is_name, cells))), [])

    def _verdicts(self) -> Saying | None:
        if self.count > _MOST:
            return None
        for column in range(1, max(map(len, self.rows))):
            cells = [row[column] if column < len(row) else "" for row in self.rows]
            if all(cell and (_GOOD.fullmatch(cell) or _BAD.fullmatch(cell)) for cell in cells):
                bad = [row[0] for row, cell in zip(self.rows, cells, strict=True) if _BAD.fullmatch(cell)]
                return self._judged(bad)
        return None

    def _judged(self, bad: Sequence[str]) -> Saying:
        if not bad:
            return Saying("table.good", self.count)
        return Saying("table.bad", self.count, {"bad": len(bad), "name": bad[0]})

    def _exceptions(self) -> Saying | None:
        """The few rows that are not `ok`, where only one column says `ok` of others."""
        fine = [at for at in range(1, len(self.header)) if any(_is_fine(row, at) for row in self.rows)]
        if len(fine) != 1 or self.count > _MOST:
            return None
        odd = [row for row in self.rows if not _is_fine(row, fine[0])]
        if not 0 < len(odd) <= _TOLD or not all(len(row) > fine[0] and _is_name(row[fine[0]]) for row in odd):
            return None
        return Saying("table.values", fields={"what": ", ".join(f"{row[0]} {row[fine[0]]}" for row in odd)})

    def _alarm(self) -> Saying | None:
        """The only row with a red sign, where the sign stands before words that no other row has.

        Signs in several columns compare what the columns are about.
        """
        if len({at for row in self.rows for at, cell in enumerate(row) if _JUDGED.match(cell)}) > 1:
            return None
        marked = [(row, cell) for row in self.rows for cell in row[1:] if _ALARM.match(cell)]
        if len(marked) != 1 or self.count > _MOST:
            return None
        row, cell = marked[0]
        name = next((one for one in row if one is not cell and _NAME.search(one)), "")
        what = f"{name}, {_ALARM.sub('', cell)}".replace("**", "").strip(" ,")
        return Saying("table.values", fields={"what": what}) if name and len(what) <= _CELL else None

    def _values(self) -> Saying | None:
        """Few names with a number each, which are all that the table says."""
        at = self._counting() if self.count <= _TOLD else 0
        rows = [(row[0], row[at]) for row in self.rows] if at else []
        short = all(
            _NAME.search(name) and _NUMBER.search(value) and max(len(name), len(value)) <= _SHORT
            for name, value in rows
        )
        return Saying("table.values", fields={"what": ", ".join(map(_value, rows))}) if rows and short else None

    def _counting(self) -> int:
        """The column of a table of two, or the only one with a bold number in each row; else 0."""
        if len({len(row) for row in self.rows}) > 1:
            return 0
        columns = list(zip(*self.rows, strict=True))
        bold = [at for at, cells in enumerate(columns) if at and all(map(_STRONG.match, cells))]
        return 1 if len(columns) == _PAIR else bold[0] if len(bold) == 1 else 0

    def _changes(self) -> Saying | None:
        """Few names with a number each from before and after."""
        before, after = (next((at for at, one in enumerate(self.header) if sign.fullmatch(one)), 0) for sign in _SIDES)
        if not (before and after) or self.count > _TOLD:
            return None
        rows = [row for row in self.rows if max(before, after) < len(row)]
        changed = sorted(rows, key=lambda row: _change(row[before], row[after]) < _STAYED)
        told = [f"{row[0]} {row[before]} → {row[after]}" for row in changed if row[before] != row[after]]
        numbers = all(_NUMBER.search(row[before]) and _NUMBER.search(row[after]) for row in rows)
        what = ", ".join(told).replace("**", "")
        return Saying("table.values", fields={"what": what}) if numbers and 0 < len(what) <= _CELL else None

    def _size(self) -> Saying:
        return Saying("table.size", self.count)
