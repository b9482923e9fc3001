"""Training and scoring of the next product: one scorecard a product group, held against popularity, and offers in yuan a year.

A group with enough buyers has a scorecard of its own, the others go by popularity among like customers. Below a trial everybody
goes by popularity, with its interval; with too little history by what like customers hold, without any rate.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from maisui import __version__
from maisui.errors import QuestionError
from maisui.models import measures
from maisui.models.drift import SCORE, drift_of, spread_of
from maisui.models.fitted import SEED
from maisui.models.ladder import Rung, standing
from maisui.models.next_product import measured
from maisui.models.next_product.described import BEST, EXCLUSIONS, NEXT_PRODUCT, features_for
from maisui.models.next_product.margins import margins
from maisui.models.next_product.offers import Chances, offer_table
from maisui.models.next_product.panel import Panel, panel
from maisui.models.next_product.popularity import peer_share, popularity
from maisui.models.next_product.rules import Rules, rules_on
from maisui.models.panel import Marts, month_ends
from maisui.models.registry import StoredModel
from maisui.models.scorecard import Scorecard, fit_scorecard
from maisui.models.scores import chosen_model, write_scores

FILE = "propensities.json"
_FIRST = 5
"""Months before the first day that is judged: features look back half a year."""
_MOST_ROWS, _MOST_TESTED = 600_000, 200_000
_LEAST_BUYERS, _LEAST_TAKERS, _LEAST_RATIO, _LEAST_COVERAGE = 300, 100, 1.3, 0.5
_ONE_VARIABLE = 0.9
_MONTHS_WATCHED = 4
_ROWS_AT_ONCE = 200_000


@dataclass(frozen=True, slots=True)
class Propensities:
    """What was learnt: the features it was learnt from, and a scorecard for each group with enough buyers."""

    codes: tuple[str, ...]
    cards: dict[str, Scorecard]

    @classmethod
    def read(cls, stored: StoredModel) -> Propensities:
        """Return what a stored model says."""
        told = json.loads((stored.folder / FILE).read_text(encoding="utf-8"))
        return cls(tuple(told["features"]), {group: Scorecard.read(json.dumps(card)) for group, card in told["cards"].items()})

    def text(self) -> str:
        """Return it as JSON, the same for the same propensities."""
        cards = {group: json.loads(card.text()) for group, card in self.cards.items()}
        return json.dumps({"features": self.codes, "cards": cards}, indent=1, sort_keys=True)


def split(ends: tuple[date, ...]) -> tuple[tuple[date, ...], date]:
    """Return the days to learn from, whose outcomes do not overlap, and the day to test on, after all of them are seen.

    Raises:
        QuestionError: when the history is too short.
    """
    usable = ends[_FIRST : len(ends) - NEXT_PRODUCT.horizon]
    if len(ends) < NEXT_PRODUCT.least_months:
        raise QuestionError(
            f"{len(ends)} whole months of history, {NEXT_PRODUCT.least_months} are needed",
            where=NEXT_PRODUCT.code,
            next_step="train when they are there; until then popularity is offered",
        )
    return _apart(usable[: -NEXT_PRODUCT.horizon]), usable[-1]


def train_next_product(reader: Marts, data: dict[str, str]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return card and file of propensities learnt on what `reader` answers; `data` names the version it came from.

    Raises:
        QuestionError: when there is not enough history, the version lacks the rules, or nobody took up anything.
    """
    ends = month_ends(reader)
    days, test = split(ends)
    rules = rules_on(reader, ends[-1])
    learnt = _panels(reader, rules, ends, days, _MOST_ROWS)
    if not any(one.taken.any() for one in learnt):
        raise QuestionError("nobody took up anything in the history", where=NEXT_PRODUCT.code, next_step="wait for more history")
    found, buyers, suspicious = _learnt(rules, learnt)
    (tested,) = _panels(reader, rules, ends, (test,), _MOST_TESTED)
    popular = popularity(learnt, tested).rate
    chances = chances_of(found, rules, tested, popular)
    best = measured.best_places(chances, tested.suits)
    hold_out: dict[str, Any] = measured.compared(
        measured.ranked(best, tested.taken), measured.ranked(measured.best_places(popular, tested.suits), tested.taken), seed=SEED
    )
    sold = tested.suits.any(axis=0)
    modelled = tested.suits & np.array([group in found.cards for group in rules.groups])
    hold_out |= {
        "customers": int(tested.suits.any(axis=1).sum()),
        "coverage": len(set(best[best >= 0].tolist())) / max(1, int(sold.sum())),
        **(measured.calibration(tested.taken[modelled], chances[modelled], seed=SEED) if modelled.any() else {}),
    }
    words = ("code", "name_zh", "name_en", "question_zh", "question_en", "owner_zh", "owner_en", "tier", "horizon", "limits_zh", "limits_en",
             "personal_information_zh", "personal_information_en")  # fmt: skip
    card: dict[str, Any] = {
        **{name: getattr(NEXT_PRODUCT, name) for name in words},
        "exclusions": [list(one) for one in EXCLUSIONS],
        "code_version": __version__,
        "libraries": {"numpy": np.__version__},
        "seed": SEED,
        "data": data | {"last_outcome_on": f"{ends[-1]}"},
        "windows": {
            "train": {
                "from": f"{days[0]}",
                "to": f"{days[-1]}",
                "rows": sum(len(one.customers) for one in learnt),
                "days": [f"{day}" for day in days],
            },
            "test": {"from": f"{test}", "to": f"{test}", "rows": len(tested.customers)},
        },
        "features": list(found.codes),
        "buyers": buyers,
        "groups_learnt": sorted(found.cards),
        "rules": [asdict(one) for one in rules.offers],
        "hold_out": hold_out,
        "suspicious": suspicious,
        "spreads": _spreads(learnt, chances[tested.suits.any(axis=1)].max(axis=1)),
        "valid_months": 12,
    }
    card["faults"] = _faults(card)
    return card, {FILE: found.text().encode()}


def score_next_product(reader: Marts, home: Path, version: str) -> Path:
    """Write what is offered to every customer of the last whole month, or why nothing is; return the file.

    Raises:
        QuestionError: when the version lacks the rules.
        StorageError: when the file cannot be written, or a trained file is damaged.
    """
    ends = month_ends(reader)
    stored, approval = chosen_model(home, NEXT_PRODUCT, ends[-1]) if ends else (None, None)
    stands = standing(NEXT_PRODUCT, ends, stored, is_approved=approval is not None)
    used = stored if stands.has_probabilities else None
    facts: dict[str, Any] = {
        "model": NEXT_PRODUCT.code,
        "version": version,
        "day": f"{ends[-1]}" if ends else "",
        "sha256": used.sha256 if used else "",
        "approved_by": approval.approved_by if approval and used else "",
        "standing": asdict(stands),
        "realised": [],
    }
    if stands.rung is Rung.NO_DATA:
        return write_scores(home, NEXT_PRODUCT.code, facts, offer_table(None, (), Chances.none(), {}))
    rules = rules_on(reader, ends[-1])
    people = panel(reader, rules, ends[-1])
    worth = margins(reader, ends)
    facts |= {"groups": list(rules.groups), "margins": [[*key, f"{amount}"] for key, amount in sorted(worth.items())]}
    share = peer_share(people)
    if stands.rung is Rung.RULE:
        table = offer_table(people, rules.groups, Chances(share=share), worth)
        return write_scores(home, NEXT_PRODUCT.code, facts, table)
    recent = _panels(reader, rules, ends, _apart(ends[_FIRST : len(ends) - NEXT_PRODUCT.horizon])[-_MONTHS_WATCHED:], _MOST_TESTED * 2)
    popular = popularity(recent, people)
    if used is None:
        chances = Chances(share=share, chance=popular.rate, low=popular.low, high=popular.high)
        return write_scores(home, NEXT_PRODUCT.code, facts, offer_table(people, rules.groups, chances, worth))
    found = Propensities.read(used)
    said = chances_of(found, rules, people, popular.rate)
    chances = Chances(
        share=share,
        chance=said,
        low=popular.low,
        high=popular.high,
        is_modelled=np.array([group in found.cards for group in rules.groups]),
        reasons=lambda place, rows: _reasons(found, rules, people, place, rows),
    )
    facts |= _watched(reader, rules, ends, used, found, people, said)
    return write_scores(home, NEXT_PRODUCT.code, facts, offer_table(people, rules.groups, chances, worth))


def chances_of(found: Propensities, rules: Rules, people: Panel, popular: np.ndarray) -> np.ndarray:
    """Return the chance of everybody and every group: by its scorecard, or how popular it is among like customers."""
    chances = popular.copy()
    for place, group in enumerate(rules.groups):
        card = found.cards.get(group)
        rows = np.flatnonzero(people.suits[:, place])
        for part in (rows[start : start + _ROWS_AT_ONCE] for start in range(0, len(rows) if card else 0, _ROWS_AT_ONCE)):
            chances[part, place] = card.probabilities(found.codes, _aligned(found, rules, people.values[part]))  # type: ignore[union-attr]
    return chances


def _reasons(
    found: Propensities, rules: Rules, people: Panel, place: int, rows: np.ndarray
) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """Return what each feature adds to the chance of a group, its values, and the codes of both; of rows that have a scorecard for it."""
    values = _aligned(found, rules, people.values[rows])
    return found.cards[rules.groups[place]].contributions(found.codes, values)[:, :-1], values, found.codes


def _aligned(found: Propensities, rules: Rules, values: np.ndarray) -> np.ndarray:
    """Return values in the order of the features that were learnt from; what the rules of today no longer name is unknown."""
    codes = tuple(one.code for one in features_for(rules.groups))
    if codes == found.codes:
        return values
    place = {code: number for number, code in enumerate(codes)}
    unknown = np.full(len(values), np.nan)
    return np.column_stack([values[:, place[code]] if code in place else unknown for code in found.codes])


def _apart(days: tuple[date, ...]) -> tuple[date, ...]:
    """Return days whose outcomes do not overlap, the last of them among them."""
    return days[::-1][:: NEXT_PRODUCT.horizon][::-1]


def _panels(reader: Marts, rules: Rules, ends: tuple[date, ...], days: Sequence[date], most_rows: int) -> list[Panel]:
    ((count,),) = reader.rows("SELECT count(*) FROM customer_fact_month WHERE business_date = ?", [ends[-1]])
    share = min(256, max(1, most_rows // max(1, len(days)) * 256 // max(1, count)))
    return [panel(reader, rules, day, ends[ends.index(day) + NEXT_PRODUCT.horizon], share=share) for day in days]


def _learnt(rules: Rules, learnt: list[Panel]) -> tuple[Propensities, dict[str, int], list[str]]:
    """Return propensities, how many customers took up each group, and features that alone separate better than is credible."""
    codes = tuple(one.code for one in features_for(rules.groups))
    cards: dict[str, Scorecard] = {}
    buyers: dict[str, int] = {}
    suspicious: list[str] = []
    for place, group in enumerate(rules.groups):
        buyers[group] = len({customer for one in learnt for customer in one.customers[one.taken[:, place]]})
        if buyers[group] < _LEAST_BUYERS:
            continue
        values = np.concatenate([one.values[one.suits[:, place]] for one in learnt])
        taken = np.concatenate([one.taken[one.suits[:, place], place] for one in learnt])
        cards[group] = fit_scorecard(codes, values, taken, [0] * len(codes))
        column = {code: number for number, code in enumerate(codes)}
        suspicious += [
            f"{group}: {one.code}"
            for one in cards[group].characteristics
            if measures.auc(taken, one.evidence(values[:, column[one.code]])) > _ONE_VARIABLE
        ]
    return Propensities(codes, cards), buyers, suspicious


def _spreads(learnt: list[Panel], best: np.ndarray) -> dict[str, Any]:
    known = [one.code for one in NEXT_PRODUCT.features]
    columns = np.concatenate([one.values[one.is_judged][:, : len(known)] for one in learnt])
    return {SCORE: asdict(spread_of(best)), **{code: asdict(spread_of(column)) for code, column in zip(known, columns.T, strict=True)}}


def _watched(
    reader: Marts, rules: Rules, ends: tuple[date, ...], used: StoredModel, found: Propensities, people: Panel, chances: np.ndarray
) -> dict[str, Any]:
    """Return what came true of what the model says of past months since its test, and how far score and features moved."""
    days = [day for day in ends[_FIRST : len(ends) - NEXT_PRODUCT.horizon] if f"{day}" >= used.card["windows"]["test"]["from"]]
    realised: list[dict[str, Any]] = []
    for then in _panels(reader, rules, ends, days[-_MONTHS_WATCHED:], _MOST_TESTED):
        popular = popularity([then], then).rate
        said = chances_of(found, rules, then, popular)
        pairs = then.suits & np.array([group in found.cards for group in rules.groups])
        low, high = measures.wilson(int(then.taken[pairs].sum()), int(pairs.sum()))
        realised.append({
            "day": f"{then.day}",
            "is_test": f"{then.day}" <= used.card["windows"]["test"]["to"],
            "count": int(then.suits.any(axis=1).sum()),
            "expected": said[pairs].sum().item(),
            "events": int(then.taken[pairs].sum()),
            "low": low * int(pairs.sum()),
            "high": high * int(pairs.sum()),
            "lift_at_10": measures.lift(then.taken[pairs], said[pairs]),
        })  # fmt: skip
    known = [one.code for one in NEXT_PRODUCT.features]
    judged = people.suits.any(axis=1)
    columns = {SCORE: np.where(people.suits, chances, 0.0)[judged].max(axis=1)} | dict(
        zip(known, people.values[people.is_judged][:, : len(known)].T, strict=True)
    )
    drift = [{"day": f"{people.day}", "count": int(judged.sum()), "columns": drift_of(used.card["spreads"], columns)}]
    return {"realised": realised, "drift": drift}


def _faults(card: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what keeps propensities from being used, in both languages; none where they pass."""
    said, most = card["hold_out"], max(card["buyers"].values())
    takers, ratio = said["takers"], said.get("hit_ratio")
    shown = "—" if ratio is None else f"{ratio:.2f}"
    checks = (
        (bool(card["groups_learnt"]), f"训练期没有产品组达到 {_LEAST_BUYERS} 户新开（最多 {most} 户）", f"no product group was taken up by {_LEAST_BUYERS} customers to train on, {most} at most"),
        (takers >= _LEAST_TAKERS, f"检验期仅 {takers} 户有新开（需 {_LEAST_TAKERS} 户）", f"{takers} customers took up something in the test, {_LEAST_TAKERS} are needed"),
        (ratio is not None and ratio >= _LEAST_RATIO, f"前 {BEST} 命中率为热门法的 {shown} 倍（需 {_LEAST_RATIO} 倍）", f"hit rate of the best {BEST} is {shown} times that of popularity, {_LEAST_RATIO} is needed"),
        (said.get("hit_gain_low", 0) > 0 and said.get("ndcg_gain_low", 0) > 0, "排序未明显优于热门法", "orders products no better than popularity beyond chance"),
        (said.get("calibration_error", 0) <= said.get("calibration_allowed", 0), "校准误差超限", "calibration error beyond the limit"),
        (said["coverage"] >= _LEAST_COVERAGE, f"推荐只覆盖 {said['coverage']:.0%} 的产品组（需一半）", f"only {said['coverage']:.0%} of the product groups are ever offered, half is needed"),
        (not card["suspicious"], "单一变量区分过强，疑似泄漏：" + "、".join(card["suspicious"]), "one variable alone is too good, a leak until explained: " + ", ".join(card["suspicious"])),
    )  # fmt: skip
    return [(zh, en) for passes, zh, en in checks if not passes]
