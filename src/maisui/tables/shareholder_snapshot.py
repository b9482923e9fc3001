"""Shareholder snapshot: The bank's own shareholders and related parties as reported on one day."""

from maisui.tables.table import DATE, FLAG, RATE, TEXT, Column, Privacy, Table, legal_entity, provenance

SHAREHOLDER_SNAPSHOT = Table(
    name="shareholder_snapshot",
    title_zh="股东及关联方快照",
    title_en="Shareholder snapshot",
    meaning_zh="本行股东与关联方在一个报送日的情况。",
    meaning_en="The bank's own shareholders and related parties as reported on one day.",
    grain=("legal_entity_code", "source_file_id", "source_line"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL),
        Column("party_name", TEXT, "股东或关联方名称", "Name", privacy=Privacy.PERSONAL),
        Column("party_type", TEXT, "股东或关联方类型（原文）", "Type as delivered"),
        Column("certificate_type", TEXT, "证件类别（原文）", "Certificate type as delivered"),
        Column("certificate_number", TEXT, "证件号码", "Certificate number", privacy=Privacy.PERSONAL),
        Column("relation_type", TEXT, "关系类型（原文）", "Relation as delivered"),
        Column("shares_held_share", RATE, "持股比例（0…1）", "Share of the bank's capital held, 0…1"),
        Column("shares_pledged_share", RATE, "质押比例（0…1）", "Part of it that is pledged, 0…1"),
        Column("invested_on", DATE, "入股日期", "Day invested"),
        Column("party_status", TEXT, "股东或关联方状态（原文）", "State as delivered"),
        Column("is_ended", FLAG, "是否已终止", "Whether it has ended", nullable=False),
        *provenance(),
    ),
    published=False,
)
