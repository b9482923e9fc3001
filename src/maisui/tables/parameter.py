"""Parameter: Dated parameters."""

from maisui.tables.table import DATE, RATE, TEXT, Column, Table

PARAMETER = Table(
    name="parameter",
    title_zh="参数",
    title_en="Parameter",
    meaning_zh="带生效日期的参数；计算只看业务日期当日有效的一行。",
    meaning_en="Dated parameters; a calculation sees only the row valid on its business date.",
    grain=("parameter_code", "valid_from"),
    columns=(
        Column("parameter_code", TEXT, "参数代码", "Parameter code", nullable=False),
        Column("valid_from", DATE, "生效日", "First day", nullable=False),
        Column("valid_until", DATE, "失效日（不含）", "Day after the last"),
        Column("text_value", TEXT, "文字值", "Text value"),
        Column("number_value", RATE, "数值", "Number value", unit="as named"),
    ),
)
