"""The six rural groups: ordinary and big farmers, self-employed, cooperatives, family farms, leading firms.

What the files say decides: the farmer flag, the delivered type and name, industry and size. A list of recognised leading
firms is delivered by nobody; firms of farming and food processing that are not of the smallest size stand for them. A family
farm is known by its type or name only.
"""

from maisui.labels.label import FROM, KEYS, Label, LabelFamily, Reason

_GROUP = """CASE
      WHEN f.customer_kind = 'corporate' AND (contains(f.customer_type, '合作社') OR contains(f.customer_name, '合作社')) THEN 'cooperative'
      WHEN contains(f.customer_type, '家庭农场') OR contains(f.customer_name, '家庭农场') THEN 'family_farm'
      WHEN f.customer_kind = 'corporate' AND f.size_class <> '微型企业' AND regexp_matches(f.industry_code, '^(A|C13|C14)')
        THEN 'leading_firm'
      WHEN f.customer_kind = 'personal' AND contains(f.customer_type, '个体工商户') THEN 'self_employed'
      WHEN f.is_farmer AND (f.loan_balance >= l.label_big_farmer_loan OR f.inflow_amount >= l.label_big_farmer_turnover) THEN 'big_farmer'
      WHEN f.is_farmer THEN 'ordinary_farmer'
    END"""


def _group(code: str, name_zh: str, name_en: str, rule_zh: str, rule_en: str) -> Label:
    """Return a group; its one reason bears its name."""
    sentence = ("金融资产日均 {amount}，贷款 {base}", "average assets of {amount}, loans of {base}")
    return Label(code, name_zh, name_en, rule_zh, rule_en, (Reason(code, name_zh, name_en, *sentence),))


RURAL_GROUP = LabelFamily(
    code="rural_group",
    name_zh="农村客群",
    name_en="Rural group",
    is_exclusive=True,
    labels=(
        _group("ordinary_farmer", "普通农户", "Ordinary farmer", "报送为农户，且不是种养大户", "reported as a farmer and not a big one"),
        _group("big_farmer", "种养大户", "Big farmer", "农户，贷款或近三个月流入达到规定金额", "a farmer whose loans or inflow of three months reach the set amount"),
        _group("self_employed", "个体工商户", "Self-employed", "客户类型为个体工商户", "reported as self-employed"),
        _group("cooperative", "农民专业合作社", "Cooperative", "客户类型或名称为合作社", "a cooperative by type or name"),
        _group("family_farm", "家庭农场", "Family farm", "客户类型或名称含“家庭农场”；未报送则无法识别", "a family farm by type or name; not known where neither is delivered"),
        _group("leading_firm", "龙头企业", "Leading firm", "农业与农副食品加工业、规模不是微型的企业（名单未报送，以此近似）", "a firm of farming or food processing that is not of the smallest size, as no list is delivered"),
    ),
    select=f"""SELECT
    {KEYS}, {_GROUP} AS label_code, {_GROUP} AS reason_code,
    CAST(f.asset_average_balance AS DECIMAL(38,2)) AS reason_amount, CAST(f.loan_balance AS DECIMAL(38,2)) AS base_amount,
    CAST(NULL AS BIGINT) AS day_count
  {FROM}
  WHERE {_GROUP} IS NOT NULL""",
)  # fmt: skip
