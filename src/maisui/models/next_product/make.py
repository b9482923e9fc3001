"""Training and scoring of the next product: one scorecard a product group, held against popularity, and offers in yuan a year.

A group with enough buyers has a scorecard of its own, the others go by popularity among like customers. Below a trial everybody
goes by what like customers who hold the same took up, with its interval; with too little history by what like customers hold, without any rate.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from maisui.errors import QuestionError
from maisui.models import measures
from maisui.models.calibration import calibration_faults
from maisui.models.card import words_of
from maisui.models.drift import SCORE, spread_of
from maisui.models.fitted import SEED
from maisui.models.ladder import Rung
from maisui.models.next_product import measured
from maisui.models.next_product.described import BEST, EXCLUSIONS, HELD, NEXT_PRODUCT, features_for
from maisui.models.next_product.like_holders import like_holders
from maisui.models.next_product.margins import margins
from maisui.models.next_product.offers import Chances, offer_table
from maisui.models.next_product.panel import Panel, panel
from maisui.models.next_product.popularity import peer_share, popularity
from maisui.models.next_product.propensities import (
    FILE,
    FIRST,
    MOST_TESTED,
    Propensities,
    aligned,
    apart,
    chances_of,
    panels,
    recent_panels,
)
from maisui.models.next_product.rules import Rules, rules_on
from maisui.models.next_product.watched import seen_of, write_offer_shadow
from maisui.models.panel import Marts, month_ends
from maisui.models.scorecard import Scorecard, fit_scorecard
from maisui.models.scores import write_scores
from maisui.models.shadow import challenger_of
from maisui.models.who_speaks import who_speaks

_MOST_ROWS = 600_000
_LEAST_BUYERS, _LEAST_TAKERS, _LEAST_RATIO, _LEAST_COVERAGE = 300, 100, 1.3, 0.5
_ONE_VARIABLE = 0.9


def split(ends: tuple[date, ...]) -> tuple[tuple[date, ...], date]:
    """Return the days to learn from, whose outcomes do not overlap, and the day to test on, after all of them are seen.

    Raises:
        QuestionError: when the history is too short.
    """
    usable = ends[FIRST : len(ends) - NEXT_PRODUCT.horizon]
    if len(ends) < NEXT_PRODUCT.least_months:
        raise QuestionError(
            f"{len(ends)} whole months of history, {NEXT_PRODUCT.least_months} are needed",
            where=NEXT_PRODUCT.code,
            next_step="train when they are there; until then popularity is offered",
        )
    return apart(usable[: -NEXT_PRODUCT.horizon]), usable[-1]


def train_next_product(reader: Marts, data: dict[str, str]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return card and file of propensities learnt on what `reader` answers; `data` names the version it came from.

    Raises:
        QuestionError: when there is not enough history, the version lacks the rules, or nobody took up anything.
    """
    ends = month_ends(reader)
    days, test = split(ends)
    rules = rules_on(reader, ends[-1])
    learnt = panels(reader, rules, ends, days, _MOST_ROWS)
    if not any(one.taken.any() for one in learnt):
        raise QuestionError("nobody took up anything in the history", where=NEXT_PRODUCT.code, next_step="wait for more history")
    found, buyers, suspicious = _learnt(rules, learnt)
    (tested,) = panels(reader, rules, ends, (test,), MOST_TESTED)
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
        **(
            measured.calibration(tested.taken[modelled], chances[modelled], tested.customers[np.nonzero(modelled)[0]], seed=SEED)
            if modelled.any()
            else {}
        ),
    }
    card: dict[str, Any] = {
        **words_of(NEXT_PRODUCT, features_for(rules.groups)),
        "exclusions": [list(one) for one in EXCLUSIONS],
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
    spoken = who_speaks(reader, home, NEXT_PRODUCT, ends, lambda stored: seen_of(reader, stored, ends))
    used = spoken.used
    facts: dict[str, Any] = {
        "model": NEXT_PRODUCT.code,
        "version": version,
        "day": f"{ends[-1]}" if ends else "",
        "realised": [],
        **spoken.told,
    }
    if spoken.standing.rung is Rung.NO_DATA:
        return write_scores(home, NEXT_PRODUCT.code, facts, offer_table(None, (), Chances.none(), {}))
    rules = rules_on(reader, ends[-1])
    people = panel(reader, rules, ends[-1])
    worth = margins(reader, ends)
    facts |= {"groups": list(rules.groups), "margins": [[*key, f"{amount}"] for key, amount in sorted(worth.items())]}
    share = peer_share(people)
    if spoken.standing.rung is Rung.RULE:
        table = offer_table(people, rules.groups, Chances(share=share), worth)
        return write_scores(home, NEXT_PRODUCT.code, facts, table)
    recent = recent_panels(reader, rules, ends)
    if used is None:
        codes = tuple(one.code for one in features_for(rules.groups))
        likes = like_holders(recent, people, [place for place, code in enumerate(codes) if code.startswith(HELD)])
        chances = Chances(share=share, chance=likes.rates.rate, low=likes.rates.low, high=likes.rates.high, rests_on=(likes, codes))
        return write_scores(home, NEXT_PRODUCT.code, facts, offer_table(people, rules.groups, chances, worth))
    found, popular = Propensities.read(used), popularity(recent, people)
    chances = Chances(
        share=share,
        chance=chances_of(found, rules, people, popular.rate),
        low=popular.low,
        high=popular.high,
        is_modelled=np.array([group in found.cards for group in rules.groups]),
        reasons=lambda place, rows: _reasons(found, rules, people, place, rows),
    )
    challenger = challenger_of(home, NEXT_PRODUCT, used, ends[-1], lambda _: True) if spoken.approval is not None else None
    if challenger is not None:
        write_offer_shadow(reader, home, version, (used, challenger), ends, people, popular.rate)
    return write_scores(home, NEXT_PRODUCT.code, facts, offer_table(people, rules.groups, chances, worth))


def _reasons(
    found: Propensities, rules: Rules, people: Panel, place: int, rows: np.ndarray
) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """Return what each feature adds to the chance of a group, its values, and the codes of both; of rows that have a scorecard for it."""
    values = aligned(found, rules, people.values[rows])
    return found.cards[rules.groups[place]].contributions(found.codes, values)[:, :-1], values, found.codes


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


def _faults(card: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what keeps propensities from being used, in both languages; none where they pass."""
    said, most = card["hold_out"], max(card["buyers"].values())
    takers, ratio = said["takers"], said.get("hit_ratio")
    shown, popular = "—" if ratio is None else f"{ratio:.2f}", said.get("hit_of_popularity") or 0.0
    most_zh = f"，热门法已命中 {popular:.1%}，至多可达 {1 / popular:.2f} 倍" if popular * _LEAST_RATIO > 1 else ""
    most_en = f"; popularity hits {popular:.1%} already, so that {1 / popular:.2f} times is the most there can be" if most_zh else ""
    checks = (
        (bool(card["groups_learnt"]), f"训练期没有产品组达到 {_LEAST_BUYERS} 户新开（最多 {most} 户）", f"no product group was taken up by {_LEAST_BUYERS} customers to train on, {most} at most"),
        (takers >= _LEAST_TAKERS, f"检验期仅 {takers} 户有新开（需 {_LEAST_TAKERS} 户）", f"{takers} customers took up something in the test, {_LEAST_TAKERS} are needed"),
        (ratio is not None and ratio >= _LEAST_RATIO, f"前 {BEST} 命中率为热门法的 {shown} 倍（需 {_LEAST_RATIO} 倍{most_zh}）", f"hit rate of the best {BEST} is {shown} times that of popularity, {_LEAST_RATIO} is needed{most_en}"),
        (said.get("hit_gain_low", 0) > 0 and said.get("ndcg_gain_low", 0) > 0, "排序未明显优于热门法", "orders products no better than popularity beyond chance"),
        (said["coverage"] >= _LEAST_COVERAGE, f"推荐只覆盖 {said['coverage']:.0%} 的产品组（需一半）", f"only {said['coverage']:.0%} of the product groups are ever offered, half is needed"),
        (not card["suspicious"], "单一变量区分过强，疑似泄漏：" + "、".join(card["suspicious"]), "one variable alone is too good, a leak until explained: " + ", ".join(card["suspicious"])),
    )  # fmt: skip
    return [(zh, en) for passes, zh, en in checks if not passes] + (calibration_faults(said) if "calibration_error" in said else [])
