"""Finding segments on the last whole month, and putting everybody into them month by month.

What was found is a scale and centres, kept as a trained model is; later months are put to the same centres, so that a segment keeps
its number and name until another one is trained and approved. Below a trial customers go by their tier.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from maisui.errors import QuestionError
from maisui.models.card import words_of
from maisui.models.drift import SCORE, drift_of, spread_of
from maisui.models.fallback import Fallen
from maisui.models.fitted import SEED
from maisui.models.ladder import Rung
from maisui.models.panel import Marts, month_ends
from maisui.models.registry import StoredModel
from maisui.models.scores import write_scores
from maisui.models.segments.cluster import FEWEST, LEAST_SHARE, LEAST_STABLE, MOST, adjusted_rand, centres_of, chosen, nearest, tried
from maisui.models.segments.described import EXCLUSIONS, NAMED_BY, SEGMENTS, TRAITS
from maisui.models.segments.naming import differences, names_of
from maisui.models.segments.people import People, Scale, people_on
from maisui.models.shadow import challenger_of, keep_shadow
from maisui.models.who_speaks import Seen, who_speaks

FILE = "centres.json"
_LEAST_PEOPLE = 200
_MONTHS_BACK, _MONTHS_WATCHED = 3, 12
_MOST_MOVED = 0.15


def train_segments(reader: Marts, data: dict[str, str]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return card and file of the segments found on the last whole month; `data` names the version it came from.

    Raises:
        QuestionError: when there is too little history, or there are too few persons.
    """
    ends = month_ends(reader)
    if len(ends) < SEGMENTS.least_months:
        raise QuestionError(
            f"{len(ends)} whole months of history, {SEGMENTS.least_months} are needed",
            where=SEGMENTS.code,
            next_step="train when they are there",
        )
    people = people_on(reader, ends[-1])
    own = people.values[people.is_put]
    if len(own) < _LEAST_PEOPLE:
        raise QuestionError(f"{len(own)} persons, {_LEAST_PEOPLE} are needed", where=SEGMENTS.code, next_step="customers go by their tier")
    scale = Scale.of(own)
    values = scale.applied(own)
    trials = {one.count: (one, centres) for one, centres in (tried(values, count, seed=SEED) for count in range(FEWEST, MOST + 1))}
    best = chosen([one for one, _ in trials.values()]) or max((one for one, _ in trials.values()), key=lambda one: one.stability)
    centres = trials[best.count][1]
    parts = nearest(values, centres)
    told = differences(people.traits[people.is_put], parts, best.count)
    names = names_of(told)
    over_time = _over_time(reader, ends, scale, centres)
    card: dict[str, Any] = {
        **words_of(SEGMENTS),
        "exclusions": [list(one) for one in EXCLUSIONS],
        "libraries": {"numpy": np.__version__},
        "seed": SEED,
        "data": data | {"last_outcome_on": f"{ends[-1]}"},
        "windows": {"found": {"from": f"{ends[-1]}", "to": f"{ends[-1]}", "rows": len(values)}},
        "features": [one.code for one in SEGMENTS.features],
        "trials": [asdict(one) for one, _ in trials.values()],
        "names": names,
        "hold_out": asdict(best) | over_time,
        "spreads": {SCORE: asdict(spread_of(parts.astype(np.float64))), **_spreads(own)},
    }
    card["faults"] = _faults(card, is_allowed=best.may_be_taken)
    content = json.dumps({"scale": asdict(scale), "centres": centres.tolist()}, indent=1, sort_keys=True)
    return card, {FILE: content.encode()}


def score_segments(reader: Marts, home: Path, version: str) -> Path:
    """Write in which segment everybody of the last whole month is, or by which tier he goes, and how segments moved; return the file.

    Raises:
        StorageError: when the file cannot be written, or a trained file is damaged.
    """
    ends = month_ends(reader)
    on = cache(partial(people_on, reader))
    spoken = who_speaks(reader, home, SEGMENTS, ends, lambda stored: _seen(stored, [on(day) for day in ends[-_MONTHS_WATCHED:]]))
    used = spoken.used
    facts: dict[str, Any] = {
        "model": SEGMENTS.code,
        "version": version,
        "day": f"{ends[-1]}" if ends else "",
        "names": {},
        "months": [],
        **spoken.told,
    }
    if spoken.standing.rung is Rung.NO_DATA:
        return write_scores(home, SEGMENTS.code, facts, _table(None, np.empty(0, object), None))
    day = max(ends)
    people = on(day)
    if used is None:
        return write_scores(home, SEGMENTS.code, facts, _table(people, people.tiers, None))
    scale, centres = read_centres(used)
    parts = nearest(scale.applied(people.values), centres)
    codes = np.array([f"S{part + 1}" for part in parts], object)
    names = names_of(differences(people.traits[people.is_put], parts[people.is_put], len(centres)))
    facts["names"] = {f"S{place}": name for place, name in enumerate(used.card["names"], 1)}
    facts["names_today"] = {f"S{place}": name for place, name in enumerate(names, 1)}
    before = on(ends[-2]) if len(ends) > 1 else None
    earlier = None if before is None else dict(zip(before.customers, nearest(scale.applied(before.values), centres), strict=True))
    challenger = challenger_of(home, SEGMENTS, used, day, lambda _: True) if spoken.approval is not None else None
    if challenger is not None:
        _write_shadow(home, version, (used, challenger), [on(day) for day in ends[-2:]])
    return write_scores(home, SEGMENTS.code, facts, _table(people, codes, earlier))


def _seen(stored: StoredModel, past: list[People]) -> Seen:
    """Return how segments of a stored model went on in past months: sizes, who moved, how far everybody lies from where he lay."""
    scale, centres = read_centres(stored)
    months = _months(past, scale, centres)
    drift: list[dict[str, Any]] = []
    for people in past:
        if f"{people.day}" < stored.card["windows"]["found"]["to"]:
            continue
        values = people.values[people.is_put]
        columns = {SCORE: nearest(scale.applied(values), centres).astype(np.float64)} | {
            one.code: values[:, place] for place, one in enumerate(SEGMENTS.features)
        }
        drift.append({"day": f"{people.day}", "count": len(values), "columns": drift_of(stored.card["spreads"], columns)})
    return Seen({"months": months, "drift": drift}, lambda since: _missed([one for one in months if one["day"] >= since]))


def _missed(months: list[dict[str, Any]]) -> Fallen | None:
    """Return the month in which too many moved to another segment, or one had nearly nobody left; None where segments hold."""
    for one in months:
        moved, least = one["moved_share"], min(one["sizes"]) / max(1, sum(one["sizes"]))
        if moved is not None and moved > _MOST_MOVED:
            return Fallen("realised", one["day"], f"{one['day']} 一个月内 {moved:.0%} 的客户换群（最多 {_MOST_MOVED:.0%}）", f"{moved:.0%} of the customers moved in the month to {one['day']}, {_MOST_MOVED:.0%} at most may")  # fmt: skip
        if least < LEAST_SHARE:
            return Fallen("realised", one["day"], f"{one['day']} 最小的群只有 {least:.1%} 的客户（至少 {LEAST_SHARE:.0%}）", f"the smallest segment has {least:.1%} of the customers on {one['day']}, {LEAST_SHARE:.0%} are needed")  # fmt: skip
    return None


def _write_shadow(home: Path, version: str, pair: tuple[StoredModel, StoredModel], past: list[People]) -> None:
    """Keep who would be put otherwise by the challenger, and how steady either is; the champion alone decides."""
    people = past[-1]
    own, other = [nearest(scale.applied(people.values), centres) for scale, centres in map(read_centres, pair)]
    put = people.is_put
    alike = adjusted_rand(own[put], other[put])
    table = np.zeros((own.max() + 1, other.max() + 1), np.int64)
    np.add.at(table, (own[put], other[put]), 1)
    likest = table.argmax(axis=1)
    stays = likest[own] == other
    together = int((stays & put).sum())
    moved = [_months(past, *read_centres(one))[-1]["moved_share"] for one in pair]
    least = [np.bincount(parts[put]).min() / max(1, put.sum()) for parts in (own, other)]
    compared = {
        "from": f"{past[0].day}",
        "to": f"{people.day}",
        "count": int(put.sum()),
        "figures": [
            {"name": ["一个月内换群", "Moved within a month"], "champion": moved[0], "challenger": moved[1]},
            {"name": ["最小的群占比", "Share of the smallest segment"], "champion": least[0].item(), "challenger": least[1].item()},
        ],
        "verdict": [f"两种分群的一致程度 ARI {alike:.2f}", f"the two ways of putting customers agree by an ARI of {alike:.2f}"],
    }
    gone = int(put.sum()) - together
    lists = {"size": int(put.sum()), "both": together, "enter": gone, "leave": gone, "order": None}
    rows = pa.table({
        "customer_number": pa.array(people.customers[put].tolist(), pa.string()),
        "champion": pa.array([f"S{part + 1}" for part in own[put]], pa.string()),
        "challenger": pa.array([f"S{part + 1}" for part in other[put]], pa.string()),
    })  # fmt: skip
    keep_shadow(home, SEGMENTS.code, version, pair, people.day, compared, lists, rows)


def read_centres(stored: StoredModel) -> tuple[Scale, np.ndarray]:
    """Return scale and centres of a stored model."""
    told = json.loads((stored.folder / FILE).read_text(encoding="utf-8"))
    return Scale(**told["scale"]), np.array(told["centres"])


def _over_time(reader: Marts, ends: tuple[date, ...], scale: Scale, centres: np.ndarray) -> dict[str, Any]:
    """Return how alike segments found on an earlier month are to these, and which share moved to another segment a month since."""
    days = ends[-1 - _MONTHS_BACK :] if len(ends) > _MONTHS_BACK else ends
    past = [people_on(reader, day) for day in days]
    first = past[0]
    values = scale.applied(first.values[first.is_put])
    again = centres_of(Scale.of(first.values[first.is_put]).applied(first.values[first.is_put]), len(centres), seed=SEED)
    own = nearest(Scale.of(first.values[first.is_put]).applied(first.values[first.is_put]), again)
    moved = [one["moved_share"] for one in _months(past, scale, centres) if one["moved_share"] is not None]
    return {
        "alike_earlier": adjusted_rand(nearest(values, centres), own),
        "earlier_day": f"{first.day}",
        "moved_share": max(moved, default=None),
    }


def _months(past: list[People], scale: Scale, centres: np.ndarray) -> list[dict[str, Any]]:
    """Return for each month how many are in each segment, and which share of those there the month before moved to another."""
    found: list[dict[str, Any]] = []
    before: dict[str, int] = {}
    for people in past:
        is_put = people.is_put
        parts = nearest(scale.applied(people.values[is_put]), centres)
        now = dict(zip(people.customers[is_put].tolist(), parts.tolist(), strict=True))
        both = [number for number in now if number in before]
        moved = sum(now[number] != before[number] for number in both)
        sizes = np.bincount(parts, minlength=len(centres)).tolist()
        found.append(
            {"day": f"{people.day}", "sizes": sizes, "stayed_or_moved": len(both), "moved_share": moved / len(both) if both else None}
        )
        before = now
    return found


def _spreads(own: np.ndarray) -> dict[str, Any]:
    return {one.code: asdict(spread_of(own[:, place])) for place, one in enumerate(SEGMENTS.features)}


def _faults(card: dict[str, Any], *, is_allowed: bool) -> list[tuple[str, str]]:
    """Return what keeps segments from being used, in both languages; none where they pass."""
    said, moved = card["hold_out"], card["hold_out"]["moved_share"]
    fewest = min(one["differences"] for one in card["names"])
    checks = (
        (is_allowed, f"没有一种分法稳定（自助抽样 ARI 至少 {LEAST_STABLE}）且每群不少于 {LEAST_SHARE:.0%}", f"no number of segments is stable (bootstrap ARI {LEAST_STABLE}) with at least {LEAST_SHARE:.0%} in each"),
        (said["alike_earlier"] >= LEAST_STABLE, f"与 {_MONTHS_BACK} 个月前重新分群的 ARI 仅 {said['alike_earlier']:.2f}", f"ARI to segments found {_MONTHS_BACK} months earlier is {said['alike_earlier']:.2f} only"),
        (moved is None or moved <= _MOST_MOVED, f"一个月内 {moved or 0:.0%} 的客户换群（最多 {_MOST_MOVED:.0%}）", f"{moved or 0:.0%} of the customers moved within a month, {_MOST_MOVED:.0%} at most may"),
        (fewest >= NAMED_BY, f"有的群与全体的明显差别不足 {NAMED_BY} 项", f"a segment has fewer than {NAMED_BY} differences from all"),
    )  # fmt: skip
    return [(zh, en) for passes, zh, en in checks if not passes]


def _table(people: People | None, codes: np.ndarray, earlier: dict[Any, Any] | None) -> Any:  # noqa: ANN401 - pyarrow is untyped
    money, text = pa.decimal128(38, 2), pa.string()
    if people is None:
        names = {
            "customer_number": text,
            "organisation_code": text,
            "customer_kind": text,
            "why_not": text,
            "segment": text,
            "earlier_segment": text,
        }
        return pa.table({name: pa.array([], kind) for name, kind in names.items()})
    is_put = people.is_put
    before = [None if earlier is None or (part := earlier.get(number)) is None else f"S{part + 1}" for number in people.customers]
    columns = {
        "customer_number": pa.array(people.customers, text),
        "organisation_code": pa.array(people.organisations, text),
        "customer_kind": pa.array(people.kinds, text),
        "why_not": pa.array(people.why_not, text),
        "segment": pa.array(np.asarray(codes, object), text, mask=~is_put),
        "earlier_segment": pa.array([one if put else None for one, put in zip(before, is_put, strict=True)], text),
        **{name: pa.array(values, money) for name, values in people.money.items()},
        **{
            one.code: pa.array(people.traits[:, place], pa.float64(), mask=np.isnan(people.traits[:, place]))
            for place, one in enumerate(TRAITS)
        },
    }
    return pa.table(columns)
