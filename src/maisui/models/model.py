"""What a model is: who is judged on which day, what is known of them that day, what came of them, and in which words it is told.

Features and outcome are SQL over published marts. `features` answers from rows up to the day only, so that nothing later can
reach it; training and scoring ask it in the same way. `outcome` looks `horizon` months further and is asked for training and
for the check of what came true, never for scoring.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """How a feature's value is told."""

    SHARE = "share"
    AMOUNT = "amount"
    COUNT = "count"
    DAYS = "days"
    MONTHS = "months"
    FLAG = "flag"


class Method(StrEnum):
    """How a model is fitted; a scorecard has trees as its challenger."""

    TREES = "trees"
    SCORECARD = "scorecard"


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing known of a customer on the day: its SQL, and its words; `privacy` is the class of the data it is made of.

    `sign` says which way it must work: 1 where more means likelier, -1 where more means less likely, 0 where both are
    possible. `why_strong` says in both languages why it may separate well without being a leak.
    """

    code: str
    sql: str
    name_zh: str
    name_en: str
    shape: Shape
    privacy: str = "C2"
    sign: int = 0
    why_strong: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One line of an expert rule: when it holds (SQL over the population's parts), how grave it is (3 is the gravest), its words.

    `shown` are the features whose values are told with it, so that a reason says how much.
    """

    code: str
    sql: str
    severity: int
    name_zh: str
    name_en: str
    shown: tuple[str, ...] = ()


MOVES = "moves AS (SELECT coalesce(sum(transaction_count), 0) > 0 AS has_moved FROM known WHERE month_number = {month})"
"""The part of a population that tells whether any transaction came from the bank: without one no line of a rule calls anybody idle."""


@dataclass(frozen=True, slots=True)
class Early:
    """What is done below so many months of history; `{month}` in the words is the month at whose end there are enough."""

    months: int
    said_zh: str
    said_en: str


@dataclass(frozen=True, slots=True)
class Model:
    """One model.

    Attributes:
        code: name of its folder in the home and in commands.
        question_zh: what a probability is the probability of, in words; the same in English.
        owner: the department that answers for it.
        tier: how much hangs on it: high, medium or low.
        horizon: months within which the outcome is seen.
        history: months that features look back, the day's month included.
        features: in the order of the trained file; an earlier card keeps its own order.
        population: SELECT of `customer_number`, `organisation_code`, `customer_kind`, `value_at_risk`, `why_not` (null for who is
            scored), `is_flagged` (the expert rule) and every feature, of a day `{day}` in month number `{month}`; where the rule
            has lines, also `rule_codes`, those that hold, joined by commas.
        outcome: SELECT of `customer_number` and `happened` (0 or 1) of the population of `{day}`, seen in month `{seen}`.
        rule_zh: the expert rule in words, by which customers are chosen where no model may be used; the same in English.
        exclusions: codes of `why_not`, with their words in Chinese and English.
        least_months, least_train_events, least_test_events: without so much history or so many events nothing is trained.
        method: how it is fitted.
        rules: lines of the expert rule, where it has several.
        keeps_refused: whether people look by the rule's lines at who refuses automated decisions; otherwise he is on no list.
        tables: what population and outcome read.
        parameters: the dated parameters they ask; a version made before a parameter was known cannot be judged.
        arrears: the feature that is above zero once trouble is plain to everybody. Where there is one, a warning is worth what it is
            early, and lead times of past warnings are reckoned at scoring.
        has_base_rates: whether, below a trial, customers have at least the base rate of what is predicted.
        instead_zh: what is done below a trial, in words; the same in English.
        early: what is done below so many months of history, where that differs from `instead`.
    """

    code: str
    name_zh: str
    name_en: str
    question_zh: str
    question_en: str
    owner_zh: str
    owner_en: str
    tier: str
    horizon: int
    history: int
    features: tuple[Feature, ...]
    population: str
    outcome: str
    rule_zh: str
    rule_en: str
    exclusions: tuple[tuple[str, str, str], ...]
    limits_zh: str
    limits_en: str
    personal_information_zh: str
    personal_information_en: str
    least_months: int
    least_train_events: int = 200
    least_test_events: int = 100
    method: Method = Method.TREES
    rules: tuple[RuleLine, ...] = ()
    keeps_refused: bool = False
    tables: tuple[str, ...] = ("customer_fact_month", "parameter")
    parameters: tuple[str, ...] = ()
    arrears: str = ""
    has_base_rates: bool = True
    instead_zh: str = "现按规则预警"
    instead_en: str = "the rule is used"
    early: Early | None = None

    @property
    def feature_codes(self) -> tuple[str, ...]:
        """Return the codes of its features in the order of the trained file."""
        return tuple(feature.code for feature in self.features)


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of a model that does not choose between two outcomes; the names mean what they mean in `Model`."""

    code: str
    name_zh: str
    name_en: str
    question_zh: str
    question_en: str
    owner_zh: str
    owner_en: str
    tier: str
    horizon: int
    least_months: int
    limits_zh: str
    limits_en: str
    personal_information_zh: str
    personal_information_en: str
    instead_zh: str
    instead_en: str
    features: tuple[Feature, ...] = ()
    has_base_rates: bool = False
    early: Early | None = None
