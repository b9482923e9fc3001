"""The bank's model in pandas: delivered tables, customers, accounts, balances, relations and loans, money as whole cents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
from pandas_intake import NULLS, TEXT, TakenIn

_TYPES = {
    "转账": "transfer", "取现": "cash_withdrawal", "存现": "cash_deposit", "消费": "purchase", "代发": "payroll", "代扣": "direct_debit",
    "代缴": "bill_payment", "结息": "interest", "批量交易": "batch", "贷款发放": "loan_disbursement", "贷款还本": "loan_principal",
    "贷款还息": "loan_interest", "银证业务": "securities", "投资理财": "investment",
}  # fmt: skip
_CHANNELS = {
    "": "none", "柜面": "counter", "ATM": "atm", "VTM": "vtm", "POS": "pos", "网银": "internet_bank", "手机银行": "mobile_bank",
    "银联交易": "union_pay",
}  # fmt: skip
_CLASSES = {"正常": "pass", "关注": "special_mention", "次级": "substandard", "可疑": "doubtful", "损失": "loss"}
_STATES = {"正常": "current", "逾期": "overdue", "结清": "settled", "核销": "written_off", "转让": "transferred"}
_KINDS = {"管理机构": "head_office", "营业机构": "outlet", "内设机构": "department", "虚拟机构": "virtual"}
_SUBCLASSES = {
    "各项存款": "deposit", "各项贷款": "loan", "各项垫款": "advance", "各项准备金": "provision", "投资": "investment",
    "拆出": "lending_to_banks", "拆入": "borrowing_from_banks", "利息收入": "interest_income", "中间业务收入": "fee_income",
}  # fmt: skip
_PRODUCTS = (
    ("保证金", "guarantee_deposit"), ("活期", "demand_deposit"), ("定期", "term_deposit"), ("定活两便", "term_deposit"),
    ("通知", "notice_deposit"), ("协议", "agreement_deposit"), ("协定", "agreement_deposit"),
)  # fmt: skip
_PERSONAL = ["KHTYBH", "BXYGBZ", "KHXM", "ZJLB", "ZJHM", "NBJGH", "XB", "CSNY", "SFNH", "BHYGBZ"]
_CORPORATE = ["KHTYBH", "KHLX", "KHMC", "ZJLB", "ZJHM", "NBJGH", "SSHY", "XZQHDM"]
_DEPOSIT = ["BZ", "CHLB", "KHTYBH", "NBJGH", "BZJZHBZ", "MXKMBH", "LL", "CKYE", "KHRQ", "XHRQ", "ZHZT", "SCDHRQ"]
_LOAN = ["DKFHZH", "BZ", "KHTYBH", "NBJGH", "MXKMBH", "DKYE", "KHRQ", "XHRQ", "ZHZT"]
_MOVES = [
    "JYXLH", "BZ", "KHTYBH", "NBJGH", "YWBLJGH", "HXJYRQ", "HXJYSJ", "JYJE", "JYJDBZ", "JYLX", "JYQD", "XZBZ", "CBMBZ", "DFZH", "DFXH",
    "JYGYH",
]  # fmt: skip
_RECEIPT = [
    "XDJJH", "DKFHZH", "XDHTH", "KHTYBH", "NBJGH", "XDYWZL", "BZ", "DKJE", "DKYE", "DKWJFL", "DKZT", "DKFFRQ", "DKDQRQ", "ZJRQ", "QBJE",
    "BNQXYE", "BWQXYE", "QBRQ", "QXRQ", "SFSNDK", "SFPHXXWQYDK", "XDYGH",
]  # fmt: skip
WANTED: dict[str, list[str]] = {
    "JGXXB": ["NBJGH", "YHJGMC", "JGLB", "XZQHDM", "YYZT", "CLRQ"],
    "JGGXB": ["NBJGH", "SJGLNBJGH"],
    "YGB": ["GH", "NBJGH", "XM", "GWMC", "YGZT", "RZRQ"],
    "GYB": ["GYH", "GH", "NBJGH", "SFSTGY", "GYZT"],
    "GRJCXXB": _PERSONAL,
    "DGKHXXB": _CORPORATE,
    "ZZKJQKMB": ["NBJGH", "KJKMBH", "BZ", "QCJFYE", "QCDFYE", "JFFSE", "DFFSE", "QMJFYE", "QMDFYE", "BSZQ", "KJRQ"],
    "NBKMDZB": ["NBJGH", "KJKMBH", "KJKMMC", "KJKMJC", "SJKMBH", "KMJDBZ", "GSYWDL", "GSYWZL"],
    "GRCKFHZ": ["GRCKZH", "GRCKZHLX", *_DEPOSIT],
    "DGCKFHZ": ["DGCKZH", "DGCKZHLX", *_DEPOSIT],
    "GRXDFHZ": [*_LOAN, "DKLL"],
    "DGXDFHZ": [*_LOAN, "SJLL"],
    "GRCKFHZMX": ["GRCKZH", *_MOVES],
    "DGCKFHZMX": ["DGCKZH", *_MOVES],
    "GRXDFHZMX": ["DKFHZH", *_MOVES],
    "DGXDFHZMX": ["DKFHZH", *_MOVES],
    "XDHTB": ["XDHTH", "KHTYBH", "NBJGH", "XDYWZL", "BZ", "HTJE", "HTQSRQ", "HTDQRQ", "DBLX", "KHJLGH", "HTZT"],
    "GRXDYWJJB": _RECEIPT,
    "DGXDYWJJB": _RECEIPT,
}
"""The columns the model is made of; all others are checked and kept, but not needed again."""
Bank = dict[str, pd.DataFrame]


def cents(text: pd.Series) -> pd.Series:
    """Return amounts as whole cents, null where the text is empty."""
    return (text.where(text != "").astype("Float64") * 100).round().astype("Int64")


def rate(text: pd.Series) -> pd.Series:
    """Return rates in percent as fractions."""
    return text.where(text != "").astype("Float64") * 0.01


def days(text: pd.Series) -> pd.Series:
    """Return days, each distinct text read once."""
    codes, distinct = pd.factorize(text)
    return pd.Series(pd.to_datetime(pd.Series(distinct), format="%Y%m%d", errors="coerce").to_numpy()[codes], index=text.index)


def words(text: pd.Series, meaning: Callable[[str], Any], dtype: str = TEXT) -> pd.Series:
    """Return what each text means, each distinct text looked up once."""
    codes, distinct = pd.factorize(text)
    return pd.Series(pd.array([meaning(word) for word in distinct], dtype=dtype).take(codes), index=text.index)


def filled(text: pd.Series) -> pd.Series:
    """Return text, null where the file says nothing."""
    return text.where(~text.isin(NULLS))


def flag(text: pd.Series, yes: str) -> pd.Series:
    """Return whether the text is `yes`, null where it is empty."""
    return words(text, lambda word: None if word == "" else word == yes, "boolean")


def deliver(taken: TakenIn) -> Bank:
    """Return the delivered tables."""
    feeds = taken.feeds
    bank: Bank = {"delivery": taken.deliveries}
    relation = feeds["JGGXB"][["delivered_on", "NBJGH", "SJGLNBJGH"]]
    outlets = feeds["JGXXB"].merge(relation, on=["delivered_on", "NBJGH"], how="left")
    bank["organisation_snapshot"] = _table(
        outlets, reported_on="delivered_on", organisation_code="NBJGH", organisation_name="YHJGMC", region_code=filled(outlets["XZQHDM"]),
        organisation_kind=words(outlets["JGLB"], lambda word: _KINDS.get(word, "other")), is_open=flag(outlets["YYZT"], "营业"),
        parent_code=filled(outlets["SJGLNBJGH"].where(outlets["SJGLNBJGH"] != outlets["NBJGH"])), opened_on=days(outlets["CLRQ"]),
    )  # fmt: skip
    staff = feeds["YGB"]
    on_duty = words(staff["YGZT"], lambda word: "在岗" in word or "在职" in word or word == "正常", "boolean")
    bank["employee_snapshot"] = _table(
        staff, reported_on="delivered_on", employee_number="GH", organisation_code="NBJGH", employee_name="XM", post_name="GWMC",
        is_on_duty=on_duty, started_on=days(staff["RZRQ"]),
    )  # fmt: skip
    tellers = feeds["GYB"]
    bank["teller_snapshot"] = _table(
        tellers, reported_on="delivered_on", teller_number="GYH", employee_number="GH", organisation_code="NBJGH",
        is_physical=flag(tellers["SFSTGY"], "是"), teller_status="GYZT",
    )  # fmt: skip
    bank["customer_snapshot"] = _customers(feeds)
    bank["loan_snapshot"] = pd.concat([_receipts(feeds[code]) for code in ("GRXDYWJJB", "DGXDYWJJB")], ignore_index=True)
    bank["account_snapshot"] = _accounts(feeds)
    bank["account_transaction"] = _transactions(feeds)
    contracts = feeds["XDHTB"]
    bank["loan_contract_snapshot"] = _table(
        contracts, reported_on="delivered_on", contract_number="XDHTH", customer_number="KHTYBH", organisation_code="NBJGH",
        product_code=filled(contracts["XDYWZL"]).fillna("unknown"), currency="BZ", contract_amount=cents(contracts["HTJE"]),
        starts_on=days(contracts["HTQSRQ"]), matures_on=days(contracts["HTDQRQ"]), guarantee_type=filled(contracts["DBLX"]),
        manager_number=filled(contracts["KHJLGH"]), contract_status=filled(contracts["HTZT"]),
    )  # fmt: skip
    _ledger(feeds, bank)
    return bank


def _table(rows: pd.DataFrame, **columns: str | pd.Series) -> pd.DataFrame:
    made = {name: rows[column] if isinstance(column, str) else column for name, column in columns.items()}
    return pd.DataFrame({**made, "source_file_id": rows["source_file_id"], "source_line": rows["source_line"], "feed": rows["feed"]})


def _customers(feeds: dict[str, pd.DataFrame]) -> pd.DataFrame:
    people, firms = feeds["GRJCXXB"], feeds["DGKHXXB"]
    shared = {"reported_on": "delivered_on", "customer_number": "KHTYBH", "organisation_code": "NBJGH"}
    personal = _table(
        people, **shared, customer_type=filled(people["BXYGBZ"]), customer_name="KHXM", certificate_type=filled(people["ZJLB"]),
        certificate_number=filled(people["ZJHM"]), sex=words(people["XB"], {"男": "male", "女": "female"}.get),
        born_on=days(people["CSNY"] + "01"), is_farmer=flag(people["SFNH"], "是"), is_employee=flag(people["BHYGBZ"], "是"),
    )  # fmt: skip
    corporate = _table(
        firms, **shared, customer_type=filled(firms["KHLX"]), customer_name="KHMC", certificate_type=filled(firms["ZJLB"]),
        certificate_number=filled(firms["ZJHM"]), industry_code=filled(firms["SSHY"]), region_code=filled(firms["XZQHDM"]),
    )  # fmt: skip
    return pd.concat([personal.assign(customer_kind="personal"), corporate.assign(customer_kind="corporate")], ignore_index=True)


def _accounts(feeds: dict[str, pd.DataFrame]) -> pd.DataFrame:
    frames: list[pd.DataFrame] = []
    for code, number, product in (("GRCKFHZ", "GRCKZH", "GRCKZHLX"), ("DGCKFHZ", "DGCKZH", "DGCKZHLX")):
        rows = feeds[code]
        group = words(rows[product], lambda word: next((name for part, name in _PRODUCTS if part in word), "other_deposit"))
        frame = _table(
            rows, account_number=number, cash_form=filled(rows["CHLB"]).fillna("none"), product_code=product,
            product_group=group.mask(rows["BZJZHBZ"] == "是", "guarantee_deposit"), interest_rate=rate(rows["LL"]),
            balance=cents(rows["CKYE"]), last_active_on=days(rows["SCDHRQ"]), **_shared(rows),
        )  # fmt: skip
        frames.append(frame.assign(account_kind="deposit"))
    for code, receipts, interest in (("GRXDFHZ", "GRXDYWJJB", "DKLL"), ("DGXDFHZ", "DGXDYWJJB", "SJLL")):
        key = ["delivered_on", "DKFHZH"]
        first = feeds[receipts].sort_values("XDJJH").drop_duplicates(key)[[*key, "XDYWZL"]]
        rows = feeds[code].merge(first, on=key, how="left")
        frame = _table(
            rows, account_number="DKFHZH", product_code=filled(rows["XDYWZL"]).fillna("unknown"), interest_rate=rate(rows[interest]),
            balance=cents(rows["DKYE"]), **_shared(rows),
        )  # fmt: skip
        frames.append(frame.assign(account_kind="loan", cash_form="none", product_group="loan"))
    return pd.concat(frames, ignore_index=True)


def _shared(rows: pd.DataFrame) -> dict[str, str | pd.Series]:
    return {
        "reported_on": "delivered_on", "currency": "BZ", "customer_number": "KHTYBH", "organisation_code": "NBJGH",
        "subject_code": "MXKMBH", "opened_on": days(rows["KHRQ"]), "closed_on": days(rows["XHRQ"]), "account_status": filled(rows["ZHZT"]),
    }  # fmt: skip


def _transactions(feeds: dict[str, pd.DataFrame]) -> pd.DataFrame:
    frames: list[pd.DataFrame] = []
    numbers = {"GRCKFHZMX": "GRCKZH", "DGCKFHZMX": "DGCKZH", "GRXDFHZMX": "DKFHZH", "DGXDFHZMX": "DKFHZH"}
    for code, number in numbers.items():
        rows, is_loan = feeds[code], number == "DKFHZH"
        amount = cents(rows["JYJE"]).astype("int64")
        change = amount.where(rows["JYJDBZ"] == ("借" if is_loan else "贷"), -amount)
        frame = _table(
            rows, transaction_number="JYXLH", account_number=number, currency="BZ", customer_number=filled(rows["KHTYBH"]),
            holding_organisation_code="NBJGH", handling_organisation_code=filled(rows["YWBLJGH"]), posted_on=days(rows["HXJYRQ"]),
            posted_time=filled(rows["HXJYSJ"]), amount=amount,
            balance_change=change.mask(rows["JYLX"] == "贷款还息", 0) if is_loan else change,
            transaction_type=words(rows["JYLX"], lambda word: _TYPES.get(word, "other")), channel_code=words(rows["JYQD"], _channel),
            is_cash=flag(rows["XZBZ"], "现"), is_reversal=(rows["CBMBZ"] != "正常").astype(bool),
            is_bank_initiated=rows["JYLX"].isin(["结息", "批量交易"]).astype(bool), counterparty_account=filled(rows["DFZH"]),
            counterparty_bank_code=filled(rows["DFXH"]), teller_number=filled(rows["JYGYH"]),
        )  # fmt: skip
        frames.append(frame.assign(account_kind="loan" if is_loan else "deposit"))
    return pd.concat(frames, ignore_index=True)


def _channel(word: str) -> str:
    if "电话银行" in word:
        return "telephone_bank"
    return "third_party" if word.startswith("第三方支付") else _CHANNELS.get(word, "other")


def _receipts(rows: pd.DataFrame) -> pd.DataFrame:
    overdue, unpaid = days(rows["QBRQ"]), days(rows["QXRQ"])
    return _table(
        rows, reported_on="delivered_on", loan_number="XDJJH", account_number=filled(rows["DKFHZH"]), contract_number=filled(rows["XDHTH"]),
        customer_number="KHTYBH", organisation_code="NBJGH", product_code=filled(rows["XDYWZL"]).fillna("unknown"), currency="BZ",
        disbursed_amount=cents(rows["DKJE"]), balance=cents(rows["DKYE"]), disbursed_on=days(rows["DKFFRQ"]),
        loan_class=words(rows["DKWJFL"], lambda word: _CLASSES.get(word, "unclassified")), matures_on=days(rows["DKDQRQ"]),
        loan_status=words(rows["DKZT"], lambda word: _STATES.get(word, "other")), ended_on=days(rows["ZJRQ"]),
        principal_overdue_amount=cents(rows["QBJE"]),
        interest_overdue_amount=cents(rows["BNQXYE"]).fillna(0) + cents(rows["BWQXYE"]).fillna(0),
        overdue_since=overdue.where(unpaid.isna() | (overdue <= unpaid), unpaid), is_agriculture=flag(rows["SFSNDK"], "是"),
        is_inclusive_small_micro=flag(rows["SFPHXXWQYDK"], "是"), officer_number=filled(rows["XDYGH"]),
    )  # fmt: skip


def _ledger(feeds: dict[str, pd.DataFrame], bank: Bank) -> None:
    rows, subjects = feeds["ZZKJQKMB"], feeds["NBKMDZB"]
    amounts = {
        "opening_debit_balance": "QCJFYE", "opening_credit_balance": "QCDFYE", "debit_amount": "JFFSE", "credit_amount": "DFFSE",
        "closing_debit_balance": "QMJFYE", "closing_credit_balance": "QMDFYE",
    }  # fmt: skip
    bank["ledger_snapshot"] = _table(
        rows, reported_on=days(rows["KJRQ"]).fillna(rows["delivered_on"]), organisation_code="NBJGH", subject_code="KJKMBH", currency="BZ",
        period_kind=words(rows["BSZQ"], {"日报": "day", "1": "day", "月报": "month", "2": "month"}.get),
        **{name: cents(rows[column]) for name, column in amounts.items()},
    )  # fmt: skip
    first = subjects.sort_values(["NBJGH", "source_file_id", "source_line"]).drop_duplicates(["delivered_on", "KJKMBH"])
    level = filled(first["KJKMJC"]).astype("Int64")
    sides = {"借": "debit", "借方": "debit", "贷": "credit", "贷方": "credit"}
    bank["ledger_subject_snapshot"] = _table(
        first, reported_on="delivered_on", subject_code="KJKMBH", subject_name="KJKMMC", subject_level=level,
        parent_code=filled(first["SJKMBH"]), balance_side=words(first["KMJDBZ"], lambda word: sides.get(word, "both")),
        business_class=filled(first["GSYWDL"]),
        business_subclass=words(first["GSYWZL"], lambda word: next((name for part, name in _SUBCLASSES.items() if part in word), "other")),
    )  # fmt: skip
