"""Account pricing: At which customer rate and which transfer price each account ran, and when and for which tenor the price was locked."""

from maisui.tables.table import COUNT, DATE, FLAG, RATE, TEXT, Column, Privacy, Table, legal_entity

ACCOUNT_PRICING = Table(
    name="account_pricing",
    title_zh="账户定价区间",
    title_en="Account pricing",
    meaning_zh=(
        "每个账户的客户利率与内部转移价格及其有效区间。有期限的按发放、起息或重定价日的曲线与匹配期限锁定；活期类按行为期限随曲线各版本定价；"
        "没有报送期限的定期类按开户日与默认期限估计。"
    ),
    meaning_en=(
        "Customer rate and transfer price of each account and the days on which they held. What has a term is locked on the curve of the day "
        "it was disbursed, took value or was repriced, by its matched term; demand money goes by its behavioural tenor with each edition of "
        "the curve; term money whose term is not delivered is estimated by the day it was opened and a default tenor."
    ),
    grain=("legal_entity_code", "account_number", "currency", "valid_from"),
    columns=(
        legal_entity(),
        Column("account_number", TEXT, "账号", "Account number", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("valid_from", DATE, "起始日", "First day", nullable=False),
        Column("valid_until", DATE, "终止日（不含），最新为空", "Day after the last, null for the latest"),
        Column(
            "interest_rate", RATE, "客户执行年利率，未报送为空", "Yearly rate of the customer, null where not delivered", unit="fraction"
        ),
        Column("transfer_rate", RATE, "转移价格（年）", "Yearly transfer price", unit="fraction", nullable=False),
        Column(
            "demand_transfer_rate",
            RATE,
            "同日锁定的活期转移价格（提前支取重定价用）",
            "Price of demand money locked on the same day",
            unit="fraction",
            nullable=False,
        ),
        Column("locked_on", DATE, "锁定日", "Day on which the price was locked", nullable=False),
        Column("tenor_day_count", COUNT, "定价期限（天）", "Tenor priced, in days", unit="day", nullable=False),
        Column("matures_on", DATE, "到期日，无期限为空", "Day it falls due, null without a term"),
        Column(
            "pricing_kind",
            TEXT,
            "方式：matched 匹配期限、repriced 重定价、behavioural 行为期限、default 默认期限",
            "How: matched, repriced, behavioural, default",
            nullable=False,
        ),
        Column(
            "is_estimated",
            FLAG,
            "是否估计（早于首个曲线、利率变动日或期限为估计）",
            "Whether estimated: older than the first curve, or rate change or term is not known exactly",
            nullable=False,
        ),
    ),
    published=False,
)
