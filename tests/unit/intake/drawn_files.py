"""A small bank whose files are drawn in the tests: one feed, an inbox, a raw layer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from maisui.intake import Intake, Receipt, folder_of, quarantined_rows, receive
from maisui.sources.contract import ColumnKind, Content, Control, Drift, Feed, FeedColumn, Source

DAY = date(2026, 3, 31)
NAME = "B1-ACC-20260331.txt"
COLUMNS = """
    account  | account     | key
    name     | text        |
    balance  | amount      | must
    opened   | date        |
    currency | currency    |
    status   | word        |      | 正常 销户 其他-*
"""


def feed_of(columns: str = COLUMNS, **settings: Any) -> Feed:
    """Return a feed from its drawn columns: name | kind | need | words."""
    drawn: list[FeedColumn] = []
    for line in columns.strip().splitlines():
        name, kind, need, words = ([cell.strip() for cell in line.split("|")] + ["", "", ""])[:4]
        kind, _, argument = kind.partition(":")
        drawn.append(
            FeedColumn(
                name,
                ColumnKind(kind),
                name,
                is_required=need in ("key", "must"),
                format=(argument or "%Y%m%d") if kind == "date" else argument if kind.startswith("amount") else "",
                words=tuple(words.split()),
                certificate_of=argument if kind == "certificate" else "",
            )
        )
        if need == "key":
            settings.setdefault("key", ())
            settings["key"] = (*settings["key"], name)
    settings.setdefault("key", ())
    given = {"delimiter": "|", "quote": "", "has_header": False, "encodings": ("utf-8", "gb18030"), "content": Content.FULL, **settings}
    if isinstance(given.get("drift"), str):
        given["drift"] = Drift(given["drift"])
    if isinstance(given.get("control"), str):
        given["control"] = Control(given["control"], given.pop("control_required", False))
    return Feed(
        source="bank",
        code="ACC",
        title_zh="户",
        title_en="Accounts",
        file_pattern="{any}-ACC-{date}{part}.txt",
        columns=tuple(drawn),
        **given,
    )


@dataclass
class Bank:
    """An inbox and a raw layer of one feed."""

    home: Path
    feed: Feed
    last: Intake = field(init=False)

    @property
    def inbox(self) -> Path:
        return self.home / "inbox"

    @property
    def raw(self) -> Path:
        return self.home / "raw"

    @property
    def source(self) -> Source:
        return Source("bank", "行", "Bank", {"ACC": self.feed})

    def deliver(self, content: str | bytes, name: str = NAME, encoding: str = "utf-8") -> Path:
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        return path

    def receive(self, until: date = DAY, workers: int = 1) -> Intake:
        self.inbox.mkdir(parents=True, exist_ok=True)
        self.last = receive(source=self.source, inbox=self.inbox, raw=self.raw, until=until, workers=workers)
        for receipt in self.last.receipts:
            assert receipt.line_count == receipt.loaded + receipt.quarantined + receipt.duplicate
            assert len(self.rows(receipt)) == receipt.loaded
            assert len(quarantined_rows(raw=self.raw, file_id=receipt.file_id)) == receipt.quarantined
        return self.last

    def take(self, content: str | bytes, name: str = NAME, encoding: str = "utf-8") -> Receipt:
        """Deliver one file and return its receipt; fail when it was not accepted."""
        self.deliver(content, name, encoding)
        taken = self.receive()
        assert not taken.refused, taken.refused
        assert not taken.waiting, taken.waiting
        return next(receipt for receipt in reversed(taken.receipts) if receipt.file_name == Path(name).name)

    def refusal(self, content: str | bytes, name: str = NAME, encoding: str = "utf-8") -> str:
        """Deliver one file that must be refused; return what, where and next as one text."""
        self.deliver(content, name, encoding)
        taken = self.receive()
        assert len(taken.refused) == 1, taken
        assert not taken.receipts
        assert not list(self.raw.glob("bank/**/*.parquet"))
        refused = taken.refused[0]
        assert refused.where
        assert refused.next_step
        return f"{refused.what} / {refused.where} / {refused.next_step}"

    def rows(self, receipt: Receipt) -> list[dict[str, Any]]:
        return pq.read_table(folder_of(self.raw, receipt) / "rows.parquet").to_pylist()

    def column(self, receipt: Receipt, name: str) -> list[Any]:
        return [row[name] for row in self.rows(receipt)]

    def reasons(self, receipt: Receipt) -> dict[int, str]:
        return {row.line: row.reason for row in quarantined_rows(raw=self.raw, file_id=receipt.file_id)}


def line(number: int, **changes: str) -> str:
    """Return one good line of COLUMNS, with changes."""
    cells = {
        "account": f"6222{number:06d}",
        "name": "王小麦",
        "balance": "10.00",
        "opened": "20200229",
        "currency": "CNY",
        "status": "正常",
    }
    return "|".join({**cells, **changes}.values())


def text_of(*rows: str, end: str = "\n") -> str:
    """Return lines as a file, each with its line end."""
    return "".join(row + end for row in rows)
