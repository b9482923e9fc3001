"""What certificates by which customers are merged are called, and by what evidence somebody belongs to a household."""

from __future__ import annotations

from maisui.web.text import Text

CERTIFICATES: dict[str, Text] = {
    "resident": Text("居民身份证号", "resident identity number"),
    "credit_code": Text("统一社会信用代码", "unified social credit code"),
    "护照": Text("护照", "passport"),
    "军官证": Text("军官证", "officer's certificate"),
    "士兵证": Text("士兵证", "soldier's certificate"),
    "户口簿": Text("户口簿", "household register"),
    "港澳居民来往内地通行证": Text("港澳居民来往内地通行证", "mainland travel permit (Hong Kong, Macao)"),
    "台湾居民来往大陆通行证": Text("台湾居民来往大陆通行证", "mainland travel permit (Taiwan)"),
    "外国人永久居留身份证": Text("外国人永久居留身份证", "permanent residence permit"),
    "组织机构代码": Text("组织机构代码", "organisation code"),
    "by_hand": Text("人工核对（疑似同一客户）", "looked at by people (may be one person)"),
    "营业执照": Text("营业执照", "business licence"),
}
EVIDENCE: dict[str, Text] = {
    "roster_number": Text("名册客户号", "customer number in the roster"),
    "roster_certificate": Text("名册身份证号", "identity number in the roster"),
}


def certificate_word(code: str) -> Text | str:
    """Return what a group of certificates is called; others bear the bank's own word."""
    return CERTIFICATES.get(code, code)


def evidence_word(code: str) -> Text | str:
    """Return by what somebody was found in a roster."""
    return EVIDENCE.get(code, code)
