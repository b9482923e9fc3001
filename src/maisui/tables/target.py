"""Target: What an organisation or an employee is to reach in a metric over a period."""

from maisui.tables.table import DATE, MONEY, RATE, TEXT, Column, Table, legal_entity, provenance

TARGET = Table(
    name="target",
    title_zh="目标任务",
    title_en="Target",
    meaning_zh="机构或员工在一个期间内某指标的目标值。",
    meaning_en="What an organisation or an employee is to reach in a metric over a period.",
    grain=("legal_entity_code", "holder_kind", "holder_code", "metric_code", "period_from", "period_end_on"),
    columns=(
        legal_entity(),
        Column(
            "holder_kind",
            TEXT,
            "对象（机构或员工）：organisation 机构、employee 员工",
            "Whose target: organisation or employee: organisation, employee",
            nullable=False,
        ),
        Column("holder_code", TEXT, "机构号或工号", "Organisation or employee number", nullable=False),
        Column("metric_code", TEXT, "指标代码（见指标目录）", "Metric, by its code in the catalogue", nullable=False),
        Column("period_from", DATE, "期间首日", "First day of the period", nullable=False),
        Column("period_end_on", DATE, "期间末日", "Last day of the period", nullable=False),
        Column("target_amount", MONEY, "目标值：金额（元）、户数、笔数", "Value to reach: yuan, customers or transactions", unit="CNY"),
        Column("target_rate", RATE, "比率类目标值（小数，最多六位）", "Value to reach of a ratio, a fraction of at most six decimals"),
        Column("organisation_code", TEXT, "所属机构号", "Organisation it belongs to"),
        *provenance(),
    ),
)
