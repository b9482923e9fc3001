"""How values look to somebody who may not see them whole."""

from __future__ import annotations

import pytest

from maisui.web.access.masking import Kind, kind_of_column, mask, shown
from maisui.web.access.permissions import Permission

SEES = frozenset({Permission.CUSTOMER_VIEW})
REVEALS = frozenset({Permission.CUSTOMER_VIEW, Permission.CUSTOMER_REVEAL})
FIGURES = frozenset({Permission.FIGURE_VIEW})

TABLE = (
    (Kind.IDENTITY_NUMBER, "110101199003071234", "110***********1234"),
    (Kind.IDENTITY_NUMBER, "11010119900307123X", "110***********123X"),
    (Kind.IDENTITY_NUMBER, "110101900307123", "110********7123"),
    (Kind.IDENTITY_NUMBER, "E1234567", "E12*4567"),
    (Kind.IDENTITY_NUMBER, "1234567", "*******"),
    (Kind.IDENTITY_NUMBER, "", ""),
    (Kind.ACCOUNT_NUMBER, "6222020200112345678", "622202*********5678"),
    (Kind.ACCOUNT_NUMBER, "6222020012345678", "622202******5678"),
    (Kind.ACCOUNT_NUMBER, "12345678901", "123456*8901"),
    (Kind.ACCOUNT_NUMBER, "1234567890", "*******890"),
    (Kind.ACCOUNT_NUMBER, "C0000012", "******12"),
    (Kind.ACCOUNT_NUMBER, "A12", "**2"),
    (Kind.ACCOUNT_NUMBER, "A1", "**"),
    (Kind.MOBILE, "13812345678", "138****5678"),
    (Kind.MOBILE, " 13812345678 ", "138****5678"),
    (Kind.MOBILE, "8123456", "*******"),
    (Kind.PERSON_NAME, "张三", "张*"),
    (Kind.PERSON_NAME, "张晓明", "张**"),
    (Kind.PERSON_NAME, "欧阳", "欧*"),
    (Kind.PERSON_NAME, "欧阳修", "欧阳*"),
    (Kind.PERSON_NAME, "司马相如", "司马**"),
    (Kind.PERSON_NAME, "张", "*"),
    (Kind.PERSON_NAME, "", ""),
    (Kind.COMPANY_NAME, "麦川县粮油有限公司", "麦川县粮油有限公司"),
    (Kind.ADDRESS, "湖南省麦川县青山镇柳树村三组12号", "湖南省麦川县青山镇柳树村****"),
    (Kind.ADDRESS, "麦川县城关镇人民路88号2栋301室", "麦川县城关镇人民路****"),
    (Kind.ADDRESS, "麦川县城关镇", "麦川县城关镇"),
    (Kind.ADDRESS, "一二三四五六七八九", "一二三****"),
    (Kind.ADDRESS, "路88号3栋2单元301室", "路****"),
    (Kind.ADDRESS, "", ""),
    (Kind.EMAIL, "zhang.san@bank.example", "z***@bank.example"),
    (Kind.EMAIL, "@bank.example", "****"),
    (Kind.EMAIL, "nonsense", "****"),
    (Kind.BIRTHDAY, "1980-02-29", "1980-**-**"),
    (Kind.BIRTHDAY, "19800229", "****"),
    (Kind.OTHER, "whatever", "****"),
    (Kind.OTHER, " ", ""),
)


@pytest.mark.parametrize(("kind", "value", "expected"), TABLE)
def test_each_kind_has_its_mask(kind, value, expected):
    assert mask(value, kind) == expected


@pytest.mark.parametrize(("kind", "value", "expected"), [row for row in TABLE if row[2] not in (row[1], "")])
def test_a_mask_hides_something(kind, value, expected):
    assert value.strip() not in mask(value, kind)


@pytest.mark.parametrize("place", ["村", "社区", "街道", "镇", "乡", "路", "街", "巷", "弄"])
def test_an_address_ends_with_each_kind_of_village_or_street(place):
    assert mask(f"麦川县柳树{place}3组12号", Kind.ADDRESS) == f"麦川县柳树{place}****"


SURNAMES = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 "
    "钟离 长孙 宇文 司徒 鲜于 司空 令狐 呼延"
)


@pytest.mark.parametrize("surname", SURNAMES.split())
def test_a_surname_of_two_letters_is_shown_whole_where_a_name_follows(surname):
    assert mask(f"{surname}小明", Kind.PERSON_NAME) == f"{surname}**"


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("certificate_number", Kind.IDENTITY_NUMBER),
        ("mobile_number", Kind.MOBILE),
        ("telephone_number", Kind.MOBILE),
        ("phone_number", Kind.MOBILE),
        ("counterparty_account", Kind.ACCOUNT_NUMBER),
        ("household_code", Kind.ACCOUNT_NUMBER),
        ("collateral_name", Kind.ADDRESS),
        ("born_on", Kind.BIRTHDAY),
        ("address", Kind.ADDRESS),
        ("email", Kind.EMAIL),
        ("employer_name", Kind.CIRCUMSTANCE),
        ("is_married", Kind.CIRCUMSTANCE),
        ("card_number", Kind.ACCOUNT_NUMBER),
        ("party_key", Kind.ACCOUNT_NUMBER),
        ("spouse_name", Kind.PERSON_NAME),
        ("home_address", Kind.ADDRESS),
        ("salary_amount", Kind.AMOUNT),
        ("loan_balance", Kind.AMOUNT),
        ("a_column_nobody_named", Kind.OTHER),
    ],
)
def test_each_personal_column_has_its_kind(column, kind):
    assert kind_of_column(column) is kind


@pytest.mark.parametrize("kind", [Kind.AMOUNT, Kind.CIRCUMSTANCE])
def test_amounts_and_circumstances_show_only_that_they_are_there(kind):
    assert mask("12.50", kind) == "****"


def test_a_company_keeps_its_name_and_nothing_else():
    assert shown("麦川县粮油有限公司", column="customer_name", privacy="C2", permissions=SEES, is_company=True) == "麦川县粮油有限公司"
    assert shown("13812345678", column="mobile_number", privacy="C2", permissions=SEES, is_company=True) == "138****5678"


def test_internal_columns_are_plain_for_everybody():
    assert shown("B1", column="organisation_code", privacy="C1", permissions=FIGURES) == "B1"
    assert shown(None, column="customer_name", privacy="C2", permissions=SEES) is None


def test_personal_columns_are_masked_by_kind():
    assert shown("13812345678", column="mobile_number", privacy="C2", permissions=SEES) == "138****5678"
    assert shown("张三", column="customer_name", privacy="C2", permissions=SEES) == "张*"


def test_who_may_not_see_customers_sees_nothing_of_them():
    assert shown("张三", column="customer_name", privacy="C2", permissions=FIGURES) == "****"
    assert shown("张三", column="customer_name", privacy="C2", permissions=FIGURES, is_revealed=True) == "****"


def test_a_value_is_whole_only_when_it_was_asked_for_and_may_be():
    assert shown("张三", column="customer_name", privacy="C2", permissions=REVEALS) == "张*"
    assert shown("张三", column="customer_name", privacy="C2", permissions=SEES, is_revealed=True) == "张*"
    assert shown("张三", column="customer_name", privacy="C2", permissions=REVEALS, is_revealed=True) == "张三"


def test_names_of_companies_are_not_masked():
    assert shown("粮油公司", column="customer_name", privacy="C2", permissions=SEES, is_company=True) == "粮油公司"
    assert shown("6222020200112345678", column="account_number", privacy="C2", permissions=SEES, is_company=True) == "622202*********5678"


def test_a_personal_column_nobody_named_is_hidden_whole():
    assert kind_of_column("some_new_column") is Kind.OTHER
    assert shown("secret", column="some_new_column", privacy="C2", permissions=SEES) == "****"


def test_every_personal_column_of_the_tables_has_a_kind_of_its_own():
    from maisui.tables import ALL
    from maisui.tables.table import Privacy

    personal = {column.name for table in ALL for column in table.columns if column.privacy is Privacy.PERSONAL}
    assert {name for name in personal if kind_of_column(name) is Kind.OTHER} == set()
