"""What certificates by which customers are merged are called, and by what evidence somebody belongs to a household."""

from __future__ import annotations

from maisui.web.text import Text

CERTIFICATES: dict[str, Text] = {
    "resident": Text("居民身份证号", "resident identity number"),
    "credit_code": Text("统一社会信用代码", "unified social credit code"),
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
