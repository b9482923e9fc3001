"""What keeps a model from being trusted wrongly: leaks, foreign files, half a card, other threads, other code in scoring than in training."""

from __future__ import annotations

import hashlib
import json
import pickle
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from drawn_bank import DATA, DrawnBank
from drawn_portfolio import DrawnPortfolio

from maisui.errors import StorageError
from maisui.models import CHURN, CREDIT, Approval, Rung, fit, measures, read_scores, stored_models, write_approval
from maisui.models.card import lacking
from maisui.models.fit import train
from maisui.models.fit_scorecard import CHALLENGER_FILE
from maisui.models.fitted import TREES
from maisui.models.model import Feature, Model, Shape
from maisui.models.panel import Sample, month_ends, population, sample
from maisui.models.registry import damaged_models, read_model, store_model
from maisui.models.scorecard import fit_scorecard
from maisui.models.scores import score
from maisui.models.strong_features import leaks_until_explained, strong_features
from maisui.models.who_speaks import chosen_model, standing_today

LAST = date(2026, 10, 31)


@pytest.fixture(scope="module")
def lightgbm() -> ModuleType:
    return pytest.importorskip("lightgbm", reason="model libraries are not installed: make setup-models")


@pytest.mark.usefixtures("lightgbm")
def test_a_planted_leak_of_churn_is_named_and_the_model_does_not_pass() -> None:
    """Who will have left within three months bears a mark today: alone it separates beyond what is credible, so it is named and refused."""
    bank = DrawnBank()
    bank.connection.execute(
        "UPDATE customer_fact_month SET complaint_count = CASE WHEN EXISTS (SELECT 1 FROM customer_fact_month AS f "
        "WHERE f.customer_number = customer_fact_month.customer_number AND NOT f.is_holder "
        "AND f.business_date > customer_fact_month.business_date "
        "AND f.business_date <= last_day(customer_fact_month.business_date + INTERVAL 3 MONTH)) THEN 1 ELSE 0 END"
    )
    card, _ = train(bank, CHURN, DATA)
    assert "complaints" in card["suspicious"]
    (told,) = [one for one in card["strong"] if one["code"] == "complaints"]
    assert told["auc"] > 0.9
    assert told["information_value"] > 0.5
    assert [zh for zh, _ in card["faults"] if zh.startswith("单一变量区分过强，疑似泄漏：") and "近三个月投诉" in zh]


@pytest.mark.usefixtures("lightgbm")
def test_a_planted_leak_of_credit_is_named_and_the_model_does_not_pass() -> None:
    """Product groups held today tell who will be bad within the year; the scorecard names them, and a reason alone does not clear an AUC above 0.9."""
    portfolio = DrawnPortfolio(1200, 36)
    portfolio.connection.execute(
        "UPDATE customer_fact_month SET product_group_count = CASE WHEN EXISTS (SELECT 1 FROM customer_fact_month AS f "
        "WHERE f.customer_number = customer_fact_month.customer_number AND f.loan_class_rank >= 3 "
        "AND f.business_date > customer_fact_month.business_date "
        "AND f.business_date <= last_day(customer_fact_month.business_date + INTERVAL 12 MONTH)) THEN 1 ELSE 4 END"
    )
    card, _ = train(portfolio, CREDIT, DATA)
    assert "product_groups" in card["suspicious"]
    assert [zh for zh, _ in card["faults"] if "持有产品组" in zh]


def test_a_rare_mark_that_tells_much_is_named_though_its_auc_is_not_absurd() -> None:
    """Two in a hundred bear it, nearly all of whom left: an AUC of about 0.75, and an information value far beyond belief."""
    drawn = np.random.default_rng(8)
    happened = drawn.random(5000) < 0.04
    mark = np.where(happened, drawn.random(5000) < 0.5, drawn.random(5000) < 0.001).astype(np.float64)
    feature = Feature("mark", "", "标志", "Mark", Shape.FLAG)
    nobody = np.empty(0, object)
    (told,) = strong_features(replace(CHURN, features=(feature,)), Sample((), mark[:, None], happened, happened, nobody, nobody))
    assert told["auc"] < 0.8
    assert leaks_until_explained([told]) == ["mark"]


def test_what_is_explained_may_be_strong_but_not_beyond_belief() -> None:
    drawn = np.random.default_rng(3)
    happened = drawn.random(4000) < 0.2
    strong, absurd, plain = happened * 1.2 + drawn.normal(size=4000), happened * 4 + drawn.normal(size=4000), drawn.normal(size=4000)
    features = tuple(
        Feature(code, "", code, code, Shape.COUNT, why_strong=why)
        for code, why in (("strong", ("有因", "a cause")), ("unsaid", None), ("absurd", ("有因", "a cause")), ("plain", None))
    )
    rows = Sample((), np.column_stack([strong, strong, absurd, plain]), happened, happened, np.empty(0, object), np.empty(0, object))
    found = strong_features(replace(CHURN, features=features), rows)
    assert [one["code"] for one in found] == ["strong", "unsaid", "absurd"]
    assert all(one["information_value"] > 0.5 for one in found)
    assert leaks_until_explained(found) == ["unsaid", "absurd"]


def test_whatever_moved_or_was_held_before_the_day_may_tell_much_of_who_leaves() -> None:
    """Money, transactions and holdings of either quarter are explained; what nobody explained, such as complaints, is named until somebody does."""
    drawn = np.random.default_rng(3)
    happened = drawn.random(4000) < 0.2
    strong = happened * 1.2 + drawn.normal(size=4000)
    rows = Sample((), np.column_stack([strong] * len(CHURN.features)), happened, happened, np.empty(0, object), np.empty(0, object))
    found = strong_features(CHURN, rows)
    assert len(found) == len(CHURN.features)
    assert leaks_until_explained(found) == ["held_months", "has_loan", "complaints"]


def test_the_accuracy_ratio_is_the_area_of_the_profile_and_tenths_add_up() -> None:
    """AR = 2 · AUC - 1 for whatever ties; by hand, three of ten in the first three places are a perfect profile."""
    drawn = np.random.default_rng(9)
    for levels in (2, 7, 1000):
        scores = drawn.integers(0, levels, 600) / levels
        happened = drawn.random(600) < 0.1 + 0.4 * scores
        ratio = measures.accuracy_ratio(measures.cap(happened, scores), happened.mean().item())
        assert ratio == pytest.approx(2 * measures.auc(happened, scores) - 1, abs=1e-12)
        tenths = measures.bins(happened, scores)
        assert (sum(one.count for one in tenths), sum(one.seen for one in tenths)) == (600, int(happened.sum()))
    first, scores = np.arange(10) < 3, -np.arange(10.0)
    assert measures.accuracy_ratio(measures.cap(first, scores), 0.3) == pytest.approx(1, abs=1e-12)
    reached = np.array(measures.at_shares(measures.cap(first, scores), 10))[:5]
    assert reached == pytest.approx(np.array([[0, 0], [0.1, 1 / 3], [0.2, 2 / 3], [0.3, 1], [0.4, 1]]))
    assert measures.cap(np.zeros(3, bool), np.arange(3.0)) == ()


def test_threads_change_no_byte_of_a_trained_model(bank: DrawnBank, trained: Any, lightgbm: ModuleType, monkeypatch: Any) -> None:
    """One thread of the engine and two; one thread of the trees and two, whose text differs in the line that names their number only."""
    files = []
    for threads in (1, 2):
        bank.connection.execute(f"SET threads = {threads}")
        card, told = train(bank, CHURN, DATA)
        files.append((card, told))
    assert files[0] == files[1] == tuple(trained)
    learnt = sample(bank, CHURN, month_ends(bank)[5:8])
    texts = []
    for threads in (1, 2):
        monkeypatch.setitem(TREES, "num_threads", threads)
        booster = lightgbm.train(TREES, lightgbm.Dataset(learnt.values, learnt.happened.astype(int)), 50)
        texts.append([line for line in booster.model_to_string().splitlines() if "num_threads" not in line])
    assert texts[0] == texts[1]


@pytest.mark.usefixtures("lightgbm")
def test_the_challenger_of_credit_keeps_every_sign_in_ten_thousand_pairs(lightgbm: ModuleType) -> None:
    portfolio = DrawnPortfolio(800, 31)
    _, files = train(portfolio, CREDIT, DATA)
    booster = lightgbm.Booster(model_str=files[CHALLENGER_FILE].decode())
    seen = population(portfolio, CREDIT, LAST).values
    drawn = np.random.default_rng(4)
    for place, feature in enumerate(CREDIT.features):
        lower = seen[drawn.integers(0, len(seen), 10_000)].copy()
        higher = lower.copy()
        lower[:, place] = drawn.uniform(0, 100, 10_000)
        higher[:, place] = lower[:, place] + drawn.exponential(50, 10_000)
        gained = booster.predict(higher, raw_score=True, num_threads=1) - booster.predict(lower, raw_score=True, num_threads=1)
        assert (feature.sign * gained >= 0).all(), feature.code
    assert all(feature.sign for feature in CREDIT.features)


@pytest.mark.parametrize("model", [CHURN, CREDIT], ids=lambda model: model.code)
def test_labels_handed_out_by_chance_teach_nothing(model: Model, lightgbm: ModuleType) -> None:
    """What happened is shuffled among the customers of a day, forty times; half learn, half are tried: 19 in 20 lie within what chance allows.

    Of forty such runs 35 or more do 99 times of 100, their mean is nought within 2.58 standard errors, and they spread no wider than chance.
    """
    bank: Any = DrawnBank(1200, 12) if model is CHURN else DrawnPortfolio(1200, 20)
    seen = sample(bank, model, month_ends(bank)[6:7])
    drawn, found = np.random.default_rng(21), []
    for _ in range(40):
        order = drawn.permutation(len(seen.happened))
        labels = seen.happened[drawn.permutation(len(seen.happened))]
        learnt, tried = (_part(seen, labels, chosen) for chosen in np.array_split(order, 2))
        if model is CHURN:
            text, calibration = fit._fitted(learnt, learnt)
            chances = fit.probabilities_of(text, calibration, tried.values)
        else:
            signs = [feature.sign for feature in model.features]
            chances = fit_scorecard(model.feature_codes, learnt.values, learnt.happened, signs).probabilities(
                model.feature_codes, tried.values
            )
        others = len(tried.happened) - tried.events
        spread = ((len(tried.happened) + 1) / (12 * tried.events * others)) ** 0.5
        found.append((measures.auc(tried.happened, chances) - 0.5) / spread)
    assert (np.abs(found) <= 1.96).sum() >= 35
    assert abs(np.mean(found)) <= 2.58 / len(found) ** 0.5
    assert np.std(found) <= 1.3


@pytest.mark.parametrize(
    ("seen", "is_fault"),
    [
        ((30, 20, 12, 9, 6, 4, 3, 2, 1, 0), False),
        ((30, 20, 12, 9, 6, 4, 3, 1, 2, 0), False),  # 1 of 100 may be up to 5.4 %: 2 % is chance
        ((30, 20, 4, 15, 6, 4, 3, 2, 1, 0), True),  # 4 of 100 may be up to 9.8 %: 15 % is not
    ],
)
def test_tenths_may_be_out_of_order_only_within_chance(trained: Any, seen: tuple[int, ...], is_fault: bool) -> None:
    bins = [
        {"count": 100, "expected": 0.1, "seen": one, **dict(zip(("low", "high"), measures.wilson(one, 100), strict=True))} for one in seen
    ]
    card = trained[0] | {"metrics": trained[0]["metrics"] | {"bins": bins}}
    assert ("十分位命中率不单调" in [zh for zh, _ in fit._faults(CHURN, card)]) is is_fault


def _part(seen: Sample, labels: np.ndarray, chosen: np.ndarray) -> Sample:
    """Return some rows of a sample with other labels."""
    return Sample(seen.days, seen.values[chosen], seen.warned[chosen], labels[chosen], seen.customers[chosen], seen.day_of[chosen])


@pytest.mark.parametrize("model", [CHURN, CREDIT], ids=lambda model: model.code)
def test_a_thousand_rows_are_the_same_in_training_and_in_scoring(model: Model) -> None:
    bank: Any = DrawnBank(800, 20) if model is CHURN else DrawnPortfolio(600, 20)
    days = month_ends(bank)[5 : len(month_ends(bank)) - model.horizon][-2:]
    learnt = sample(bank, model, days)
    scored = [population(bank, model, day) for day in days]
    values = {
        (day, who): row
        for people in scored
        for day, who, row in zip([people.day] * len(people.customers), people.customers, people.values, strict=True)
    }
    chosen = np.random.default_rng(6).permutation(len(learnt.customers))[:1000]
    assert len(chosen) == 1000
    for place in chosen:
        assert learnt.values[place].tobytes() == values[learnt.day_of[place], learnt.customers[place]].tobytes()


def test_nothing_but_the_text_that_the_card_names_is_read(tmp_path: Path) -> None:
    """An altered file, a pickle beside the text, a pickle that a card names, a file of another folder: each is refused, none is opened."""
    card = {"data": {"reporting_date": "2026-10-31"}, "faults": []}
    stored = store_model(tmp_path, "churn", card, {fit.FILE: b"trees"})
    assert stored_models(tmp_path, "churn") == (stored,)
    foreign = stored.folder / "model.pkl"
    foreign.write_bytes(pickle.dumps(Opened()))
    assert (stored_models(tmp_path, "churn"), damaged_models(tmp_path, "churn")) == ((), (stored.folder,))
    with pytest.raises(StorageError, match="not as it was written") as told:
        read_model(stored.folder, "churn")
    assert str(foreign) in f"{told.value.where}"
    foreign.unlink()
    (stored.folder / "model.txt-1-1.aside").write_text("being written", encoding="utf-8")
    assert read_model(stored.folder, "churn") == stored
    (stored.folder / fit.FILE).write_text("altered", encoding="utf-8")
    for files in ({"model.pkl": pickle.dumps(Opened())}, {fit.FILE: b"trees", "../model.txt": b"trees"}):
        told_files = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        content = json.dumps(card | {"files": told_files}).encode()
        folder = tmp_path / "models" / "churn" / hashlib.sha256(content).hexdigest()
        folder.mkdir()
        (folder / "card.json").write_bytes(content)
        for name, text in files.items():
            (folder / name).write_bytes(text)
        with pytest.raises(StorageError, match="not as it was written"):
            read_model(folder, "churn")
    with pytest.raises(StorageError, match="not as it was written"):
        read_model(stored.folder, "churn")
    assert not Opened.was


def test_the_rule_speaks_where_the_files_of_an_approved_model_are_altered(bank: DrawnBank, trained: Any, tmp_path: Path) -> None:
    """The folder is named, the list goes on by the rule, and what is missing is said; restored, the model speaks again."""
    stored = store_model(tmp_path, "churn", trained[0] | {"faults": []}, trained[1])
    write_approval(tmp_path, 1, Approval("churn", stored.sha256, date(2026, 1, 1), "复验", "A", "B", datetime(2026, 11, 1, tzinfo=UTC)))
    content = (stored.folder / fit.FILE).read_bytes()
    for altered, rung, said in ((b"altered", Rung.BASELINE, "缺失或被改动"), (content, Rung.IN_USE, "正式：已批准使用")):
        (stored.folder / fit.FILE).write_bytes(altered)
        score(bank, tmp_path, CHURN, "v")
        found = read_scores(tmp_path, "churn", "v")
        assert found is not None
        assert (found.standing.rung, said in found.standing.said_zh) == (rung, True)
        assert (set(found.rows["probability"].to_pylist()) == {None}) is (rung is Rung.BASELINE)


def test_of_models_of_the_same_data_the_one_that_passed_is_asked(tmp_path: Path) -> None:
    """Trained again with a mended release on the same version, a model that passes is not hidden behind one that did not; newer data count first."""
    card: dict[str, Any] = {"data": {"reporting_date": "2026-10-31", "last_outcome_on": "2026-10-31"}}
    for number in range(6):
        store_model(tmp_path, "churn", card | {"faults": [["未通过", "did not pass"]], "number": number}, {fit.FILE: b"trees"})
    passed = store_model(tmp_path, "churn", card | {"faults": []}, {fit.FILE: b"trees"})
    assert chosen_model(tmp_path, CHURN, LAST) == (passed, None)
    later = {"data": {"reporting_date": "2026-11-30", "last_outcome_on": "2026-11-30"}, "faults": [["未通过", "did not pass"]]}
    newer = store_model(tmp_path, "churn", later, {fit.FILE: b"trees"})
    assert chosen_model(tmp_path, CHURN, date(2026, 11, 30)) == (newer, None)


def test_an_approval_from_a_later_day_is_told_with_that_day(bank: DrawnBank, tmp_path: Path) -> None:
    """What is scored is October; approved by two people from 30 November on, it is on trial until then, and nobody says that it was not approved."""
    card: dict[str, Any] = {"data": {"reporting_date": "2026-10-31", "last_outcome_on": "2026-10-31"}, "faults": []}
    stored = store_model(tmp_path, "churn", card, {fit.FILE: b"trees"})
    months = month_ends(bank)
    said = []
    approvals = ((stored.sha256, date(2026, 11, 30)), ("", date(2026, 12, 31)), ("", date(2026, 11, 30)), (stored.sha256, LAST))
    for number, (sha256, day) in enumerate(approvals, 1):
        write_approval(tmp_path, number, Approval("churn", sha256, day, "复验", "A", "B", datetime(2026, 11, number, tzinfo=UTC)))
        stands, _, _ = standing_today(bank, tmp_path, CHURN, months)
        said.append((stands.rung, stands.said_zh))
    assert said[0] == (Rung.TRIAL, "试运行：已由两人批准，自 2026-11-30 起启用；本次评的是 2026-10-31，尚在其前")
    assert said[1] == said[0], "what takes it out of use in December does not keep it from being used in November"
    assert said[2] == (Rung.TRIAL, "试运行：已训练并通过检验，尚未由两人批准"), "taken back before it came into use"
    assert said[3][0] is Rung.IN_USE


@pytest.mark.parametrize(
    ("faults", "rung", "said"),
    [
        ([], Rung.TRIAL, "试运行：已训练并通过检验，尚未由两人批准"),
        ([["区分不足", "tells nobody apart"]], Rung.BASELINE, "模型未通过检验：区分不足"),
    ],
)
def test_a_model_approved_for_later_is_named_beside_a_newer_one(
    bank: DrawnBank, tmp_path: Path, faults: list[list[str]], rung: Rung, said: str
) -> None:
    """A is approved from 30 November on, then B is trained on newer data: B is the one of today, and that A takes over is told with the day."""
    card: dict[str, Any] = {"data": {"reporting_date": "2026-09-30", "last_outcome_on": "2026-09-30"}, "faults": []}
    older = store_model(tmp_path, "churn", card, {fit.FILE: b"trees"})
    data = {"reporting_date": "2026-10-31", "last_outcome_on": "2026-10-31"}
    newer = store_model(tmp_path, "churn", {"data": data, "faults": faults}, {fit.FILE: b"trees"})
    for number, day in enumerate((date(2026, 12, 31), date(2026, 11, 30)), 1):
        write_approval(tmp_path, number, Approval("churn", older.sha256, day, "复验", "A", "B", datetime(2026, 11, number, tzinfo=UTC)))
    stands, stored, approval = standing_today(bank, tmp_path, CHURN, month_ends(bank))
    assert (stored, approval, stands.rung) == (newer, None, rung)
    assert stands.said_zh.startswith(said)
    assert stands.said_zh.endswith(f"；模型 {older.sha256[:12]} 已由两人批准，自 2026-11-30 起启用")
    assert stands.said_en.endswith(f"; model {older.sha256[:12]} was approved by two people and is in use from 2026-11-30")


class Opened:
    """What marks that a pickle was opened."""

    was = False

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return setattr, (Opened, "was", True)


def test_every_card_is_whole_and_each_field_that_is_taken_away_is_named(trained: Any) -> None:
    card = trained[0]
    assert lacking(card) == []
    for name, said in (
        ("owner_zh", "责任部门"), ("tier", "重要性分级"), ("limits_en", "使用限制"), ("personal_information_zh", "个人信息影响评估"), ("windows", "数据时段"),
        ("exclusions", "排除条件"), ("definition", "口径定义"), ("groups", "分组检验"), ("code_version", "代码与库版本"), ("valid_months", "有效期"),
        ("question_zh", "用途与标签"), ("metrics", "检验指标与区间"), ("feature_words", "变量及其信息级别"), ("data", "数据版本"),
    ):  # fmt: skip
        empty = type(card[name])() if isinstance(card[name], dict | list | str) else None
        assert said in [zh for zh, _ in lacking(card | {name: empty})], name
    without_class = card["feature_words"] | {"assets": [*card["feature_words"]["assets"][:3], ""]}
    assert lacking(card | {"feature_words": without_class}) == [("变量及其信息级别", "features with their privacy class")]
