"""Target period: what an organisation or an employee is to reach in a metric, under the first day of its period."""

from maisui.tables.table import DATE, MONEY, RATE, TEXT, Column, Table, legal_entity

TARGET_PERIOD = Table(
    name="target_period",
    title_zh="目标期间",
    title_en="Target period",
    meaning_zh="已下达的每个目标：机构或员工、指标、期间与目标值；按期间首日记日。完成情况在询问时按指标定义计算。",
    meaning_en="Each target set: organisation or employee, metric, period and value, under the first day of the period; how far it is reached is computed by the metric's own definition when asked.",
    grain=("legal_entity_code", "organisation_code", "employee_number", "target_metric_code", "business_date", "period_end_on"),
    columns=(
        legal_entity(),
        Column(
            "organisation_code",
            TEXT,
            "机构号；员工目标为其所属机构",
            "Organisation; that of the employee where he holds it",
            nullable=False,
        ),
        Column("employee_number", TEXT, "工号；机构目标为 none", "Employee; none where the organisation itself holds it", nullable=False),
        Column("target_metric_code", TEXT, "目标指标代码", "Metric that the target is set for", nullable=False),
        Column("business_date", DATE, "期间首日", "First day of the period", nullable=False),
        Column("period_end_on", DATE, "期间末日", "Last day of the period", nullable=False),
        Column("target_share", RATE, "比率类目标值（小数）", "Value to reach of a ratio"),
        Column("target_amount", MONEY, "金额与数量类目标值", "Value to reach of an amount or a number", unit="currency unit or count"),
    ),
)
