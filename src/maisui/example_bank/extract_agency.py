"""Tables of agency business (905) and of wealth products: sales and holdings."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from maisui.example_bank.agency_business import SOLD, WEALTH, Trades
from maisui.example_bank.bank import Bank
from maisui.example_bank.codes import NO_REMARK
from maisui.example_bank.days import compact, day_text
from maisui.example_bank.table_lines import table_lines
from maisui.example_bank.text_columns import ArrowText, glued, number_text, word_text, yuan_text

_NAMES, _CODES, _ISSUERS = [p.name for p in SOLD], [p.code for p in SOLD], [p.issuer for p in SOLD]
_ISSUER_CODE = "C9001"


class AgencyExtract:
    """Lines of 905 and of the two wealth tables."""

    def __init__(self, bank: Bank) -> None:
        """Prepare the tables of one bank."""
        self._bank = bank
        self._serial = 0

    def lines(self, trades: list[Trades], day: int) -> Iterator[tuple[str, ArrowText]]:
        """Sales since the last delivery."""
        names = ("customer", "product", "cents", "fee", "is_sale")
        merged = {name: np.concatenate([getattr(part, name) for part in trades] or [np.zeros(0, np.int64)]) for name in names}
        merged["day"] = np.concatenate([np.full(len(part.customer), part.day) for part in trades] or [np.zeros(0, np.int64)])
        merged["serial"] = self._serial + 1 + np.arange(len(merged["day"]))
        self._serial += len(merged["day"])
        wealth = WEALTH[merged["product"].astype(np.int64)]
        yield "DLDXJYXXB", self._agency_sales({name: values[~wealth] for name, values in merged.items()}, day)
        yield "LCCPXSMX", self._wealth_sales({name: values[wealth] for name, values in merged.items()}, day)

    def _accounts(self, customer: np.ndarray) -> ArrowText:
        account = self._bank.demand_of[customer]
        numbers = self._bank.county.account_numbers(np.maximum(account, 0), np.zeros(len(account), bool))
        return pc.call_function("if_else", [pa.array(account >= 0), numbers, pa.scalar("")])

    def _agency_sales(self, rows: dict[str, np.ndarray], day: int) -> ArrowText:
        bank, people = self._bank, self._bank.population
        customer, product = rows["customer"].astype(np.int64), rows["product"].astype(np.int64)
        org = people.org[customer]
        issuers = word_text(_ISSUERS, product)
        return table_lines("DLDXJYXXB", len(customer), {
            "JRXKZH": bank.county.licence, "NBJGH": word_text(bank.organisations.codes, org),
            "YHJGMC": word_text(bank.organisations.names, org),
            "KHTYBH": people.numbers.take(pa.array(customer)), "KHMC": people.names.take(pa.array(customer)),
            "KHZH": self._accounts(customer), "KHHMC": bank.county.bank_name, "JYBH": glued("A", number_text(rows["serial"], 10)),
            "DLDXJYLX": word_text([p.kind for p in SOLD], product), "DXCPMC": word_text(_NAMES, product),
            "JYFX": word_text(("卖出", "买入"), rows["is_sale"].astype(np.int32)), "JYRQ": day_text(rows["day"]), "BZ": "CNY",
            "JYJE": yuan_text(rows["cents"]), "FXJGMC": issuers, "FXJGPJ": "AAA", "SXFBZ": "CNY", "SXFJE": yuan_text(rows["fee"]),
            "XZBZ": "转", "BBZ": NO_REMARK, "CJRQ": compact(day),
        })  # fmt: skip

    def _wealth_sales(self, rows: dict[str, np.ndarray], day: int) -> ArrowText:
        customer, product = rows["customer"].astype(np.int64), rows["product"].astype(np.int64)
        own = self._bank.county.bank_name
        return table_lines("LCCPXSMX", len(customer), {
            **self._holder(customer, product),
            "HTBH": glued("H", number_text(rows["serial"], 10)), "JYXLH": glued("W", number_text(rows["serial"], 10)),
            "FXJGDM": _ISSUER_CODE, "GLHQCKZH": self._accounts(customer), "GLZHKHH": own, "SFDX": "是", "DXJGMC": own,
            "LCCPDM": word_text(_CODES, product), "YWZL": word_text(("赎回", "申购"), rows["is_sale"].astype(np.int32)),
            "YWQRRQ": day_text(rows["day"]), "YWQRSJ": "150000", "QRJZ": "1", "QRJE": yuan_text(rows["cents"]),
            "ZSRMBJE": yuan_text(rows["cents"]), "QRFE": yuan_text(rows["cents"]), "SXFJE": yuan_text(rows["fee"]), "JYQD": "手机银行",
            "BBZ": NO_REMARK, "CJRQ": compact(day),
        })  # fmt: skip

    def _holder(self, customer: np.ndarray, product: np.ndarray) -> dict[str, ArrowText | str]:
        people = self._bank.population
        return {
            "JRXKZH": self._bank.county.licence,
            "FXJGMC": word_text(_ISSUERS, product),
            "BZ": "CNY",
            "KHMC": people.names.take(pa.array(customer)),
            "KHZJLB": "居民身份证",
            "KHZJHM": people.certificates.take(pa.array(customer)),
            "LCCPMC": word_text(_NAMES, product),
            "CPDJBM": word_text(_CODES, product),
        }

    def holdings(self, day: int) -> ArrowText:
        """Wealth products held on the evening of `day`."""
        book = self._bank.agency
        held = book.held()
        held = held[WEALTH[book.product[held]]]
        value = book.value(held, day)
        holder = self._holder(book.customer[held], book.product[held])
        issuer = holder.pop("FXJGMC")
        return table_lines("KHLCCPCY", len(held), {
            **holder,
            "YHJGDM": _ISSUER_CODE,
            "YHJGMC": issuer,
            "KHCYRQ": day_text(book.since[held]),
            "KHCYLCYE": yuan_text(value),
            "KHCYLCZSRMBYE": yuan_text(value),
            "KHCYLCFE": yuan_text(book.cents[held]),
            "CJRQ": compact(day),
        })  # fmt: skip
