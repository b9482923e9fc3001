"""What like customers who hold the same take up: parted only where it tells something, counted by hand, and said in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
from drawn_takers import DrawnTakers

from maisui.models import Rung, read_scores
from maisui.models.next_product import measured
from maisui.models.next_product.like_holders import like_holders
from maisui.models.next_product.make import score_next_product
from maisui.models.next_product.panel import Panel
from maisui.models.next_product.popularity import popularity

TWO_TIERS = 2


def drawn_panel(customers: int, seed: int, *, strength: float = 1.0) -> Panel:
    """Two tiers, three flags, two groups: who has flag 0 takes group 0 five times as often; in tier a, who has flag 0 but not flag 1 takes group 1."""
    drawn = np.random.default_rng(seed)
    flags = drawn.random((customers, 3)) < (0.3, 0.5, 0.4)
    tiers = np.array(["a", "b"], object)[np.arange(customers) % TWO_TIERS]
    chance = np.full((customers, 2), 0.03)
    chance[flags[:, 0], 0] += 0.12 * strength
    chance[(tiers == "a") & flags[:, 0] & ~flags[:, 1], 1] += 0.2 * strength
    suits = np.ones((customers, 2), bool)
    suits[::10, 1] = False
    return Panel(
        day=date(2026, 7, 31),
        customers=np.array([f"C{number:05d}" for number in range(customers)], object),
        organisations=np.full(customers, "A", object),
        kinds=np.full(customers, "personal", object),
        tiers=tiers,
        why_none=np.full(customers, None, object),
        may_approach=np.ones(customers, bool),
        values=flags.astype(np.float64),
        holds=np.zeros((customers, 2), bool),
        suits=suits,
        taken=(drawn.random((customers, 2)) < chance) & suits,
    )


def test_parts_are_found_their_rates_are_counts_and_they_beat_popularity() -> None:
    learnt, people = [drawn_panel(8000, seed) for seed in (1, 2)], drawn_panel(6000, 3)
    likes, usual = like_holders(learnt, people, (0, 1, 2)), popularity(learnt, people)
    flags = people.values > 0
    assert set(likes.thing[:, 0, 0].tolist()) == {0}
    assert (likes.has[:, 0, 0] == flags[:, 0]).all()
    assert 2 not in likes.thing
    for tier, has in (("a", True), ("a", False), ("b", True), ("b", False)):
        meant = [(one.tiers == tier) & (one.values[:, 0] == has) for one in learnt]
        seen = sum(int(one.taken[rows, 0].sum()) for one, rows in zip(learnt, meant, strict=True))
        count = sum(int(rows.sum()) for rows in meant)
        rates = likes.rates.rate[(people.tiers == tier) & (flags[:, 0] == has), 0]
        assert set(rates.tolist()) == {seen / count}
    twice = (people.tiers == "a") & flags[:, 0] & ~flags[:, 1]
    assert {tuple(sorted(one)) for one in likes.thing[twice, 1].tolist()} == {(0, 1)}
    assert (likes.rates.low <= likes.rates.rate).all()
    assert (likes.rates.rate <= likes.rates.high).all()
    meant = people.suits
    errors = [((one.rate[meant] - people.taken[meant]) ** 2).mean() for one in (likes.rates, usual)]
    assert errors[0] < errors[1] * 0.97


def test_what_means_nothing_or_is_held_by_few_parts_nobody() -> None:
    same = [drawn_panel(8000, seed, strength=0.0) for seed in (4, 5)]
    people = drawn_panel(500, 6)
    likes, usual = like_holders(same, people, (0, 1, 2)), popularity(same, people)
    assert (likes.thing == -1).all()
    assert (likes.rates.rate == usual.rate).all()
    few = like_holders([drawn_panel(700, 7)], people, (0, 1, 2))
    assert (few.thing == -1).all()
    nobody = like_holders([], people, (0, 1, 2))
    assert not nobody.rates.rate.any()


def test_while_no_model_speaks_offers_differ_by_what_is_held_and_say_by_what(tmp_path: Path) -> None:
    """Who holds a term deposit takes up a wealth product far oftener: his rate and words are those of his like, others have their own."""
    takers = DrawnTakers(customers=3000, months=18, strength=0.0)
    takers.connection.execute(
        "INSERT INTO asset_holding BY NAME SELECT c.customer_number, 'wealth_product' AS product_group, DATE '2026-05-10' AS valid_from "
        "FROM customer AS c WHERE c.customer_number IN (SELECT customer_number FROM account WHERE product_group = 'term_deposit') "
        "AND c.customer_number NOT IN (SELECT customer_number FROM asset_holding WHERE product_group = 'wealth_product') AND hash(c.customer_number) % 2 = 0"
    )
    score_next_product(takers, tmp_path, "v")
    found = read_scores(tmp_path, "next_product", "v")
    assert found is not None
    assert found.standing.rung is Rung.BASELINE
    told: dict[tuple[str | None, float | None], set[float]] = {}
    for row in found.rows.to_pylist():
        if row["product_group"] == "wealth_product":
            assert row["basis"] == "popularity"
            told.setdefault((row["reason_1"], row["value_1"]), set()).add(row["chance"])
    (held,), (lacks,) = told["holds_term_deposit", 1.0], told["holds_term_deposit", 0.0]
    assert held > 3 * lacks


def test_the_best_three_of_like_holders_hit_oftener_where_holdings_tell() -> None:
    learnt, people = [drawn_panel(8000, seed) for seed in (8, 9)], drawn_panel(8000, 10)
    rates = [one.rate for one in (like_holders(learnt, people, (0, 1, 2)).rates, popularity(learnt, people))]
    gains = [measured.ranked(measured.best_places(one, people.suits), people.taken).gain.mean() for one in rates]
    assert gains[0] > gains[1]
