"""Tables of bills (508), advances (512), transfers of credit assets (703, 704) and the wealth products sold (理财产品信息表)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from maisui.example_bank.agency_business import SOLD
from maisui.example_bank.bank import Bank
from maisui.example_bank.codes import NO_REMARK
from maisui.example_bank.county import PROVINCE, County
from maisui.example_bank.days import NO_DAY, compact, day_number, day_text
from maisui.example_bank.loan_book import PRODUCTS
from maisui.example_bank.organisations import HEAD_OFFICE
from maisui.example_bank.table_lines import table_lines
from maisui.example_bank.text_columns import ArrowText, glued, number_text, percent_text, word_text, yuan_text

_BUYER = "云川资产管理股份有限公司"
_ISSUER_CODE, _ISSUER = "C9001", "云川理财有限责任公司"


def _acceptors(county: County) -> tuple[str, ...]:
    """The banks that accept the bills of the county's firms and keep their accounts."""
    return (f"工商银行{county.name}支行", f"农业银行{county.name}支行", "云川银行股份有限公司", "东江商业银行股份有限公司")


class BillExtract:
    """Lines of 508, 512, 703, 704 and of the wealth products."""

    def __init__(self, bank: Bank) -> None:
        """Take the bank whose bills they are."""
        self._bank = bank
        self._county = bank.county
        self._acceptors = _acceptors(bank.county)

    def lines(self, day: int, previous: int) -> Iterator[tuple[str, ArrowText]]:
        """Tables of every delivery: bills and advances that are held, or ended since the last one."""
        yield "PJTXB", self._bills(day, previous)
        yield "DKDJB", self._advances(day, previous)

    def monthly_lines(self, day: int) -> Iterator[tuple[str, ArrowText]]:
        """Tables that change rarely."""
        contracts = [contract for contract in self._bank.transfers.contracts if contract.day <= day]
        days = np.array([contract.day for contract in contracts], np.int64)
        numbers = np.array([contract.number for contract in contracts], np.int64)
        principal = np.array([int(contract.principal.sum()) for contract in contracts], np.int64)
        interest = np.array([int(contract.interest.sum()) for contract in contracts], np.int64)
        price = np.array([contract.price for contract in contracts], np.int64)
        codes = self._bank.organisations.codes
        yield "XDZCZRB", table_lines("XDZCZRB", len(contracts), {
            "JRXKZH": self._county.licence, "NBJGH": codes[HEAD_OFFICE], "ZRHTH": glued("ZR", number_text(numbers, 8)), "ZCZRFX": "转出",
            "ZCZRFS": "批量转让", "ZRJKRZZH": f"9{codes[HEAD_OFFICE]}10030200", "ZRJKRZMC": "存放中央银行超额准备金", "JYDSMC": _BUYER,
            "JYDSZZZH": "8810000000000001", "JYDSKHHMC": "云川银行股份有限公司", "BZ": "CNY", "ZRDKBJZE": yuan_text(principal),
            "ZRDKLXZE": yuan_text(interest), "ZRZJ": yuan_text(price), "ZRHTQSRQ": day_text(days), "ZRHTDQRQ": day_text(days + 30),
            "JYDSZRRQ": day_text(days), "JYDSYZFJE": yuan_text(price), "BZJBL": "0.0000", "BZJBZ": "CNY", "BZJJE": "0.00",
            "ZRJYPT": "银行业信贷资产登记流转中心", "SFZYDZXDJ": "是", "ZRHTZT": "已完成", "BBZ": NO_REMARK, "CJRQ": compact(day),
        })  # fmt: skip
        loans = np.concatenate([contract.loans for contract in contracts] or [np.zeros(0, np.int64)])
        parts = [(contract.principal, contract.interest) for contract in contracts]
        sold = np.concatenate([one for one, _ in parts] or [np.zeros(0, np.int64)])
        owed = np.concatenate([one for _, one in parts] or [np.zeros(0, np.int64)])
        contract_of = np.repeat(numbers, np.array([len(contract.loans) for contract in contracts], np.int64))
        book = self._bank.loans
        yield "ZCZRGXB", table_lines("ZCZRGXB", len(loans), {
            "JRXKZH": self._county.licence, "NBJGH": word_text(codes, book.org[loans]), "ZRHTH": glued("ZR", number_text(contract_of, 8)),
            "XDZCLX": word_text([item.category for item in PRODUCTS], book.product[loans]),
            "XDJJH": glued("JJ", number_text(loans + 1, 10)), "ZRDKBJ": yuan_text(sold), "ZRDKLX": yuan_text(owed), "BBZ": NO_REMARK,
            "CJRQ": compact(day),
        })  # fmt: skip
        yield "LCCPXX", _wealth_products(self._county, day)

    def _keeper(self, customer: np.ndarray) -> dict[str, ArrowText | str]:
        units, org = self._bank.organisations, self._bank.population.org[customer]
        return {"JRXKZH": self._county.licence, "NBJGH": word_text(units.codes, org), "YHJGMC": word_text(units.names, org)}

    def _bills(self, day: int, previous: int) -> ArrowText:
        book, people = self._bank.bills.discounted, self._bank.population
        rows = np.flatnonzero((book.discounted <= day) & (book.matures > previous))
        customer, index = book.customer[rows], pa.array(book.customer[rows])
        return table_lines("PJTXB", len(rows), {
            **self._keeper(customer),
            "XDHTH": glued("PT", number_text(rows + 1, 10)), "XDJJH": glued("PJ", number_text(rows + 1, 10)),
            "PJHM": glued(f"1{self._county.payment_prefix}", number_text(rows * 7_919 + 100_003, 23)), "PJLX": "银行承兑汇票", "BZ": "CNY",
            "PMJE": yuan_text(book.face[rows]), "PJCPRQ": day_text(book.issued[rows]), "PJDQRQ": day_text(book.matures[rows]),
            "CPRMC": people.names.take(pa.array(people.persons + (customer - people.persons + 1) % (people.count - people.persons))),
            "CDRMC": word_text(self._acceptors, rows % len(self._acceptors)), "TXRMC": people.names.take(index),
            "TXRKHTYBH": people.numbers.take(index), "TXRZH": glued("8820", number_text(self._county.customer_serial + customer, 15)),
            "TXRKHHMC": word_text(self._acceptors, customer % len(self._acceptors)),
            "TXJE": yuan_text(book.face[rows] - book.interest[rows]), "TXRQ": day_text(book.discounted[rows]),
            "TXJXTS": number_text(book.matures[rows] - book.discounted[rows]),
            "TXL": percent_text(book.rate[rows]), "TXLX": yuan_text(book.interest[rows]),
            "PJZT": word_text(("未到期", "已兑付"), (book.matures[rows] <= day).astype(np.int32)), "BBZ": NO_REMARK, "CJRQ": compact(day),
        })  # fmt: skip

    def _advances(self, day: int, previous: int) -> ArrowText:
        book, people = self._bank.bills.advances, self._bank.population
        rows = np.flatnonzero((book.repaid == NO_DAY) | (book.repaid > previous))
        index, balance = pa.array(book.customer[rows]), book.balance(day)[rows]
        return table_lines("DKDJB", len(rows), {
            **self._keeper(book.customer[rows]),
            "XDHTH": glued("DK", number_text(rows + 1, 10)), "XDJJH": glued("DJ", number_text(rows + 1, 10)), "DKLX": "银行承兑汇票垫款",
            "YHTBH": glued("CD", number_text(rows + 1, 10)), "BZ": "CNY", "DKJE": yuan_text(book.cents[rows]), "DKYE": yuan_text(balance),
            "KHTYBH": people.numbers.take(index), "KHMC": people.names.take(index), "DKRQ": day_text(book.paid[rows]),
            "DKZT": word_text(("未结清", "结清"), (balance == 0).astype(np.int32)), "BBZ": NO_REMARK, "CJRQ": compact(day),
        })  # fmt: skip


def _wealth_products(county: County, day: int) -> ArrowText:
    """The wealth products that are sold for their issuer."""
    products = [product for product in SOLD if product.is_wealth]
    rise = np.array([product.rise for product in products], np.int64)
    begun = day_number(2024, 9, 1)
    return table_lines("LCCPXX", len(products), {
        "CPDJBM": pa.array([product.code for product in products]), "LCCPDM": pa.array([product.code for product in products]),
        "HNBZM": pa.array([product.code[-6:] for product in products]), "CPMC": pa.array([product.name for product in products]),
        "FXJGDM": _ISSUER_CODE, "JRXKZH": county.licence, "FXJGMC": _ISSUER, "FXJGLX": "理财公司", "CPQC": "1",
        "CPQX": pa.array(["3个月", "1年"]),
        "CPFXDJ": pa.array(["二级（中低）", "二级（中低）"]), "MBKHLX": "个人客户", "ZJTXDQ": "境内", "CPYZMS": "开放式净值型",
        "CPZCPZFS": "资产组合类",
        "CPGLMS": "自主管理", "SJGLR": _ISSUER, "JGXCPGGBD": "无", "HZMS": "无", "HZJGMC": "无",
        "MJBZ": "CNY", "DFBJBZ": "CNY", "DFSYBZ": "CNY",
        "FXJGTQZZQBZ": "是", "KHSHQBZ": "是", "CPZXBZ": "否", "SFWJGHCP": "否", "KFMS": pa.array(["最短持有期", "定期开放"]),
        "MJQSRQ": day_text(np.full(len(products), begun - 14)), "MJJSRQ": day_text(np.full(len(products), begun - 1)),
        "CPQSRQ": compact(begun), "CPZZRQ": "99991231", "CPSJZZRQ": "99991231", "CPZT": "存续", "CPXSQY": PROVINCE, "SFYQTJGDX": "是",
        "CPMJFS": "公募", "CPTZXZ": "固定收益类", "SFWXJGLLLCCP": "否", "YJBJJZXX": percent_text(rise - 3_000),
        "YJBJJZSX": percent_text(rise + 3_000),
        "YJBJJZSM": f"由{county.bank_name}代销，业绩比较基准不构成收益承诺", "BBZ": NO_REMARK, "CJRQ": compact(day),
    })  # fmt: skip
