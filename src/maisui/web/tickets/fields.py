"""What of a customer may be said to be wrong, and which delivered row says it."""

from __future__ import annotations

from maisui.answers import RowKind
from maisui.web.text import Text

FIELDS: dict[str, tuple[Text, RowKind]] = {
    "phone": (Text("电话", "Telephone"), RowKind.PHONE),
    "address": (Text("地址", "Address"), RowKind.WHO_HE_IS),
    "village": (Text("村组", "Village"), RowKind.VILLAGE),
    "manager": (Text("客户经理", "Manager"), RowKind.MANAGER),
    "name": (Text("姓名或名称", "Name"), RowKind.WHO_HE_IS),
    "certificate": (Text("证件", "Certificate"), RowKind.WHO_HE_IS),
    "sex": (Text("性别", "Sex"), RowKind.WHO_HE_IS),
    "birthday": (Text("出生日期", "Day of birth"), RowKind.WHO_HE_IS),
    "farmer": (Text("农户标志", "Farmer"), RowKind.WHO_HE_IS),
    "employee": (Text("本行员工标志", "Employee"), RowKind.WHO_HE_IS),
    "home": (Text("归属机构", "Home outlet"), RowKind.WHO_HE_IS),
    "account": (Text("账户", "Accounts"), RowKind.ACCOUNT),
    "other": (Text("其他", "Something else"), RowKind.WHO_HE_IS),
}
"""Every field of a ticket under its code."""


def field_name(code: str) -> Text:
    """Return what a field is called."""
    return FIELDS[code][0]
