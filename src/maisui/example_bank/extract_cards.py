"""Tables of cards and merchants: debit cards (301), passbooks (302), merchants (303), credit cards (801–804)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from maisui.example_bank import deposit_book
from maisui.example_bank.bank import Bank
from maisui.example_bank.card_business import CARD_KINDS, INSTALMENT_FEE, OVERDRAFTS, PURCHASE, CardRows, InstalmentPlans
from maisui.example_bank.codes import FIVE_CLASSES, NO_REMARK
from maisui.example_bank.days import NO_DAY, compact, day_text, second_text
from maisui.example_bank.deposit_book import CLOSED, CORPORATE, PERSONAL_DEMAND
from maisui.example_bank.extract_deposits import slices
from maisui.example_bank.merchant_business import merchants_of, merchants_since
from maisui.example_bank.supplement_merchants import merchant_numbers, placed_terminals, terminal_name, trading_merchants
from maisui.example_bank.table_lines import table_lines
from maisui.example_bank.text_columns import ArrowText, glued, number_text, percent_text, word_text, yuan_text

_MEDIUM_STATES = ("正常", "冻结", "冻结", "注销", "睡眠")
_SLEEPING = 4


class CardExtract:
    """Lines of 301–303 and 801–804."""

    def __init__(self, bank: Bank) -> None:
        """Choose the merchants of one bank."""
        self._bank = bank
        self._county = bank.county
        self._merchants = merchants_of(bank)
        self._last_monthly = bank.calendar.first_day - 1
        self._serial = 0

    def monthly_lines(self, day: int) -> Iterator[tuple[str, Iterator[ArrowText]]]:
        """Tables that change rarely and the batches of their lines: 301, 302, 303 and 801, delivered at the ends of months."""
        yield "JJKXXB", (self._debit_cards(part, day) for part in slices(self._media(True)))
        yield "CZXXB", (self._passbooks(part, day) for part in slices(self._media(False)))
        yield "SDSHXXB", iter([self._merchant_lines(day)])
        yield "XYKXXB", iter([self._credit_cards(day)])
        self._last_monthly = day

    def lines(self, day: int) -> Iterator[tuple[str, ArrowText]]:
        """Tables of every delivery: 802, 803 and 804."""
        rows, plans = self._bank.cards.take()
        yield "XYKJYMXB", self._transactions({name: _column(rows, name) for name in _ROW_FIELDS}, day)
        yield "XYKSXQKB", self._accounts(day)
        yield "XYKFQYWB", self._instalments(_column(plans, "account"), _column(plans, "day"), _column(plans, "cents"), day)

    def _owner(self, customer: np.ndarray, outlet: np.ndarray) -> dict[str, ArrowText | str]:
        bank, index = self._bank, pa.array(customer)
        return {
            "JRXKZH": self._county.licence,
            "NBJGH": word_text(bank.organisations.codes, outlet),
            "KHTYBH": bank.population.numbers.take(index),
            "KHMC": bank.population.names.take(index),
            "ZJLB": "居民身份证",
            "ZJHM": bank.population.certificates.take(index),
            "BBZ": NO_REMARK,
        }

    def _media(self, is_demand: bool) -> np.ndarray:
        book = self._bank.deposits
        product, accounts = book.product[: book.count], np.arange(book.count)
        fits = (product == PERSONAL_DEMAND) if is_demand else ~CORPORATE[product] & (product != PERSONAL_DEMAND)
        shown = (book.status[: book.count] != CLOSED) | (book.closed[: book.count] > self._last_monthly)
        return accounts[fits & shown]

    def _states(self, accounts: np.ndarray, day: int) -> ArrowText:
        book = self._bank.deposits
        asleep = (book.status[accounts] == deposit_book.NORMAL) & (book.moved[accounts] < day - 365)
        return word_text(_MEDIUM_STATES, np.where(asleep, _SLEEPING, book.status[accounts]))

    def _debit_cards(self, accounts: np.ndarray, day: int) -> ArrowText:
        bank, book = self._bank, self._bank.deposits
        return table_lines("JJKXXB", len(accounts), {
            **self._owner(book.customer[accounts], book.org[accounts]),
            "KH": self._county.debit_card_numbers(accounts),
            "HQCKZH": self._county.account_numbers(accounts, np.zeros(len(accounts), bool)),
            "JJKCPMC": word_text(("麦穗借记卡", "麦穗社保卡", "麦穗惠农卡"), accounts % 3),
            "XNKBZ": "否",
            "YGKBZ": "否",
            "KKRQ": day_text(book.opened[accounts]),
            "KKGYH": word_text(bank.staff.teller_codes, book.teller[accounts]),
            "KPZT": self._states(accounts, day),
            "CJRQ": compact(day),
        })  # fmt: skip

    def _passbooks(self, accounts: np.ndarray, day: int) -> ArrowText:
        bank, book = self._bank, self._bank.deposits
        large = book.product[accounts] == deposit_book.LARGE_CERTIFICATE
        return table_lines("CZXXB", len(accounts), {
            **self._owner(book.customer[accounts], book.org[accounts]),
            "CZH": self._county.passbook_numbers(accounts),
            "HQCKZH": self._county.account_numbers(accounts, np.zeros(len(accounts), bool)),
            "CZLX": word_text(("存单", "大额定期存单"), large.astype(np.int32)),
            "YGBZ": "否",
            "QYRQ": day_text(book.opened[accounts]),
            "QYGYH": word_text(bank.staff.teller_codes, book.teller[accounts]),
            "CZZT": self._states(accounts, day),
            "CJRQ": compact(day),
        })  # fmt: skip

    def _merchant_terminals(self, day: int) -> tuple[np.ndarray, ArrowText]:
        """Return each merchant, as often as terminals stand with him, and their numbers; who has none of an outlet's has his own."""
        codes = self._bank.organisations.codes
        placed = placed_terminals(self._bank, self._merchants, day)
        lines = [(place, terminal_name(codes[outlet], "POS", number)) for (outlet, number), place in placed.items()]
        rest = np.setdiff1d(trading_merchants(self._bank, self._merchants, day), [place for place, _ in lines])
        lines += zip(rest.tolist(), glued("T", number_text(rest, 7)).to_pylist(), strict=True)
        lines.sort()
        return np.array([place for place, _ in lines], np.int64), pa.array([name for _, name in lines], pa.string())

    def _merchant_lines(self, day: int) -> ArrowText:
        bank, people = self._bank, self._bank.population
        since = merchants_since(bank, self._merchants)
        there, terminals = self._merchant_terminals(day)
        owner = self._merchants[there]
        account = bank.demand_of[owner]
        names = people.names.take(pa.array(owner))
        return table_lines("SDSHXXB", len(owner), {
            "JRXKZH": self._county.licence,
            "NBJGH": word_text(bank.organisations.codes, people.org[owner]),
            "SHBH": merchant_numbers(bank, there),
            "SHMC": names,
            "SFPOS": "是",
            "ZDH": terminals,
            "SHMCCM": "5411",
            "SHMCCMC": "杂货店及超市",
            "SHDQ": self._county.full_name,
            "QSZH": self._county.account_numbers(account, CORPORATE[bank.deposits.product[account]]),
            "QSZHLX": word_text(("个人账户", "对公账户"), CORPORATE[bank.deposits.product[account]].astype(np.int32)),
            "QSZHMC": names,
            "QSZHKHHMC": self._county.bank_name,
            "QXRQ": day_text(since[there]),
            "SXRQ": "99991231",
            "SHZT": "正常",
            "BBZ": NO_REMARK,
            "CJRQ": compact(day),
        })  # fmt: skip

    def _outlet_names(self, customer: np.ndarray) -> ArrowText:
        return word_text(self._bank.organisations.names, self._bank.population.org[customer])

    def _credit_cards(self, day: int) -> ArrowText:
        book, people = self._bank.cards, self._bank.population
        there = np.arange(book.open_by(day))
        owner = book.customer[there]
        number = self._county.credit_card_numbers(there)
        return table_lines("XYKXXB", len(there), {
            **self._owner(owner, people.org[owner]),
            "YHJGMC": self._outlet_names(owner),
            "XYKZH": self._county.card_account_numbers(there), "ZHZT": "正常", "KH": number,
            "KPMC": "麦穗信用卡", "KPZL": "普通卡", "KPJB": "金卡", "KZZMC": "银联", "FKQD": "柜面",
            "KKRQ": day_text(book.opened[there]), "KPZT": "正常", "FSKBZ": "否", "ZKH": number,
            "DBLX": "信用", "NFBZ": "否", "BBXYED": yuan_text(book.limit[there]),
            "BBSXYE": yuan_text(book.limit[there] - book.overdraft[there]),
            "WBXYED": "0.00", "WBSXYE": "0.00", "ZHDHJYRQ": day_text(book.moved[there]), "XKRQ": "99991231", "CJRQ": compact(day),
        })  # fmt: skip

    def _accounts(self, day: int) -> ArrowText:
        book, people = self._bank.cards, self._bank.population
        there = np.arange(book.open_by(day))
        owner = book.customer[there]
        return table_lines("XYKSXQKB", len(there), {
            **self._owner(owner, people.org[owner]),
            "YHJGMC": self._outlet_names(owner),
            "XYKZH": self._county.card_account_numbers(there), "ZHZT": "正常", "BZ": "CNY", "ZHYE": yuan_text(-book.overdraft[there]),
            "ZSXEDSX": yuan_text(book.limit[there]), "YJXJSXED": yuan_text(book.limit[there] // 2),
            "DQSXED": yuan_text(book.limit[there]), "QZLSED": "0.00", "TZJE": yuan_text(book.overdraft[there]),
            "QZFQYE": yuan_text(book.instalment[there]), "DJYE": "0.00", "DQSXYE": yuan_text(book.limit[there] - book.overdraft[there]),
            "YQJE": yuan_text(book.overdue[there]), "YQRQ": day_text(book.overdue_since[there]), "YSXF": "0.00",
            "WJFL": word_text(FIVE_CLASSES, book.classes(there, day)),
            "CSBZ": word_text(("否", "是"), (book.overdue_since[there] != NO_DAY).astype(np.int32)), "CJRQ": compact(day),
        })  # fmt: skip

    def _transactions(self, rows: dict[str, np.ndarray], day: int) -> ArrowText:
        book, people = self._bank.cards, self._bank.population
        account, kind = rows["account"].astype(np.int64), rows["kind"].astype(np.int64)
        owner = book.customer[account]
        buys = kind == PURCHASE
        merchant = np.where(buys & (rows["cents"] % 3 == 0), rows["cents"] % max(len(self._merchants), 1), -1)
        numbers = glued(self._county.merchant_prefix, number_text(np.maximum(merchant, 0), 8))
        serial = self._serial + 1 + np.arange(len(account))
        self._serial += len(account)
        return table_lines("XYKJYMXB", len(account), {
            **self._owner(owner, people.org[owner]),
            "YHJGMC": self._outlet_names(owner),
            "JYXLH": glued("C", number_text(serial, 12)), "MXKMBH": OVERDRAFTS, "MXKMMC": "信用卡透支",
            "XYKZH": self._county.card_account_numbers(account), "KH": self._county.credit_card_numbers(account),
            "KPJYLX": word_text(CARD_KINDS, kind),
            "JYJDBZ": word_text(("贷", "借"), (rows["cents"] > 0).astype(np.int32)), "HXJYRQ": day_text(rows["day"]),
            "HXJYSJ": second_text(rows["second"]), "BZ": "CNY", "JYJE": yuan_text(np.abs(rows["cents"])),
            "ZHYE": yuan_text(-rows["overdraft"]),
            "SHBH": pc.call_function("if_else", [pa.array(merchant >= 0), numbers, pa.scalar("")]), "ZY": word_text(CARD_KINDS, kind),
            "XSXXJYBZ": word_text(("线上", "线下"), (merchant >= 0).astype(np.int32)), "SXFBZ": "CNY",
            "SXFJE": yuan_text(np.where(kind == INSTALMENT_FEE, rows["cents"], 0)), "JYZDRQ": "99991231", "ZCHKRQ": "99991231",
            "FQFKBZ": "否", "JYQD": word_text(("其他-批量", "第三方支付-快捷", "POS"), np.where(merchant >= 0, 2, buys.astype(np.int64))),
            "CJRQ": compact(day),
        })  # fmt: skip

    def _instalments(self, account: np.ndarray, agreed: np.ndarray, cents: np.ndarray, day: int) -> ArrowText:
        book, people = self._bank.cards, self._bank.population
        account = account.astype(np.int64)
        owner = book.customer[account]
        return table_lines("XYKFQYWB", len(account), {
            **self._owner(owner, people.org[owner]),
            "YHJGMC": self._outlet_names(owner),
            "FQYWBH": glued("F", day_text(agreed), number_text(account, 8)), "XYKZH": self._county.card_account_numbers(account),
            "FQJYLX": "账单分期", "FQYWLX": "账单分期", "BLFQRQ": day_text(agreed), "BLFQSJ": "221320", "BZ": "CNY",
            "FQZED": yuan_text(book.limit[account]),
            "KYFQED": yuan_text(np.maximum(book.limit[account] - book.instalment[account], 0)), "FQJE": yuan_text(cents),
            "GXHFQBZ": "否", "FQLL": percent_text(np.full(len(account), 72_000)), "FQQS": "6", "CJRQ": compact(day),
        })  # fmt: skip


_ROW_FIELDS = ("account", "day", "second", "kind", "cents", "overdraft")


def _column(parts: list[CardRows] | list[InstalmentPlans], name: str) -> np.ndarray:
    """One column of several days together."""
    return np.concatenate([getattr(part, name) for part in parts] or [np.zeros(0, np.int64)]).astype(np.int64)
