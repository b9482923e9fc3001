"""Tier migration day: What became of the customers who were there when a month, quarter or year began, tier by tier."""

from maisui.tables.table import COUNT, DATE, FLAG, TEXT, Column, Table, legal_entity

TIER_MIGRATION_DAY = Table(
    name="tier_migration_day",
    title_zh="客户等级迁移",
    title_en="Tier migration day",
    meaning_zh="月末与报告日，期初（当月、当季、当年之初）在册客户按期初等级与期末等级的户数；期末已无未销账户的记为 gone。",
    meaning_en="At month ends and on the reporting date: the customers there when the month, quarter or year began, by their tier then and now; gone where no account is open any more.",
    grain=("legal_entity_code", "organisation_code", "customer_kind", "tier_code", "closing_tier_code", "period_start", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "归属机构号，已离开的按期初", "Home outlet; of those gone, at the opening", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("tier_code", TEXT, "期初等级", "Tier at the opening", nullable=False),
        Column("closing_tier_code", TEXT, "期末等级，已离开为 gone", "Tier now, gone for those who left", nullable=False),
        Column("period_start", DATE, "期间首日", "First day of the period", nullable=False),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("is_retained", FLAG, "是否仍有未销账户", "Whether an account is still open", nullable=False),
        Column("is_upgraded", FLAG, "等级是否上升", "Whether the tier rose", nullable=False),
        Column("is_downgraded", FLAG, "等级是否下降", "Whether the tier fell", nullable=False),
        Column("customer_count", COUNT, "客户数", "Customers", unit="count", nullable=False),
    ),
)
