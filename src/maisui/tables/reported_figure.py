"""Reported figure: what another report, such as a supervisory return, says of a metric; held against ours."""

from maisui.tables.table import DATE, MONEY_SUM, TEXT, Column, Table, legal_entity, provenance

REPORTED_FIGURE = Table(
    name="reported_figure",
    title_zh="外部报表数",
    title_en="Reported figure",
    meaning_zh="原有报表或监管报表上某机构某日某指标的数，用于与本系统比对。",
    meaning_en="What an old report or supervisory return says of a metric of an organisation on a day; held against the product's own figure.",
    grain=("legal_entity_code", "report_name", "organisation_code", "measured_on", "metric_code", "currency"),
    columns=(
        legal_entity(),
        Column("report_name", TEXT, "报表名称", "Name of the report", nullable=False),
        Column("organisation_code", TEXT, "机构号", "Organisation", nullable=False),
        Column("measured_on", DATE, "报表日期", "Day of the figure", nullable=False),
        Column("metric_code", TEXT, "指标代码（见指标目录）", "Metric, by its code in the catalogue", nullable=False),
        Column("currency", TEXT, "币种，ALL 为全部币种合计", "ISO currency, ALL for all of them together", nullable=False),
        Column(
            "reported_amount",
            MONEY_SUM,
            "报表数（金额折成元，比率为报表所列的数）",
            "Value in the report: amounts brought to yuan, ratios as printed",
            unit="CNY",
            nullable=False,
        ),
        Column(
            "unit_code",
            TEXT,
            "报表单位：yuan 元、ten_thousand 万元、percent %、per_mille ‰",
            "Unit of the report: yuan, ten_thousand, percent, per_mille",
            nullable=False,
        ),
        Column("report_note", TEXT, "说明", "Note"),
        *provenance(),
    ),
)
