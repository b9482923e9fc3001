"""How propensities go on: what came true of them, how far customers moved since, and what a challenger would offer instead."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from maisui.models import measures
from maisui.models.drift import SCORE, drift_of, unfed
from maisui.models.fallback import LEAST_EVENTS, Fallen
from maisui.models.fitted import SEED
from maisui.models.measures import Interval
from maisui.models.next_product import measured
from maisui.models.next_product.described import BEST, NEXT_PRODUCT
from maisui.models.next_product.panel import Panel, panel
from maisui.models.next_product.popularity import popularity
from maisui.models.next_product.propensities import FIRST, MONTHS_WATCHED, MOST_TESTED, Propensities, chances_of, panels, recent_panels
from maisui.models.next_product.rules import Rules, rules_on
from maisui.models.panel import Marts
from maisui.models.registry import StoredModel
from maisui.models.shadow import keep_shadow
from maisui.models.who_speaks import Seen


def seen_of(reader: Marts, stored: StoredModel, ends: tuple[date, ...]) -> Seen:
    """Return what came true of what a stored model says of months since its test, and how far score and features moved since."""
    rules, found, first = rules_on(reader, ends[-1]), Propensities.read(stored), stored.card["windows"]["test"]["from"]
    known = [day for day in ends[FIRST : len(ends) - NEXT_PRODUCT.horizon] if f"{day}" >= first]
    learnt = [day for day in ends if f"{day}" in stored.card["windows"]["train"]["days"]][-MONTHS_WATCHED:]
    earlier = panels(reader, rules, ends, learnt, MOST_TESTED * 2)
    realised = [
        _came(found, rules, earlier, then, is_test=f"{then.day}" <= stored.card["windows"]["test"]["to"])
        for then in panels(reader, rules, ends, known[-MONTHS_WATCHED:], MOST_TESTED)
    ]
    past, spreads = recent_panels(reader, rules, ends), stored.card["spreads"]
    watched = [day for day in ends if f"{day}" >= first][-MONTHS_WATCHED:]
    drift = [_moved(found, rules, past, panel(reader, rules, day), spreads) for day in watched]
    approved = stored.card["hold_out"].get("hit_ratio")
    return Seen({"realised": realised, "drift": drift}, lambda since: _missed([one for one in realised if one["day"] >= since], approved))


def _came(found: Propensities, rules: Rules, earlier: list[Panel], then: Panel, *, is_test: bool) -> dict[str, Any]:
    """Return what was expected of a day and what came, and how many who took up something had it offered: by the model, by popularity.

    Popular is what was on `earlier` days, all over before the model was tested.
    """
    popular = popularity(earlier, then).rate
    said = chances_of(found, rules, then, popular)
    pairs = then.suits & np.array([group in found.cards for group in rules.groups])
    low, high = measures.wilson(int(then.taken[pairs].sum()), int(pairs.sum()))
    own, usual = (measured.ranked(measured.best_places(one, then.suits), then.taken).hit for one in (said, popular))
    return {
        "day": f"{then.day}",
        "is_test": is_test,
        "count": int(then.suits.any(axis=1).sum()),
        "expected": said[pairs].sum().item(),
        "events": int(then.taken[pairs].sum()),
        "low": low * int(pairs.sum()),
        "high": high * int(pairs.sum()),
        "lift_at_10": measures.lift(then.taken[pairs], said[pairs]),
        "takers": len(own),
        "hits": int(own.sum()),
        "hits_of_popularity": int(usual.sum()),
    }


def _moved(found: Propensities, rules: Rules, past: list[Panel], people: Panel, spreads: dict[str, Any]) -> dict[str, Any]:
    """Return how far the best chance of everybody and his features lie from where they lay at training."""
    chances = chances_of(found, rules, people, popularity(past, people).rate)
    known = [one.code for one in NEXT_PRODUCT.features]
    judged = people.suits.any(axis=1)
    columns = {SCORE: np.where(people.suits, chances, 0.0)[judged].max(axis=1)} | dict(
        zip(known, people.values[people.is_judged][:, : len(known)].T, strict=True)
    )
    return {"day": f"{people.day}", "count": int(judged.sum()), "columns": drift_of(spreads, columns), "unfed": unfed(spreads, columns)}


def _missed(months: list[dict[str, Any]], approved: float | None) -> Fallen | None:
    """Return that offers kept less than half of the advance over popularity that was approved, all months together; None where they hold."""
    takers = hits = popular = 0
    for one in months:
        takers, hits, popular = takers + one["takers"], hits + one["hits"], popular + one["hits_of_popularity"]
        if takers < LEAST_EVENTS or approved is None:
            continue
        needed = 1 + (approved - 1) / 2
        if hits < needed * popular:
            ratio = f"{hits / popular:.2f}"
            return Fallen(
                "realised",
                one["day"],
                f"到期核对：{takers} 户新开中前 {BEST} 命中率为热门法的 {ratio} 倍，低于批准时优势一半的 {needed:.2f} 倍",
                f"what came true: of {takers} who took up something the best {BEST} held {ratio} times as many as popularity, "
                f"below {needed:.2f}, half of the advance that was approved",
            )
    return None


def write_offer_shadow(
    reader: Marts,
    home: Path,
    version: str,
    pair: tuple[StoredModel, StoredModel],
    ends: tuple[date, ...],
    people: Panel,
    popular: np.ndarray,
) -> None:
    """Keep which products a challenger would offer beside those of the model in use, and how both did where neither had learnt.

    Raises:
        StorageError: when it cannot be written.
    """
    rules = rules_on(reader, ends[-1])
    told = [Propensities.read(one) for one in pair]
    best = [measured.best_places(chances_of(one, rules, people, popular), people.suits) for one in told]
    offered = [np.zeros(people.suits.shape, bool) for _ in pair]
    for chosen, places in zip(offered, best, strict=True):
        rows = np.repeat(np.arange(len(places)), places.shape[1])[places.ravel() >= 0]
        chosen[rows, places.ravel()[places.ravel() >= 0]] = True
    own, other = offered
    differs = (own != other).any(axis=1)
    named = [[" ".join(rules.groups[place] for place in row if place >= 0) for row in places[differs]] for places in best]
    lists = {
        "size": int(own.sum()),
        "both": int((own & other).sum()),
        "enter": int((other & ~own).sum()),
        "leave": int((own & ~other).sum()),
        "order": None,
    }
    rows_kept = pa.table({
        "customer_number": pa.array(people.customers[differs].tolist(), pa.string()),
        "champion": pa.array(named[0], pa.string()),
        "challenger": pa.array(named[1], pa.string()),
    })  # fmt: skip
    keep_shadow(home, NEXT_PRODUCT.code, version, pair, ends[-1], _compared(reader, rules, told, pair, ends), lists, rows_kept)


def _compared(
    reader: Marts, rules: Rules, told: list[Propensities], pair: tuple[StoredModel, StoredModel], ends: tuple[date, ...]
) -> dict[str, Any] | None:
    """Return hit rate and NDCG of both with intervals on the days from the later test on; None where there is no such day yet."""
    first = max(one.card["windows"]["test"]["from"] for one in pair)
    days = [day for day in ends[FIRST : len(ends) - NEXT_PRODUCT.horizon] if f"{day}" >= first][-MONTHS_WATCHED:]
    if not days:
        return None
    seen = panels(reader, rules, ends, days, MOST_TESTED)
    ranks = [
        [
            measured.ranked(measured.best_places(chances_of(one, rules, then, popularity([then], then).rate), then.suits), then.taken)
            for then in seen
        ]
        for one in told
    ]
    champion, challenger = (
        measured.Ranked(np.concatenate([one.hit for one in ranked]), np.concatenate([one.gain for one in ranked])) for ranked in ranks
    )
    takers = len(champion.hit)
    said: dict[str, Any] = {"from": f"{days[0]}", "to": f"{days[-1]}", "count": sum(len(one.customers) for one in seen), "events": takers}
    if takers < LEAST_EVENTS:
        return said
    forth, back = measured.compared(challenger, champion, seed=SEED), measured.compared(champion, challenger, seed=SEED)
    said["figures"] = [
        {
            "name": name,
            "champion": _interval(back, code),
            "challenger": _interval(forth, code),
            "gain": asdict(_gain(forth, code)),
        }
        for code, name in (("hit", [f"前 {BEST} 命中率", f"Hit rate of the best {BEST}"]), ("ndcg", ["NDCG", "NDCG"]))
    ]
    better, worse = (forth["hit_gain_low"] or 0) > 0, (forth["hit_gain_high"] or 0) < 0
    said["verdict"] = (
        ["挑战者命中更多，可以提议接替", "the challenger hits more and may be proposed"]
        if better
        else ["冠军命中更多，保留冠军", "the champion hits more and stays"]
        if worse
        else ["差异在偶然范围内，保留冠军", "the difference is within chance: the champion stays"]
    )
    return said


def _interval(said: dict[str, Any], code: str) -> dict[str, float]:
    return {"value": said[code], "low": said[f"{code}_low"], "high": said[f"{code}_high"]}


def _gain(said: dict[str, Any], code: str) -> Interval:
    return Interval(said[code] - said[f"{code}_of_popularity"], said[f"{code}_gain_low"], said[f"{code}_gain_high"])
