"""Organisation snapshot: Each organisation as reported on one day with its parent."""

from maisui.tables.table import DATE, FLAG, TEXT, Column, Table, legal_entity, provenance

ORGANISATION_SNAPSHOT = Table(
    name="organisation_snapshot",
    title_zh="机构快照",
    title_en="Organisation snapshot",
    meaning_zh="银行每次报送的机构及其上级；机构在停业后的首次报送之后不再出现。",
    meaning_en="Each organisation as reported on one day with its parent; a closed one drops out after the report that shows it closed.",
    grain=("legal_entity_code", "reported_on", "organisation_code"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("organisation_code", TEXT, "内部机构号", "The bank's organisation number", nullable=False),
        Column("organisation_name", TEXT, "机构名称", "Name"),
        Column("bank_code", TEXT, "银行机构代码（支付行号）", "Code by which other banks address it in payments"),
        Column(
            "organisation_kind",
            TEXT,
            "机构类别：head_office 管理机构、outlet 营业机构、department 内设机构、virtual 虚拟机构、other 其他",
            "Kind: head_office, outlet, department, virtual, other",
            nullable=False,
        ),
        Column("parent_code", TEXT, "上级机构号，最高一级为空", "Parent organisation, null at the top"),
        Column("region_code", TEXT, "行政区划代码", "Administrative division"),
        Column("is_open", FLAG, "是否营业", "Whether it is open for business", nullable=False),
        Column("opened_on", DATE, "成立日期", "Day it was founded"),
        Column("status_word", TEXT, "营业状态（原文）", "State of business as delivered"),
        Column("remark", TEXT, "备注，被合并时可能写明承接机构", "Remark; of a merged one it may name the successor"),
        *provenance(),
    ),
)
