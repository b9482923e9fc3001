"""Maturity day: Term deposits that fall due on each day, at their balance on the day before; at that of the reporting date where the day is still to come."""

from maisui.tables.table import COUNT, DATE, FLAG, MONEY_SUM, TEXT, Column, Table, legal_entity

MATURITY_DAY = Table(
    name="maturity_day",
    title_zh="存款到期日统计",
    title_en="Maturity day",
    meaning_zh="每个到期日到期的定期存款：按到期前一日的余额，未到期的按报告日余额。",
    meaning_en="Term deposits that fall due on each day, at their balance on the day before; at that of the reporting date where the day is still to come.",
    grain=(
        "legal_entity_code",
        "organisation_code",
        "product_code",
        "product_group",
        "product_line",
        "customer_kind",
        "currency",
        "is_auto_renewal",
        "business_date",
    ),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "到期日账户所属机构号", "Outlet that holds the accounts on that day", nullable=False),
        Column("product_code", TEXT, "产品代码", "Product code", nullable=False),
        Column("product_category", TEXT, "产品类别", "Product category", nullable=False),
        Column("product_group", TEXT, "产品组", "Product group", nullable=False),
        Column("product_line", TEXT, "产品线", "Product line", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("is_auto_renewal", FLAG, "是否自动转存", "Whether it renews by itself", nullable=False),
        Column("business_date", DATE, "到期日", "Day it falls due", nullable=False),
        Column("maturing_amount", MONEY_SUM, "到期金额", "Amount that falls due", unit="currency unit", nullable=False),
        Column(
            "renewed_amount",
            MONEY_SUM,
            "其中续存金额：到期后七日内仍在原账户或转入本人新开定期的部分，尚未到期为空",
            "Of it renewed: what stayed in the account or went into new term deposits of the owner within seven days, null before it falls due",
            unit="currency unit",
        ),
        Column("account_count", COUNT, "到期账户数", "Accounts that fall due", unit="count", nullable=False),
    ),
)
