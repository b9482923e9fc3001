"""What customers are worth: what they contributed in twelve months, how long they stay, and what they keep elsewhere.

Contribution of the past is exact and adds up to that of the ledger's bridge. What is to come is that contribution, month by
month, times the chance of still being here, discounted; fees of cards and payments follow buyers' own rhythm where enough of
them come again. Below a trial nothing is claimed beyond the past twelve months.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from maisui.errors import QuestionError
from maisui.models import measures
from maisui.models.card import words_of
from maisui.models.fairness import highest, selection_of
from maisui.models.fallback import Fallen
from maisui.models.fee_rhythm import FeeRhythm, fees_to_come, judge_fees
from maisui.models.ladder import Rung
from maisui.models.model import Described
from maisui.models.panel import Marts, month_ends, month_number
from maisui.models.refusal import REFUSED, WORDS, refusals
from maisui.models.registry import StoredModel
from maisui.models.scores import write_scores
from maisui.models.survival import Exposure, StayCurve, fit_stay_curve
from maisui.models.who_speaks import Seen, who_speaks

VALUE = Described(
    code="value",
    name_zh="客户价值预测",
    name_en="Customer value",
    question_zh="今后若干月的贡献现值：近 12 个月贡献逐月延续 × 仍在本行的概率，按折现率折现",
    question_en="Present value of the contribution to come: that of twelve months goes on, times the chance of still being here, discounted",
    owner_zh="计划财务部",
    owner_en="Finance",
    tier="medium",
    horizon=12,
    least_months=24,
    limits_zh="用于安排服务与资源；不据此拒绝服务或差别定价；不推断未来新增业务；对公与个人留存曲线分开，销户不足 50 户者合并估计。",
    limits_en="For planning of service and effort; no refusal and no pricing by it; assumes no new business; companies and persons have their own curve of staying, one in common where fewer than 50 closed.",
    personal_information_zh="使用 C2 类账户与贡献的汇总值，用途为客户维护；不使用年龄、性别、民族、婚姻等字段。",
    personal_information_en="Uses aggregates of C2 account data and contribution for care of customers; no age, sex, ethnicity or marital status.",
    instead_zh="现以近 12 个月（不足则已有月份）的贡献为价值，不推断终身价值",
    instead_en="the contribution of twelve months, or of those there are, counts, and nothing is claimed beyond",
)  # fmt: skip
TABLES = ("customer", "customer_fact_month", "customer_contribution_month", "profit_bridge_month", "parameter", "consent")
"""What is read of a version."""
EXCLUSIONS = (
    ("left_already", "已无未销账户", "Holds no open account"),
    ("history_too_short", "开户不足 12 个月", "Less than twelve months with the bank"),
    WORDS,
)
FILE = "curves.json"
_YEAR = 12
_LEAST_CLOSES = 50
_RATIO_LOW, _RATIO_HIGH = 0.85, 1.15
_LEAST_CAME, _MOST_CAME = 0.70, 1.30
_CENT, _NOTHING = Decimal("0.01"), Decimal("0.00")
_COMMON = "all"
_PEOPLE = """
WITH moved AS (
  SELECT customer_number, CAST(sum(own_elsewhere_amount) AS DECIMAL(38,2)) AS elsewhere
  FROM customer_fact_month
  WHERE business_date <= ? AND business_date = last_day(business_date)
    AND year(business_date) * 12 + month(business_date) IN (?, ? - 3, ? - 6, ? - 9)
  GROUP BY customer_number
)
SELECT
  n.customer_number, n.organisation_code, n.customer_kind, n.is_holder, n.held_month_count, n.year_contribution_amount,
  n.recent_asset_balance, m.elsewhere
FROM customer_fact_month AS n
LEFT JOIN moved AS m ON m.customer_number = n.customer_number
WHERE n.business_date = ?
ORDER BY n.customer_number
"""
_LEAVING = """
SELECT n.customer_kind, n.held_month_count, count(*), count(*) FILTER (NOT f.is_holder)
FROM customer_fact_month AS n
INNER JOIN customer_fact_month AS f
  ON f.customer_number = n.customer_number AND f.business_date = last_day(n.business_date + INTERVAL 1 DAY)
WHERE n.is_holder AND n.business_date = last_day(n.business_date) AND f.business_date <= ?
GROUP BY n.customer_kind, n.held_month_count
ORDER BY n.customer_kind, n.held_month_count
"""
_MARGINS = """
SELECT d.customer_kind, d.balance, m.margin
FROM (
  SELECT customer_kind, CAST(sum(deposit_average_balance) AS DECIMAL(38,2)) AS balance
  FROM customer_fact_month
  WHERE business_date > ? AND business_date <= ? AND business_date = last_day(business_date)
  GROUP BY customer_kind
) AS d
INNER JOIN (
  SELECT customer_kind, CAST(sum(deposit_margin_amount) AS DECIMAL(38,2)) AS margin
  FROM customer_contribution_month
  WHERE business_date > ? AND business_date <= ? AND business_date = last_day(business_date) AND currency = 'CNY'
  GROUP BY customer_kind
) AS m ON m.customer_kind = d.customer_kind
"""


@dataclass(frozen=True, slots=True)
class Worth:
    """One customer on a day: months with the bank, contribution of twelve months, assets, net transfers to his own accounts elsewhere."""

    customer: str
    organisation: str
    kind: str
    is_holder: bool
    tenure: int
    past: Decimal
    assets: Decimal
    elsewhere: Decimal
    is_refusing: bool = False

    @property
    def why_not(self) -> str | None:
        """Return why nothing is said of what he will be worth; None where it is."""
        if not self.is_holder:
            return "left_already"
        return "history_too_short" if self.tenure < _YEAR else REFUSED if self.is_refusing else None


def train_value(reader: Marts, data: dict[str, str]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return card and files of the curves of staying and the rhythm of fees; the last twelve months are held out and judged first.

    Raises:
        HomeError: when the libraries are missing.
        QuestionError: when there is not enough history, or nobody ever left.
    """
    ends = month_ends(reader)
    if len(ends) < VALUE.least_months:
        raise QuestionError(
            f"{len(ends)} whole months of history, {VALUE.least_months} are needed",
            where=VALUE.code,
            next_step="train when they are there; until then the contribution of twelve months counts",
        )
    curves = _curves(reader, ends[-1])
    before = ends[-1 - _YEAR]
    hold_out = came_true(reader, _curves(reader, before), before, ends[-1])
    card: dict[str, Any] = {
        **words_of(VALUE),
        "exclusions": [list(one) for one in EXCLUSIONS],
        "libraries": {"numpy": np.__version__},
        "data": data | {"last_outcome_on": f"{ends[-1]}"},
        "windows": {"history": {"from": f"{ends[0]}", "to": f"{ends[-1]}"}, "hold_out": {"from": f"{before}", "to": f"{ends[-1]}"}},
        "curves": {kind: asdict(curve) for kind, curve in curves.items()},
        "hold_out": hold_out,
        "fees": asdict(judge_fees(reader, ends)),
    }
    card["faults"] = _faults(curves, hold_out)
    return card, {}


def score_value(reader: Marts, home: Path, version: str) -> Path:
    """Write what every customer of the last whole month was worth and, on trial or in use, what he is expected to be; return the file.

    Raises:
        QuestionError: when the version has no discount rate or horizon.
        StorageError: when the file cannot be written, or a trained file is damaged.
    """
    ends = month_ends(reader)
    spoken = who_speaks(reader, home, VALUE, ends, lambda stored: _seen(reader, stored, ends))
    used = spoken.used
    facts: dict[str, Any] = {
        "model": VALUE.code,
        "version": version,
        "day": f"{ends[-1]}" if ends else "",
        "months": min(_YEAR, len(ends)),
        "realised": [],
        **spoken.told,
    }
    if spoken.standing.rung is Rung.NO_DATA:
        return write_scores(home, VALUE.code, facts, _table([], [], [], {}))
    day = ends[-1]
    rate, horizon = _settings(reader, day)
    refused = refusals(reader, day)
    people = [replace(one, is_refusing=one.customer in refused) for one in worth_of(reader, day)]
    facts |= {"discount_rate": f"{rate}", "horizon": horizon, "pool": _pool(reader, ends[-_YEAR:])}
    judged = [one for one in people if one.why_not is None]
    facts["selection"] = selection_of(
        reader, [one.customer for one in judged], day, highest(np.array([one.past for one in judged], np.float64))
    )
    expected: list[Decimal | None] = [None] * len(people)
    staying: list[float | None] = [None] * len(people)
    if used is not None:
        curves = {kind: StayCurve(**curve) for kind, curve in used.card["curves"].items()}
        expected, staying = _expected(people, curves, rate, horizon)
        rhythm = FeeRhythm(**used.card["fees"])
        if rhythm.is_used:
            expected = _with_fees(reader, people, expected, curves, rhythm, ends, rate, horizon)
    return write_scores(home, VALUE.code, facts, _table(people, expected, staying, _margin_rates(reader, ends[-_YEAR:])))


def _seen(reader: Marts, stored: StoredModel, ends: tuple[date, ...]) -> Seen:
    """Return what the curves expected of each year that is over, since the one held out, beside what came."""
    curves = {kind: StayCurve(**curve) for kind, curve in stored.card["curves"].items()}
    realised = [
        came_true(reader, curves, then, ends[place + _YEAR])
        for place, then in enumerate(ends[:-_YEAR])
        if place >= _YEAR - 1 and f"{then}" >= stored.card["windows"]["hold_out"]["from"]
    ]
    return Seen({"realised": realised}, lambda since: _missed([one for one in realised if one["day"] >= since], ends[-1]))


def _missed(realised: list[dict[str, Any]], day: date) -> Fallen | None:
    """Return what came so far from what was expected that a model is put back, as seen on a day; None where it holds."""
    for one in realised:
        if one["ratio"] is not None and not _LEAST_CAME <= one["ratio"] <= _MOST_CAME:
            return Fallen(
                "realised",
                f"{day}",
                f"{one['day']} 起 12 个月实际为预计的 {one['ratio']:.2f}",
                f"the twelve months from {one['day']} came to {one['ratio']:.2f} of what was expected",
            )
    return None


def worth_of(reader: Marts, day: date) -> list[Worth]:
    """Return every customer of a day, in the order of customer numbers."""
    month = month_number(day)
    found = reader.rows(_PEOPLE, [day, month, month, month, month, day])
    return [
        Worth(customer, organisation, kind, is_holder, tenure, past, assets, max(elsewhere or _NOTHING, _NOTHING))
        for customer, organisation, kind, is_holder, tenure, past, assets, elsewhere in found
    ]


def came_true(reader: Marts, curves: dict[str, StayCurve], then: date, now: date) -> dict[str, Any]:
    """Return what was expected on `then` for the twelve months until `now` beside what came; and how far each keeps the order."""
    seen = {row[0]: row[1] for row in reader.rows("SELECT customer_number, year_contribution_amount FROM customer_fact_month WHERE business_date = ?", [now])}  # fmt: skip
    judged = [one for one in worth_of(reader, then) if one.why_not is None]
    expected, _ = _expected(judged, curves, Decimal(0), _YEAR)
    said = [amount or _NOTHING for amount in expected]
    came = [seen.get(one.customer, _NOTHING) for one in judged]
    total, actual = sum(said, _NOTHING), sum(came, _NOTHING)
    past, later, predicted = (np.array(part, np.float64) for part in ([one.past for one in judged], came, said))
    return {
        "day": f"{then}",
        "until": f"{now}",
        "count": len(judged),
        "expected": f"{total}",
        "came": f"{actual}",
        "ratio": _number(actual / total) if total else None,
        "order": _known(measures.rank_correlation(predicted, later)),
        "order_of_past": _known(measures.rank_correlation(past, later)),
    }


def _faults(curves: dict[str, StayCurve], hold_out: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what keeps the curves from being used, in both languages; none where they pass."""
    closes, ratio = curves[_COMMON].closes, hold_out["ratio"]
    is_near = ratio is not None and _RATIO_LOW <= ratio <= _RATIO_HIGH
    is_better = None not in (hold_out["order"], hold_out["order_of_past"]) and hold_out["order"] > hold_out["order_of_past"]
    shown = "—" if ratio is None else f"{ratio:.2f}"
    checks = (
        (closes >= _LEAST_CLOSES, f"历史上仅 {closes} 户销户（需 {_LEAST_CLOSES} 户）", f"{closes} customers closed, {_LEAST_CLOSES} are needed"),
        (is_near, f"留出 12 个月实际为预计的 {shown}（需 0.85–1.15）", f"twelve months held out came to {shown} of what was expected, 0.85–1.15 is needed"),
        (is_better, "排序未优于近 12 个月贡献", "orders customers no better than the contribution of twelve months"),
    )  # fmt: skip
    return [(zh, en) for passes, zh, en in checks if not passes]


def _curves(reader: Marts, day: date) -> dict[str, StayCurve]:
    """Return the curve of all customers, and of each kind of which enough have left, from what was known on `day`."""
    rows = reader.rows(_LEAVING, [day])
    if not sum(row[3] for row in rows):
        raise QuestionError("nobody has left in the history", where=VALUE.code, next_step="there is nothing to learn from; wait for more history")  # fmt: skip
    found: dict[str, StayCurve] = {}
    for kind in (_COMMON, *sorted({row[0] for row in rows})):
        chosen = [row[1:] for row in rows if kind in (_COMMON, row[0])]
        if kind == _COMMON or sum(row[2] for row in chosen) >= _LEAST_CLOSES:
            found[kind] = fit_stay_curve(Exposure(*(np.array(column, np.float64) for column in zip(*chosen, strict=True))))
    return found


def _expected(
    people: list[Worth], curves: dict[str, StayCurve], rate: Decimal, horizon: int
) -> tuple[list[Decimal | None], list[float | None]]:
    """Return what each is expected to contribute within `horizon` months, discounted, and his chance of being here in a year."""

    @cache
    def of(kind: str, tenure: int) -> tuple[Decimal, float]:
        curve = curves.get(kind, curves[_COMMON])
        years = (
            sum(curve.chance_of_staying(tenure, month) * discount for month, discount in enumerate(_discounts(rate, horizon), 1)) / _YEAR
        )
        return Decimal(f"{years:.9f}"), curve.chance_of_staying(tenure, _YEAR)

    found = [None if one.why_not else of(one.kind, one.tenure) for one in people]
    amounts = [None if said is None else _cents(one.past * said[0]) for one, said in zip(people, found, strict=True)]
    return amounts, [None if said is None else said[1] for said in found]


def _with_fees(
    reader: Marts, people: list[Worth], expected: list[Decimal | None], curves: dict[str, StayCurve], rhythm: FeeRhythm,
    ends: tuple[date, ...], rate: Decimal, horizon: int,
) -> list[Decimal | None]:  # fmt: skip
    """Return what is expected, the fees of twelve months replaced by those that each one's own rhythm lets come."""
    later = fees_to_come(reader, rhythm, ends, _discounts(rate, horizon))
    of_fees, _ = _expected([Worth(one.customer, one.organisation, one.kind, one.is_holder, one.tenure, later[one.customer][0] if one.customer in later else _NOTHING, one.assets, one.elsewhere) for one in people], curves, rate, horizon)  # fmt: skip
    return [
        amount if amount is None or one.customer not in later else _cents(amount - (gone or _NOTHING) + later[one.customer][1])
        for one, amount, gone in zip(people, expected, of_fees, strict=True)
    ]


def _discounts(rate: Decimal, horizon: int) -> list[float]:
    monthly = (1 + _number(rate)) ** (-1 / _YEAR)
    return [monthly**month for month in range(1, horizon + 1)]


def _settings(reader: Marts, day: date) -> tuple[Decimal, int]:
    found = dict(
        reader.rows(
            "SELECT parameter_code, number_value FROM parameter WHERE parameter_code LIKE 'customer_value.%' "
            "AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)",
            [day, day],
        )
    )
    try:
        return found["customer_value.discount_rate"], int(found["customer_value.horizon_months"])
    except KeyError as error:
        raise QuestionError(
            f"the version has no parameter {error.args[0]}", where=VALUE.code, next_step="run `maisui run` with this release first"
        ) from None


def _pool(reader: Marts, ends: tuple[date, ...]) -> dict[str, str]:
    """Return the lines of the profit bridge of these months, contribution first among them; they add up to net profit."""
    rows = reader.rows(
        "SELECT bridge_line_code, CAST(sum(profit_amount) AS VARCHAR) FROM profit_bridge_month "
        "WHERE business_date >= ? AND business_date <= ? GROUP BY bridge_line_code ORDER BY bridge_line_code",
        [ends[0], ends[-1]],
    )
    return dict(rows)


def _margin_rates(reader: Marts, ends: tuple[date, ...]) -> dict[str, Decimal]:
    """Return what a yuan of deposits earned in a year, by kind of customer."""
    first = ends[0].replace(day=1)
    rows = reader.rows(_MARGINS, [first, ends[-1], first, ends[-1]])
    return {kind: margin / balance * _YEAR for kind, balance, margin in rows if balance > 0}


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)


def _number(amount: Decimal) -> float:
    return np.float64(amount).item()


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value


def _table(people: list[Worth], expected: list[Decimal | None], staying: list[float | None], rates: dict[str, Decimal]) -> Any:  # noqa: ANN401 - pyarrow is untyped
    money, text = pa.decimal128(38, 2), pa.string()
    moved = [one.elsewhere if one.elsewhere > 0 else None for one in people]
    columns: dict[str, tuple[Any, list[Any]]] = {
        "customer_number": (text, [one.customer for one in people]),
        "organisation_code": (text, [one.organisation for one in people]),
        "customer_kind": (text, [one.kind for one in people]),
        "why_not": (text, [one.why_not for one in people]),
        "past_value": (money, [one.past for one in people]),
        "asset_balance": (money, [one.assets for one in people]),
        "staying": (pa.float64(), staying),
        "expected_value": (money, expected),
        "elsewhere_amount": (money, moved),
        "potential_value": (
            money,
            [
                None if amount is None or one.kind not in rates else _cents(amount * rates[one.kind])
                for one, amount in zip(people, moved, strict=True)
            ],
        ),
    }
    return pa.table({name: pa.array(values, kind) for name, (kind, values) in columns.items()})
