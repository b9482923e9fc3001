"""Tiers that two people set by hand: what became of each decision, and the file by which an approved one is delivered."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta

from maisui.warehouse.reader import Reader

FEED = "tier_decision"
SET, END = "set", "end"
_WORDS = {SET: "核定", END: "取消"}
_HEADER = (
    "decision_number", "decision_kind", "customer_number", "tier_code", "valid_from", "valid_until", "proposed_by", "approved_by",
    "decision_reason",
)  # fmt: skip
_COLUMNS = (
    "decision_number, decision_kind, customer_number, tier_code, valid_from, valid_until, decided_until, proposed_by, approved_by, "
    "decision_reason, is_accepted, refusal_code"
)


@dataclass(frozen=True, slots=True)
class TierDecision:
    """One decision about a customer's tier in a published version.

    `valid_until` is the first day on which it holds no longer, earlier than `decided_until` where another decision replaced or ended
    it; both are None for an end. `refusal_code` tells why it does not count.
    """

    decision_number: int
    decision_kind: str
    customer_number: str
    tier_code: str | None
    valid_from: date
    valid_until: date | None
    decided_until: date | None
    proposed_by: str | None
    approved_by: str | None
    decision_reason: str | None
    is_accepted: bool
    refusal_code: str | None

    @property
    def last_day(self) -> date | None:
        """Return the last day on which it holds; None for an end and for what was refused."""
        return self.valid_until - timedelta(days=1) if self.valid_until else None


def tier_decisions(reader: Reader) -> dict[int, TierDecision]:
    """Return every decision of the version by its number."""
    rows = reader.rows(f"SELECT {_COLUMNS} FROM tier_decision ORDER BY decision_number")
    return {row[0]: TierDecision(*row) for row in rows}


def tier_decision(reader: Reader, number: int) -> TierDecision:
    """Return the decision `number`, which the version holds."""
    return TierDecision(*reader.rows(f"SELECT {_COLUMNS} FROM tier_decision WHERE decision_number = ?", [number])[0])


def tier_decision_file(
    number: int,
    kind: str,
    *,
    customer_number: str,
    tier_code: str | None,
    valid_from: date,
    valid_until: date | None,
    proposed_by: str,
    approved_by: str,
    reason: str,
) -> bytes:
    """Return an approved decision as it is delivered: one line of the feed."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow(_HEADER)
    last = f"{valid_until:%Y%m%d}" if valid_until else ""
    lines.writerow((number, _WORDS[kind], customer_number, tier_code or "", f"{valid_from:%Y%m%d}", last, proposed_by, approved_by, reason))
    return written.getvalue().encode("utf-8-sig")
