"""Organisation succession: Which organisation took over a closed one."""

from maisui.tables.table import COUNT, DATE, FLAG, TEXT, Column, Table, legal_entity

ORGANISATION_SUCCESSION = Table(
    name="organisation_succession",
    title_zh="机构承接关系",
    title_en="Organisation succession",
    meaning_zh="已关闭机构由哪个机构承接，及其依据；“现行口径”把已关闭机构的历史计入最终承接机构。",
    meaning_en="Which organisation took over a closed one, and how that is known; the as-is view counts the history of a closed one with its final successor.",
    grain=("legal_entity_code", "organisation_code"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "已关闭机构号", "Closed organisation", nullable=False),
        Column("closed_on", DATE, "关闭日期", "First day on which it was closed", nullable=False),
        Column("successor_code", TEXT, "承接机构号", "Organisation that took it over", nullable=False),
        Column("current_successor_code", TEXT, "最终承接机构号", "End of the chain of successors", nullable=False),
        Column(
            "evidence",
            TEXT,
            "依据：profile 网点档案、remark 机构表备注、accounts 多数账户迁往",
            "Evidence: profile (outlet profile), remark (table 101), accounts (where most accounts went)",
            nullable=False,
        ),
        Column("is_inferred", FLAG, "是否推断（仅依据账户去向）", "Whether only inferred from accounts", nullable=False),
        Column("moved_account_count", COUNT, "迁往承接机构的账户数", "Accounts that moved to the successor", unit="count", nullable=False),
        Column("account_count", COUNT, "关闭时的全部未销账户数", "All its open accounts when it closed", unit="count", nullable=False),
    ),
)
