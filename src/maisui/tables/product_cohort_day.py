"""Product cohort day: At which age accounts of each opening quarter were first used, peaked, fell dormant and closed."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Table, legal_entity


def _count(name: str, chinese: str, english: str) -> Column:
    return Column(name, COUNT, chinese, english, unit="count", nullable=False)


PRODUCT_COHORT_DAY = Table(
    name="product_cohort_day",
    title_zh="产品开户批次统计",
    title_en="Product cohort day",
    meaning_zh=(
        "报告日，每个机构、产品、开户季度、账龄（满月数）：在该账龄进入观察、销户、仍开立而观察截止的账户数，"
        "以及历史起点之后开立的账户首次使用、达到余额峰值、转为睡眠的数量。历史起点之前开立的账户自起点的账龄起观察。"
    ),
    meaning_en=(
        "On the reporting date, by outlet, product, opening quarter and age in whole months: accounts that came under observation, closed, "
        "or were still open when observation ended at that age; of those opened within the history also how many were first used, reached "
        "their highest balance and fell dormant at it. Accounts opened before the history are observed from their age at its beginning."
    ),
    grain=(
        "legal_entity_code",
        "organisation_code",
        "product_code",
        "product_group",
        "customer_kind",
        "opening_quarter",
        "age_month_count",
        "business_date",
    ),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "账户所属机构号", "Outlet that holds the account", nullable=False),
        Column("product_code", TEXT, "产品代码", "Product code", nullable=False),
        Column("product_group", TEXT, "产品组", "Product group", nullable=False),
        Column("product_line", TEXT, "产品线", "Product line", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("opening_quarter", DATE, "开户季度首日", "First day of the quarter of opening", nullable=False),
        _count("age_month_count", "账龄（满月数）", "Age in whole months"),
        Column("business_date", DATE, "报告日", "Reporting date", nullable=False),
        _count("entered_count", "自该账龄起观察的账户数", "Accounts under observation from that age"),
        _count("closed_count", "在该账龄销户的账户数", "Accounts closed at that age"),
        _count("censored_count", "报告日为该账龄、仍开立的账户数", "Accounts still open, of that age on the reporting date"),
        _count(
            "followed_count", "其中历史起点之后开立的账户数（计在进入账龄）", "Accounts opened within the history, at the age they entered"
        ),
        _count("followed_closed_count", "其中在该账龄销户的账户数", "Of these, closed at that age"),
        _count("first_used_count", "在该账龄首次由客户动账的账户数", "Accounts first moved by their customer at that age"),
        _count(
            "peaked_count",
            "在该账龄达到最高月末余额、此后更低的账户数",
            "Accounts whose highest month-end balance stood at that age and not later",
        ),
        _count("dormant_count", "在该账龄转为睡眠、报告日仍睡眠的账户数", "Accounts that fell dormant at that age and still are"),
    ),
)
