"""What a metric is: a numerator over an optional denominator, each a measure on one mart, never a stored ratio."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from maisui.tables import BY_NAME


class Unit(StrEnum):
    """What a value counts, and to how many decimals it is given."""

    YUAN = "currency unit"
    SHARE = "share"
    COUNT = "count"
    YUAN_EACH = "currency unit each"
    COUNT_EACH = "count each"
    INDEX = "index points"

    @property
    def decimals(self) -> int:
        """Return the decimals of a value in this unit."""
        return {Unit.YUAN: 2, Unit.SHARE: 6, Unit.COUNT: 0, Unit.YUAN_EACH: 2, Unit.COUNT_EACH: 2, Unit.INDEX: 2}[self]


class Timing(StrEnum):
    """Which days of a mart a measure looks at.

    POINT: the reporting day; LAST: the last delivered day on or before it; PERIOD: every day of the
    period; AVERAGE: every day of the period, divided by its days; YEAR_START: the reporting day and
    31 December of the year before.
    """

    POINT = "point"
    LAST = "last"
    PERIOD = "period"
    AVERAGE = "average"
    YEAR_START = "year_start"


class Additivity(StrEnum):
    """How a figure behaves over a dimension."""

    ADDITIVE = "additive"
    DISTINCT = "distinct"
    RATIO = "ratio of sums"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something by which a figure can be split: its code, names and the mart column that holds it."""

    code: str
    name_zh: str
    name_en: str
    column: str


DIMENSIONS: tuple[Dimension, ...] = (
    Dimension("organisation", "机构", "Organisation", "organisation_code"),
    Dimension("handling_organisation", "办理机构", "Handling organisation", "handling_organisation_code"),
    Dimension("product", "产品", "Product", "product_code"),
    Dimension("product_category", "产品类别", "Product category", "product_category"),
    Dimension("product_group", "产品组", "Product group", "product_group"),
    Dimension("product_line", "产品线", "Product line", "product_line"),
    Dimension("customer_kind", "客户大类", "Customer kind", "customer_kind"),
    Dimension("tier", "客户等级", "Customer tier", "tier_code"),
    Dimension("characteristic", "客户特征", "Customer characteristic", "characteristic_code"),
    Dimension("reason", "主要理由", "Main reason", "reason_code"),
    Dimension("currency", "币种", "Currency", "currency"),
    Dimension("channel", "渠道", "Channel", "channel_code"),
    Dimension("weekday", "星期", "Weekday", "weekday_code"),
    Dimension("hour", "时段", "Hour", "hour_code"),
    Dimension("transaction_type", "交易类型", "Transaction content", "transaction_type"),
    Dimension("initiator", "发起方", "Initiator", "initiator_code"),
    Dimension("counterparty", "对方", "Counterparty", "counterparty_code"),
    Dimension("loan_class", "五级分类", "Loan class", "loan_class"),
    Dimension("loan_status", "贷款状态", "Loan status", "loan_status"),
    Dimension("overdue_bucket", "拖欠区间", "Arrears bucket", "overdue_bucket"),
    Dimension("arrears_stage", "拖欠期次", "Stage of arrears", "arrears_stage"),
    Dimension("vintage", "发放月份", "Month of disbursement", "vintage_month"),
    Dimension("subject", "科目", "Ledger subject", "subject_code"),
    Dimension("bank", "银行", "Bank", "bank_name"),
    Dimension("market_product", "市场产品", "Market product", "market_product_name"),
    Dimension("town", "乡镇", "Town", "town_code"),
    Dimension("ledger_line", "报表行", "Statement line", "line_code"),
    Dimension("bridge_line", "利润桥行", "Bridge line", "bridge_line_code"),
    Dimension("manager", "客户经理", "Manager", "employee_number"),
    Dimension("agency", "代理关系", "Agency", "agency_code"),
    Dimension("agency_level", "代理级别", "Agency level", "agency_level"),
    Dimension("teller", "柜员", "Teller", "teller_number"),
    Dimension("person", "员工个人", "Person", "person_number"),
    Dimension("transaction_code", "交易码", "Transaction code", "transaction_code"),
    Dimension("target", "目标指标", "Target", "target_metric_code"),
    Dimension("feed", "接口", "Feed", "feed_code"),
    Dimension("date", "日期", "Date", "business_date"),
)
"""Every dimension, one line each."""

LEGAL_ENTITY = Dimension("legal_entity", "法人机构", "Legal entity", "legal_entity_code")
"""In every key, so that any figure can be split by it; a bank has one, so that only a union's answers are worth splitting."""

DIMENSION_BY_CODE = {dimension.code: dimension for dimension in (*DIMENSIONS, LEGAL_ENTITY)}


@dataclass(frozen=True, slots=True)
class Measure:
    """A sum over one mart.

    `expression` is an aggregate in the portable dialect; it may name `$date`, `$base_date` (31
    December before), `$period_start` and `$days`. `where` narrows the rows; where no row
    of the mart on those days meets `delivered_where`, the figure does not exist (—) rather than being
    0: nobody delivers such rows. `distinct_over` names the
    dimensions over which the result must not be added up.
    """

    mart: str
    expression: str
    timing: Timing
    where: str = ""
    delivered_where: str = ""
    distinct_over: tuple[str, ...] = ()

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Return the codes of the dimensions this measure can be split by."""
        columns = BY_NAME[self.mart].column_names
        return tuple(d.code for d in DIMENSIONS if d.column in columns and (d.code != "date" or self._has_single_days))

    @property
    def _has_single_days(self) -> bool:
        """Return whether each day of a period has a figure of its own."""
        return self.timing in (Timing.POINT, Timing.PERIOD, Timing.AVERAGE) and "$" not in self.expression

    @property
    def has_organisation(self) -> bool:
        """Return whether rows belong to organisations, so that a subtree can be asked."""
        return "organisation_code" in BY_NAME[self.mart].column_names


@dataclass(frozen=True, slots=True)
class Metric:
    """One definition of one figure, in both languages; page, API, export and explanation all read it.

    With `is_per_target` there is one figure for each target in force instead of one sum: above stands the value of the metric
    that the target names, below what was to be reached, both as `answers.targets` finds them; the measures say where targets stand.
    """

    code: str
    name_zh: str
    name_en: str
    meaning_zh: str
    meaning_en: str
    formula_zh: str
    formula_en: str
    unit: Unit
    numerator: Measure
    denominator: Measure | None = None
    owner: str = ""
    more_is_better: bool | None = None
    is_per_target: bool = False

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Return the codes of the dimensions by which numerator and denominator can both be split."""
        if self.is_per_target:
            return tuple(code for code in self.numerator.dimensions if code != "date")
        if self.denominator is None:
            return self.numerator.dimensions
        return tuple(code for code in self.numerator.dimensions if code in self.denominator.dimensions)

    def additivity(self, dimension: str) -> Additivity:
        """Return how the figure behaves over `dimension`."""
        if dimension not in self.dimensions:
            return Additivity.NOT_APPLICABLE
        if self.is_per_target:
            return Additivity.DISTINCT
        if self.denominator is not None:
            return Additivity.RATIO
        if dimension in self.numerator.distinct_over or (dimension == "date" and self.numerator.timing is not Timing.PERIOD):
            return Additivity.DISTINCT
        return Additivity.ADDITIVE
