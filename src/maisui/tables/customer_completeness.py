"""Customer completeness: How many customers of each home outlet and kind have each fact, and of how many of those it can be right."""

from maisui.tables.table import COUNT, TEXT, Column, Table, legal_entity

CUSTOMER_COMPLETENESS = Table(
    name="customer_completeness",
    title_zh="客户资料完整度",
    title_en="Customer completeness",
    meaning_zh="每个归属机构、客户大类的每项资料：客户数、已填数、可校验数与校验成立数；按最近一次报送，只有计数。",
    meaning_en="Each fact of the customers of each home outlet and kind: how many customers, how many have it, of how many it can be judged and is right; as last reported, counts only.",
    grain=("legal_entity_code", "organisation_code", "customer_kind", "fact_code"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "归属机构号", "Home outlet", nullable=False),
        Column("customer_kind", TEXT, "客户大类：personal、corporate", "Kind: personal, corporate", nullable=False),
        Column(
            "fact_code",
            TEXT,
            "资料项：name 名称、certificate 证件、phone 电话、address 地址、born_on 出生日期、sex 性别、farmer 农户标志、home 归属机构、customer_type 客户类型、education 学历、occupation 职业、employer 工作单位、income 年收入、married 婚姻、blacklist 黑名单标志、size_class 企业规模、credit_rating 信用评级、capital 注册资本、staff 员工人数、industry 行业、region 行政区划",
            "Fact: name, certificate, phone, address, born_on, sex, farmer, home, customer_type, education, occupation, employer, income, married, blacklist, size_class, credit_rating, capital, staff, industry, region",
            nullable=False,
        ),
        Column("customer_count", COUNT, "报送过的客户数", "Customers reported", unit="count", nullable=False),
        Column("filled_count", COUNT, "已填客户数", "Customers of whom it is filled", unit="count", nullable=False),
        Column(
            "checked_count",
            COUNT,
            "其中可校验的客户数（变形证件等无法校验）",
            "Of those, whose value can be judged (deformed certificates cannot)",
            unit="count",
            nullable=False,
        ),
        Column("valid_count", COUNT, "其中校验成立的客户数", "Of those, whose value is right", unit="count", nullable=False),
    ),
)
