"""Training: split by time, fit, calibrate on later months, test on the latest, and write down everything in a card.

The only module that knows a model library, and it asks for it when a model is trained or asked, never when it is imported. With
the same version, code, libraries and seed the files are the same to the byte: one thread, no sampling, no clock.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np

from maisui.errors import QuestionError
from maisui.models import measures
from maisui.models.calibration import calibration_faults, calibration_of
from maisui.models.card import words_of
from maisui.models.drift import SCORE, spread_of
from maisui.models.fairness import groups_of, proxies_of
from maisui.models.fit_scorecard import SCORECARD_LIMITS, fit_card
from maisui.models.fitted import SEED, TREES, Fitted, library
from maisui.models.model import Method, Model
from maisui.models.panel import Marts, Sample, month_ends, require_parameters, sample
from maisui.models.registry import StoredModel
from maisui.models.strong_features import leaks_until_explained, strong_features

FILE = "model.txt"
_ROUNDS = 200
_TEST_MONTHS = 3
_LEAST_LIFT, _LIFT_TIMES = 2.5, 200
_LARGEST_RATIO = 1000.0


def split_by_time(ends: tuple[date, ...], model: Model) -> tuple[tuple[date, ...], tuple[date, ...], tuple[date, ...]]:
    """Return the days on which to train, to calibrate and to test: what came of one part is seen before the next begins.

    A scorecard says probabilities by itself and has no days to calibrate on; it is tested on one day, for outcomes of a year overlap and
    who fails would be counted again and again.

    Raises:
        QuestionError: when the history is too short.
    """
    usable = ends[5 : len(ends) - model.horizon]
    gap, parts = model.horizon - 1, 2 if model.method is Method.SCORECARD else 3
    room = len(usable) - (parts - 1) * gap
    if len(ends) < model.least_months or room < parts:
        raise QuestionError(
            f"{len(ends)} whole months of history, {model.least_months} are needed", where=model.code, next_step="train when they are there"
        )
    if model.method is Method.SCORECARD:
        return usable[: -1 - gap], (), usable[-1:]
    late = min(_TEST_MONTHS, room // parts)
    test, checked = usable[-late:], usable[-2 * late - gap : -late - gap]
    return usable[: -2 * (late + gap)], checked, test


def train(reader: Marts, model: Model, data: dict[str, str]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return card and files of a model trained on what `reader` answers; `data` names the version it came from.

    Raises:
        HomeError: when the libraries are missing.
        QuestionError: when there is not enough history, or the outcome never differs.
    """
    ends = month_ends(reader)
    days = split_by_time(ends, model)
    require_parameters(reader, model, ends[-1])
    learnt, checked, tested = (sample(reader, model, part) for part in days)
    for part in (learnt, checked, tested):
        if part.days and not 0 < part.events < len(part.happened):
            raise QuestionError(
                f"what is to be predicted happened {part.events} times of {len(part.happened)} in {part.days[0]} to {part.days[-1]}",
                where=model.code,
                next_step="there is nothing to learn from; wait for more history",
            )
    fitted = fit_card(model, learnt, tested) if model.method is Method.SCORECARD else _fitted_trees(learnt, checked, tested)
    strong = strong_features(model, learnt)
    card: dict[str, Any] = {
        **_said(model),
        **fitted.said,
        "libraries": {name: library(name).__version__ for name in ("lightgbm", "sklearn", "numpy")},
        "seed": SEED,
        "data": data | {"last_outcome_on": f"{ends[-1]}"},
        "windows": {
            name: {
                "from": f"{part.days[0]}",
                "to": f"{part.days[-1]}",
                "rows": len(part.happened),
                "events": part.events,
                "customers": len(set(part.customers[part.happened])),
            }
            for name, part in (("train", learnt), ("calibrate", checked), ("test", tested))
            if part.days
        },
        "features": list(model.feature_codes),
        "metrics": _measured(tested, fitted),
        "groups": groups_of(reader, tested, fitted.probabilities),
        "proxies": proxies_of(reader, model.feature_codes, learnt, tested),
        "strong": strong,
        "suspicious": leaks_until_explained(strong),
        "spreads": _spreads(model, learnt, fitted.probabilities),
    }
    card["faults"] = _faults(model, card)
    return card, fitted.files


def _spreads(model: Model, learnt: Sample, probabilities: np.ndarray) -> dict[str, Any]:
    """Return how the score lay in the test months and each feature in those learnt from, for later months to be held against."""
    columns = zip(model.feature_codes, learnt.values.T, strict=True)
    return {SCORE: asdict(spread_of(probabilities)), **{code: asdict(spread_of(column)) for code, column in columns}}


def _fitted_trees(learnt: Sample, checked: Sample, tested: Sample) -> Fitted:
    text, calibration = _fitted(learnt, checked)
    return Fitted(
        files={FILE: text.encode()},
        said={"calibration": calibration},
        probabilities=probabilities_of(text, calibration, tested.values),
        others={"logistic": _logistic(learnt, tested)},
    )


def probabilities_of(text: str, calibration: dict[str, float], values: np.ndarray) -> np.ndarray:
    """Return the calibrated probability of each row."""
    return _calibrated(library("lightgbm").Booster(model_str=text).predict(values, raw_score=True, num_threads=1), calibration)


def contributions_of(text: str, values: np.ndarray) -> np.ndarray:
    """Return what each feature adds to the raw score of each row (exact Shapley values); the last column is the base."""
    return np.asarray(library("lightgbm").Booster(model_str=text).predict(values, pred_contrib=True, num_threads=1))


def model_text(stored: StoredModel) -> str:
    """Return the trained file of a stored model."""
    return (stored.folder / FILE).read_text(encoding="utf-8")


def _fitted(learnt: Sample, checked: Sample) -> tuple[str, dict[str, float]]:
    """Return the trees as text, and the line that turns their raw score into a probability (Platt), fitted on later months."""
    lightgbm = library("lightgbm")
    booster = lightgbm.train(TREES, lightgbm.Dataset(learnt.values, learnt.happened.astype(int)), _ROUNDS)
    raw = booster.predict(checked.values, raw_score=True, num_threads=1)
    line = library("sklearn.linear_model").LogisticRegression(C=1e6, max_iter=1000).fit(raw.reshape(-1, 1), checked.happened)
    return booster.model_to_string(), {"slope": line.coef_[0, 0].item(), "intercept": line.intercept_[0].item()}


def _calibrated(raw: np.ndarray, calibration: dict[str, float]) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(calibration["slope"] * raw + calibration["intercept"], -30, 30)))


def _plain(values: np.ndarray) -> np.ndarray:
    """Return features as a line can bear them: unknown is zero, what runs far is drawn in."""
    drawn_in = np.clip(np.nan_to_num(values, nan=0.0), -_LARGEST_RATIO, _LARGEST_RATIO)
    return np.sign(drawn_in) * np.log1p(np.abs(drawn_in))


def _logistic(learnt: Sample, tested: Sample) -> np.ndarray:
    linear, scaling = library("sklearn.linear_model"), library("sklearn.preprocessing").StandardScaler()
    fitted = linear.LogisticRegression(C=0.3, max_iter=2000).fit(scaling.fit_transform(_plain(learnt.values)), learnt.happened)
    return fitted.predict_proba(scaling.transform(_plain(tested.values)))[:, 1]


def _measured(tested: Sample, fitted: Fitted) -> dict[str, Any]:
    """Return every figure of the test months beside the expert rule and whatever else was fitted."""
    happened, probabilities = tested.happened, fitted.probabilities
    others = {"rule": tested.warned.astype(np.float64)} | fitted.others
    scores = (probabilities, *others.values())
    drawn = measures.resampled(happened, *scores, customers=tested.customers, seed=SEED)
    values = [measures.auc(happened, one) for one in scores]
    lifts = measures.resampled(happened, probabilities, customers=tested.customers, seed=SEED, times=_LIFT_TIMES, measure=measures.lift)
    compared: dict[str, Any] = {"auc": asdict(measures.interval(values[0], drawn[:, 0]))}
    for place, name in enumerate(others, 1):
        compared[f"auc_of_{name}"] = asdict(measures.interval(values[place], drawn[:, place]))
        compared[f"gain_over_{name}"] = asdict(measures.interval(values[0] - values[place], drawn[:, 0] - drawn[:, place]))
    lift = measures.interval(measures.lift(happened, probabilities), lifts[:, 0])
    profile = measures.cap(happened, probabilities)
    return compared | {
        "gini": 2 * values[0] - 1,
        "accuracy_ratio": measures.accuracy_ratio(profile, happened.mean().item()),
        "cap": measures.at_shares(profile),
        "ks": measures.ks(happened, probabilities),
        "lift_at_10": lift.value,
        "lift_interval": asdict(lift),
        "caught_in_20": measures.caught(happened, probabilities),
        **calibration_of(happened, probabilities, tested.customers, seed=SEED),
        "bins": [asdict(one) for one in measures.bins(happened, probabilities)],
    }


def _faults(model: Model, card: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what keeps a model from being used, in both languages; none for one that passes."""
    said, windows = card["metrics"], card["windows"]
    is_card, auc = model.method is Method.SCORECARD, said["auc"]
    inverted = sum(after["seen"] / after["count"] > before["high"] for before, after in zip(said["bins"], said["bins"][1:], strict=False))
    leaks = [one for one in model.features if one.code in card["suspicious"]]
    checks = (
        (windows["train"]["customers"] >= model.least_train_events, f"训练期仅 {windows['train']['customers']} 户发生（需 {model.least_train_events}）",
         f"{windows['train']['customers']} customers to whom it happened to train on, {model.least_train_events} are needed"),
        (windows["test"]["customers"] >= model.least_test_events, f"检验期仅 {windows['test']['customers']} 户发生（需 {model.least_test_events}）",
         f"{windows['test']['customers']} customers to whom it happened to test on, {model.least_test_events} are needed"),
        (auc["value"] >= said["auc_of_rule"]["value"] + 0.05 and said["gain_over_rule"]["low"] > 0, "区分能力未明显优于规则", "not clearly better than the rule"),
        (is_card or said["lift_at_10"] >= _LEAST_LIFT, "前一成提升度不足 2.5", "lift of the first tenth below 2.5"),
        *((holds(said), zh, en) for holds, zh, en in SCORECARD_LIMITS if is_card),
        (inverted == 0, "十分位命中率不单调", "rates of the tenths do not fall"),
        (not leaks, "单一变量区分过强，疑似泄漏：" + "、".join(one.name_zh for one in leaks),
         "one variable alone is too good, a leak until explained: " + ", ".join(one.name_en for one in leaks)),
    )  # fmt: skip
    return [(zh, en) for passes, zh, en in checks if not passes] + calibration_faults(said)


def _said(model: Model) -> dict[str, Any]:
    """Return what a card says in words."""
    return words_of(model) | {
        "rule_zh": model.rule_zh,
        "rule_en": model.rule_en,
        "exclusions": [list(one) for one in model.exclusions],
        "definition": json.dumps([model.population, model.outcome]),
    }
