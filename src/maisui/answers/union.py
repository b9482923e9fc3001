"""What is different about an answer over several legal entities: which members are in it, how it adds up, what was taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers.question import Note
from maisui.consolidation import withheld_reason
from maisui.errors import QuestionError
from maisui.metrics import LEGAL_ENTITY, Measure, Metric, Timing
from maisui.metrics.measure_sql import Window
from maisui.tables import BY_NAME
from maisui.warehouse.reader import Reader
from maisui.warehouse.version import MemberVersion

_OF_ONE_COUNTY = ("largest_borrower_balance", "top_ten_balance", "largest_group_amount", "squared_deposit_amount")
"""Columns whose sum over counties is nothing: the largest borrowers of each are not those of the union, nor are squares of sums."""
_COUNTS_CUSTOMERS = re.compile(r"\b\w*(?:customer|person|depositor|borrower|holder)_count\b")
_LEDGER = ("ledger_day", "ledger_line_day")


@dataclass(frozen=True, slots=True)
class MirrorLine:
    """One pair and month: what the acquirer logs of the issuer's customers, and what the issuer logs; None where a side tells nothing."""

    acquirer: str
    issuer: str
    month_start: date
    acquirer_count: int | None
    issuer_count: int | None
    acquirer_amount: Decimal | None
    issuer_amount: Decimal | None

    @property
    def is_compared(self) -> bool:
        """Return whether both sides tell."""
        return self.acquirer_count is not None and self.issuer_count is not None

    @property
    def count_difference(self) -> int | None:
        """Return by how many the acquirer logs more."""
        return None if self.acquirer_count is None or self.issuer_count is None else self.acquirer_count - self.issuer_count

    @property
    def amount_difference(self) -> Decimal | None:
        """Return by how much the acquirer logs more."""
        return None if self.acquirer_amount is None or self.issuer_amount is None else self.acquirer_amount - self.issuer_amount

    @property
    def ties(self) -> bool:
        """Return whether both sides say the same."""
        return self.is_compared and not self.count_difference and not self.amount_difference


@dataclass(frozen=True, slots=True)
class Elimination:
    """What one rule takes out on one accounting day: each member's position, debit positive, and what they do not cancel out to."""

    rule: str
    currency: str
    subjects: tuple[str, ...]
    positions: tuple[tuple[str, Decimal], ...]

    @property
    def debit(self) -> Decimal:
        """Return the sum of what is owed to members."""
        return sum((amount for _, amount in self.positions if amount > 0), Decimal(0))

    @property
    def credit(self) -> Decimal:
        """Return the sum of what members owe."""
        return -sum((amount for _, amount in self.positions if amount < 0), Decimal(0))

    @property
    def unmatched(self) -> Decimal:
        """Return what finds no other side, debit positive."""
        return self.debit - self.credit


def members_of(reader: Reader) -> tuple[MemberVersion, ...]:
    """Return the members of the union with the version of each that was rolled up; none in a bank's version."""
    return reader.manifest.members


def mirror_lines(reader: Reader) -> tuple[MirrorLine, ...]:
    """Return every pair and month that can be held together, newest month first."""
    rows = reader.rows(
        "SELECT acquirer_code, issuer_code, month_start, acquirer_count, issuer_count, acquirer_amount, issuer_amount "
        "FROM union_mirror_month ORDER BY month_start DESC, acquirer_code, issuer_code"
    )
    return tuple(MirrorLine(*row) for row in rows)


def eliminations(reader: Reader, day: date) -> tuple[date | None, tuple[Elimination, ...]]:
    """Return what was taken out of the summed ledger of `day` or the last accounting day before it, and that day."""
    found = reader.rows("SELECT max(business_date) FROM ledger_day WHERE business_date <= ?", [day])[0][0]
    rows = reader.rows(
        "SELECT rule_code, currency, subject_code, legal_entity_code, debit_balance FROM union_elimination_day WHERE business_date = ? "
        "ORDER BY rule_code, currency, subject_code, legal_entity_code",
        [found],
    )
    rules: dict[tuple[str, str], tuple[dict[str, None], dict[str, Decimal]]] = {}
    for rule, currency, subject, member, amount in rows:
        subjects, positions = rules.setdefault((rule, currency), ({}, {}))
        subjects[subject] = None
        positions[member] = positions.get(member, Decimal(0)) + amount
    return found, tuple(
        Elimination(rule, currency, tuple(subjects), tuple(positions.items())) for (rule, currency), (subjects, positions) in rules.items()
    )


def is_held_by_unions(metric: Metric) -> bool:
    """Return whether a union holds what a metric is made of: its roll-ups carry no customers."""
    return not any(withheld_reason(BY_NAME[measure.mart]) for measure in measures_of(metric))


def measures_of(metric: Metric) -> list[Measure]:
    """Return the sums a metric is made of."""
    return [measure for measure in (metric.numerator, metric.denominator) if measure is not None]


def require_in_union(metric: Metric, by: Iterable[str]) -> None:
    """Refuse a metric that a union cannot answer, or not as a total.

    Raises:
        QuestionError: with the reason.
    """
    measures = measures_of(metric)
    for measure in measures:
        reason = withheld_reason(BY_NAME[measure.mart])
        if reason:
            raise QuestionError(
                f"a union does not hold what {metric.code} is made of: {measure.mart}",
                where=reason,
                next_step="ask for it in the home of the county",
            )
    if LEGAL_ENTITY.code not in by and any(column in measure.expression for measure in measures for column in _OF_ONE_COUNTY):
        raise QuestionError(
            f"{metric.code} does not add up over counties: what is largest in each is not what is largest in the union",
            where=metric.code,
            next_step=f"ask for it by {LEGAL_ENTITY.code}",
        )


def counts_customers(metric: Metric) -> bool:
    """Return whether a figure counts customers, so that a customer of two counties is in the union's sum twice."""
    return any(m is not None and _COUNTS_CUSTOMERS.search(m.expression) for m in (metric.numerator, metric.denominator))


def union_notes(reader: Reader, metric: Metric, by: Iterable[str], window: Window) -> list[Note]:
    """Return which members are not, or not wholly, in a figure, how it adds up, and what was taken out of it."""
    measures = [measure for measure in (metric.numerator, metric.denominator) if measure is not None]
    notes = member_notes(reader, window)
    for mart in dict.fromkeys(measure.mart for measure in measures if measure.timing is Timing.LAST):
        notes += _other_day_notes(reader, mart, window.day)
    if LEGAL_ENTITY.code not in by and counts_customers(metric):
        notes.append(
            Note(
                "各法人机构的客户数直接相加，在两家都有业务的客户计两次",
                "customers of the legal entities are added up: a customer of two counts twice",
            )
        )
    if any(measure.mart in _LEDGER for measure in measures):
        notes += elimination_notes(reader, window.day)
    return notes


def member_notes(reader: Reader, window: Window) -> list[Note]:
    """Return one note for each member that is missing, ends or was last delivered before the day, or begins after the period does."""
    notes: list[Note] = []
    for member in reader.manifest.members:
        zh, en = f"{member.name_zh}（{member.code}）", f"{member.name_en} ({member.code})"
        if member.is_missing:
            notes.append(Note(f"不含 {zh}：没有可用的发布版本", f"without {en}: {member.reason}"))
        elif member.is_late(window.day):
            notes.append(Note(f"{zh} 的数据只到 {member.reporting_date}", f"{en} ends on {member.reporting_date}"))
        elif member.last_delivery_on is not None and member.last_delivery_on < window.day:
            last = member.last_delivery_on
            notes.append(
                Note(f"{zh} 最近一次到数为 {last}，此后各日沿用旧值", f"{en} last delivered on {last}; later days carry it forward")
            )
        elif member.first_date is not None and member.first_date > window.period_start:
            notes.append(Note(f"{zh} 的历史自 {member.first_date} 起", f"{en} begins on {member.first_date}"))
    return notes


def _other_day_notes(reader: Reader, mart: str, day: date) -> list[Note]:
    """Return which members have nothing on the last day on or before `day` that any member delivered."""
    rows = reader.rows(
        f"SELECT legal_entity_code, CAST(max(business_date) AS VARCHAR) FROM {mart} WHERE business_date <= ? "
        "GROUP BY legal_entity_code ORDER BY 1",
        [day],
    )
    members = {member.code: member for member in reader.manifest.members}
    told = {code: last for code, last in rows if code in members}
    if not told:
        return []
    newest = max(told.values())
    return [
        Note(
            f"{newest} 的数据不含 {members[code].name_zh}：它最近的一日是 {last}",
            f"{newest} is without {members[code].name_en}: its last day is {last}",
        )
        for code, last in told.items()
        if last < newest
    ]


def elimination_notes(reader: Reader, day: date) -> list[Note]:
    """Return which rules were applied to the ledger of `day`, and what they left unmatched."""
    found, lines = eliminations(reader, day)
    if not lines:
        return [
            Note("未设抵销规则：系统内头寸仍在合计中", "no rule of elimination is stated: positions within the union are still in the sum")
        ]
    rules = "、".join(dict.fromkeys(line.rule for line in lines))
    notes = [
        Note(f"已按规则 {rules} 抵销系统内头寸（{found}）", f"positions within the union are taken out by the rules {rules} ({found})")
    ]
    for line in lines:
        if line.unmatched:
            positions = "; ".join(f"{code} {amount:,.2f}" for code, amount in line.positions)
            notes.append(
                Note(
                    f"规则 {line.rule} 未核销 {line.unmatched:,.2f} {line.currency}：{positions}",
                    f"the rule {line.rule} leaves {line.unmatched:,.2f} {line.currency} unmatched: {positions}",
                )
            )
    return notes


def part_notes(reader: Reader) -> list[Note]:
    """Return of which version of each member a union's figure is made."""
    return [
        Note(
            f"{member.name_zh}：版本 {member.version}，数据至 {member.reporting_date}",
            f"{member.name_en}: version {member.version}, up to {member.reporting_date}",
        )
        for member in reader.manifest.members
        if not member.is_missing
    ]
