"""Reported detail: the accounts, with their amounts, of which a reported figure is made up."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Privacy, Table, legal_entity, provenance

REPORTED_DETAIL = Table(
    name="reported_detail",
    title_zh="外部报表明细",
    title_en="Detail of a reported figure",
    meaning_zh="外部报表数自己的账户明细，用于逐户比对。",
    meaning_en="The accounts, with their amounts, of which a reported figure says it is made up; compared account by account.",
    grain=("legal_entity_code", "report_name", "organisation_code", "measured_on", "metric_code", "account_number"),
    columns=(
        legal_entity(),
        Column("report_name", TEXT, "报表名称", "Name of the report", nullable=False),
        Column("organisation_code", TEXT, "机构号", "Organisation", nullable=False),
        Column("measured_on", DATE, "报表日期", "Day of the figure", nullable=False),
        Column("metric_code", TEXT, "指标代码（见指标目录）", "Metric, by its code in the catalogue", nullable=False),
        Column("account_number", TEXT, "账号或借据号", "Account or loan receipt", privacy=Privacy.PERSONAL, nullable=False),
        Column("reported_amount", MONEY, "报表明细金额", "Amount in the report's detail", unit="CNY", nullable=False),
        *provenance(),
    ),
)
