"""Outlet profile snapshot: What the bank says of each outlet beyond the regulator's files, as of one day."""

from maisui.tables.table import COUNT, DATE, RATE, TEXT, Column, Table, legal_entity, provenance

OUTLET_PROFILE_SNAPSHOT = Table(
    name="outlet_profile_snapshot",
    title_zh="网点档案快照",
    title_en="Outlet profile snapshot",
    meaning_zh="银行补充报送的网点档案：等级、面积、营业时间、位置、辐射范围、周边同业、撤并日期与承接网点。",
    meaning_en="The bank's own record of each outlet: grade, area, hours, position, catchment, competitors, day of closing and successor.",
    grain=("legal_entity_code", "reported_on", "organisation_code"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("organisation_code", TEXT, "内部机构号", "The bank's organisation number", nullable=False),
        Column("grade_code", TEXT, "网点等级（银行自定）", "Grade of the outlet, the bank's own words"),
        Column("area_kind", TEXT, "区域类型：urban 城区、town 镇区、township 乡村", "Kind of area: urban, town, township"),
        Column("floor_area", COUNT, "营业面积（平方米）", "Floor area", unit="square metre"),
        Column("opens_at", TEXT, "营业开始时间 HH:MM", "Opens at HH:MM"),
        Column("closes_at", TEXT, "营业结束时间 HH:MM", "Closes at HH:MM"),
        Column("latitude", RATE, "纬度（度）", "Latitude", unit="degree"),
        Column("longitude", RATE, "经度（度）", "Longitude", unit="degree"),
        Column("catchment_households", COUNT, "辐射户数", "Households in its catchment", unit="count"),
        Column("competitor_count", COUNT, "周边同业网点数", "Outlets of other banks nearby", unit="count"),
        Column("closed_on", DATE, "撤并日期，营业中为空", "Day it closed, null while open"),
        Column("successor_code", TEXT, "承接网点机构号", "Outlet that took over its business"),
        *provenance(),
    ),
)
