"""Identity file: Which delivered files carry genuine certificates and which deformed ones."""

from maisui.tables.table import COUNT, DATE, FLAG, TEXT, Column, Table, legal_entity

IDENTITY_FILE = Table(
    name="identity_file",
    title_zh="身份文件判定",
    title_en="Identity file",
    meaning_zh="每个带客户证件的文件抽查前 2,000 行的校验位：九成以上成立为未变形；变形文件不用于归并客户。",
    meaning_en="Check digits of the first 2,000 lines of each file with customers' certificates: nine in ten right means genuine; deformed files merge nobody.",
    grain=("legal_entity_code", "source_file_id"),
    columns=(
        legal_entity(),
        Column("source_file_id", TEXT, "来源文件标识", "Identifier of the delivered file", nullable=False),
        Column("delivered_table", TEXT, "去向表", "Table it fills", nullable=False),
        Column("reported_on", DATE, "报送日期", "Day it was reported for", nullable=False),
        Column("checked_count", COUNT, "可校验的证件号数", "Certificate numbers with a check digit", unit="count", nullable=False),
        Column("genuine_count", COUNT, "校验成立数", "Those whose check digit is right", unit="count", nullable=False),
        Column("is_genuine", FLAG, "是否未变形", "Whether its certificates are genuine", nullable=False),
    ),
)
