"""Tables of loans: accounts (409, 411), movements (410, 412), contracts (501) and receipts (503, 504)."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from maisui.example_bank import loan_book
from maisui.example_bank.bank import Bank
from maisui.example_bank.chart_of_accounts import leaves
from maisui.example_bank.codes import FIVE_CLASSES, NO_REMARK
from maisui.example_bank.county import CITY
from maisui.example_bank.day_rows import Movements
from maisui.example_bank.days import NO_DAY, compact, day_text
from maisui.example_bank.deposit_book import YEAR_UNITS
from maisui.example_bank.extract_deposits import (
    Counterparties,
    mixed_batches,
    movement_columns,
    outlet_columns,
    serial_text,
    slices,
)
from maisui.example_bank.loan_book import CORPORATE, NON_ACCRUAL_DAYS, OPEN, PRODUCTS, WRITTEN_OFF
from maisui.example_bank.population import Segment
from maisui.example_bank.row_template import Columns, RowTemplate
from maisui.example_bank.text_columns import ArrowText, glued, number_text, percent_text, word_text, yes_no, yuan_text

_REPAYMENT = ("按月", "按季", "按月", "其他-到期一次还本")
_INTEREST = ("按月结息", "按季结息", "按月结息", "利随本清")
_INCLUSIVE_LIMIT = 1_000_000_000


def _contract_numbers(loans: np.ndarray) -> ArrowText:
    return glued("HT", number_text(loans + 1, 10))


def _receipt_numbers(loans: np.ndarray) -> ArrowText:
    return glued("JJ", number_text(loans + 1, 10))


class _Side:
    """The loans of persons or of organisations, numbered among themselves."""

    def __init__(self, bank: Bank, corporate: bool) -> None:
        """Prepare the three tables of one side."""
        self._bank = bank
        self.corporate = corporate
        self.positions = np.zeros(0, np.int64)
        self.local = np.zeros(0, np.int64)
        names = ("DGXDFHZ", "DGXDFHZMX", "DGXDYWJJB") if corporate else ("GRXDFHZ", "GRXDFHZMX", "GRXDYWJJB")
        self.accounts = RowTemplate(names[0], self._account_columns)
        self.movements = RowTemplate(names[1], self._owner_columns)
        self.receipts = RowTemplate(names[2], self._receipt_columns)

    def learn(self) -> None:
        """Take in the loans granted since the last call."""
        book = self._bank.loans
        mine = CORPORATE[book.product[: book.count]] == self.corporate
        self.positions = np.flatnonzero(mine)
        self.local = np.cumsum(mine) - 1
        for template in (self.accounts, self.movements, self.receipts):
            template.learn(len(self.positions), self._bank.edition)

    def _shared(self, loans: np.ndarray) -> dict[str, ArrowText | str]:
        bank, book = self._bank, self._bank.loans
        subject = loan_book.SUBJECTS[book.product[loans]]
        owner = pa.array(book.customer[loans])
        return {
            "JRXKZH": self._bank.county.licence,
            "MXKMBH": word_text([leaf.code for leaf in leaves()], subject),
            "MXKMMC": word_text([leaf.name for leaf in leaves()], subject),
            "KHTYBH": bank.population.numbers.take(owner),
            "DKFHZH": bank.county.loan_account_numbers(loans),
            "XDJJH": _receipt_numbers(loans),
            "BZ": "CNY",
            "BBZ": NO_REMARK,
        }

    def _names(self, loans: np.ndarray) -> ArrowText:
        return self._bank.population.names.take(pa.array(self._bank.loans.customer[loans]))

    def _certificates(self, loans: np.ndarray) -> dict[str, ArrowText | str]:
        if self.corporate:
            return {}
        owner = pa.array(self._bank.loans.customer[loans])
        return {"ZJLB": "居民身份证", "ZJHM": self._bank.population.certificates.take(owner)}

    def _account_columns(self, local: np.ndarray) -> Columns:
        book, loans = self._bank.loans, self.positions[local]
        rate = "SJLL" if self.corporate else "DKLL"
        return {
            **self._shared(loans),
            **outlet_columns(self._bank, book.org[loans]),
            "ZHMC": self._names(loans),
            "XDHTH": _contract_numbers(loans),
            rate: percent_text(book.rate[loans]),
            "DKJE": yuan_text(book.amount[loans]),
            "FFRQ": day_text(book.started[loans]),
            "DQRQ": day_text(book.matures[loans]),
            "KHRQ": day_text(book.started[loans]),
        }

    def _owner_columns(self, local: np.ndarray) -> Columns:
        loans = self.positions[local]
        agent = {} if self.corporate else {"DBRXM": "", "DBRZJLB": "", "DBRZJHM": ""}
        return {**self._shared(loans), "ZHMC": self._names(loans), **self._certificates(loans), **agent}

    def _receipt_columns(self, local: np.ndarray) -> Columns:
        bank, book, loans = self._bank, self._bank.loans, self.positions[local]
        product, customer = book.product[loans], book.customer[loans]
        words = {
            "XDYWZL": [item.category for item in PRODUCTS],
            "JJDKYT": [item.purpose for item in PRODUCTS],
            "DKTXHY": [item.industry for item in PRODUCTS],
            "HKFS": [_REPAYMENT[item.style] if item.step != 3 else "按季" for item in PRODUCTS],
            "JXFS": [_INTEREST[item.style] if item.step != 3 else "按季结息" for item in PRODUCTS],
        }
        account = bank.county.account_numbers(bank.demand_of[customer], np.full(len(loans), self.corporate))
        segment = bank.population.segment[customer]
        rural = np.isin(segment, (Segment.FARMER, Segment.COOPERATIVE)) | np.isin(product, (0, 1))
        small = (np.isin(segment, (Segment.MICRO, Segment.FIRM)) | (product == 4)) & (book.amount[loans] <= _INCLUSIVE_LIMIT)
        return {
            **self._shared(loans),
            **outlet_columns(bank, book.org[loans]),
            **self._certificates(loans),
            **{field: word_text(choice, product) for field, choice in words.items()},
            "KHMC": self._names(loans),
            "XDHTH": _contract_numbers(loans),
            "DKFFLX": "新增",
            "FKFS": word_text(("自主支付", "受托支付"), (book.amount[loans] > 30_000_000).astype(np.int32)),
            "DKJE": yuan_text(book.amount[loans]),
            "ZQS": number_text(book.periods[loans]),
            "ZQCS": "0",
            "DKFFRQ": day_text(book.started[loans]),
            "DKDQRQ": day_text(book.matures[loans]),
            "SBXDJJH": "",
            "DKRZZH": account,
            "DKRZHM": self._names(loans),
            "RZZHSSHMC": self._bank.county.bank_name,
            "LLLX": "LPR",
            "SJLL": percent_text(book.rate[loans]),
            "HKZH": account,
            "HKZHSSHMC": self._bank.county.bank_name,
            "DKTXDQ": CITY,
            "SFHLWDK": "否",
            "SFLSDK": "否",
            "SFSNDK": yes_no(rural),
            "SFPHXSNDK": yes_no(rural & (book.amount[loans] <= _INCLUSIVE_LIMIT // 2)),
            "SFPHXXWQYDK": yes_no(small),
            "SFKJDK": "否",
            "XDYGH": word_text(bank.staff.credit_numbers, book.officer[loans]),
        }

    def owns(self, movements: Movements) -> np.ndarray:
        """Which of the movements are on loans of this side."""
        return CORPORATE[self._bank.loans.product[movements.account]] == self.corporate

    def live(self, previous: int) -> np.ndarray:
        """Loans open now or ended since `previous`."""
        return live_loans(self._bank, self.positions, previous)

    def account_lines(self, loans: np.ndarray, day: int) -> ArrowText:
        """Lines of 409 or 411."""
        book = self._bank.loans
        return self.accounts.lines(
            self.local[loans],
            {
                "DKYE": yuan_text(book.balance[loans]),
                "XHRQ": day_text(book.closed[loans]),
                "DKZT": self._state_words(loans),
                "ZHZT": word_text(("正常", "销户"), (book.status[loans] != OPEN).astype(np.int32)),
                "CJRQ": compact(day),
            },
        )

    def _state_words(self, loans: np.ndarray) -> ArrowText:
        book = self._bank.loans
        status = book.status[loans]
        late = (book.principal_since[loans] != NO_DAY) | (book.interest_since[loans] != NO_DAY)
        state = np.select([status == WRITTEN_OFF, status != OPEN, late], [3, 2, 1], 0)
        return word_text(("正常", "逾期", "结清", "核销"), state)

    def receipt_lines(self, loans: np.ndarray, day: int) -> ArrowText:
        """Lines of 503 or 504."""
        book = self._bank.loans
        past = book.days_past_due(loans, day)
        is_open = book.status[loans] == OPEN
        interest = np.where(is_open, book.overdue_interest[loans], 0)
        on_book = past <= NON_ACCRUAL_DAYS
        due = book.next_due[loans]
        ahead = np.where(is_open & (due != NO_DAY), due - day, 0)
        coming = (book.accrued[loans] + book.balance[loans] * book.rate[loans] * ahead + YEAR_UNITS // 2) // YEAR_UNITS
        principal = np.where(is_open, book.scheduled_principal(loans, due), 0)
        classes = np.where(is_open, book.classes(loans, day), np.where(book.status[loans] == WRITTEN_OFF, 4, 0))
        return self.receipts.lines(
            self.local[loans],
            {
                "DKYE": yuan_text(book.balance[loans]),
                "DKWJFL": word_text(FIVE_CLASSES, classes),
                "DQQS": number_text(np.minimum(book.period[loans] + 1, book.periods[loans])),
                "ZJRQ": day_text(book.closed[loans]),
                "QBJE": yuan_text(np.where(is_open, book.overdue_principal[loans], 0)),
                "QBRQ": day_text(np.where(is_open, book.principal_since[loans], NO_DAY)),
                "BNQXYE": yuan_text(np.where(on_book, interest, 0)),
                "BWQXYE": yuan_text(np.where(on_book, 0, interest)),
                "QXRQ": day_text(np.where(is_open, book.interest_since[loans], NO_DAY)),
                "LXQKQS": number_text(book.streak[loans]),
                "LJQKQS": number_text(book.misses[loans]),
                "XQHKRQ": day_text(due),
                "XQYHBJ": yuan_text(principal),
                "XQYHLX": yuan_text(np.where(is_open, coming, 0)),
                "DKZT": self._state_words(loans),
                "CJRQ": compact(day),
            },
        )

    def movement_lines(self, movements: Movements, day: int, counterparties: Counterparties) -> ArrowText:
        """Lines of movements on loans of this side."""
        columns = {
            **movement_columns(self._bank, movements, day, counterparties),
            **outlet_columns(self._bank, self._bank.closing.kept_at(self._bank.loans, movements.account, movements.day)),
            "JYXLH": serial_text(movements, "2"),
            "JYJDBZ": word_text(("贷", "借"), (movements.amount > 0).astype(np.int32)),
        }
        return self.movements.lines(self.local[movements.account], columns)


def live_loans(bank: Bank, loans: np.ndarray, previous: int) -> np.ndarray:
    """Those of `loans` that are open now or have ended since `previous`."""
    book = bank.loans
    return loans[(book.status[loans] == OPEN) | (book.closed[loans] > previous)]


class LoanExtract:
    """Lines of 409–412, 501, 503 and 504."""

    def __init__(self, bank: Bank, counterparties: Counterparties) -> None:
        """Prepare the seven tables for one bank."""
        self._bank = bank
        self._counterparties = counterparties
        self._sides = (_Side(bank, False), _Side(bank, True))
        self._contracts = RowTemplate("XDHTB", self._contract_columns)

    def _contract_columns(self, loans: np.ndarray) -> Columns:
        bank, book = self._bank, self._bank.loans
        product, owner = book.product[loans], pa.array(book.customer[loans])
        return {
            "JRXKZH": self._bank.county.licence,
            "NBJGH": word_text(bank.organisations.codes, book.org[loans]),
            "KHTYBH": bank.population.numbers.take(owner),
            "KHMC": bank.population.names.take(owner),
            "XDHTH": _contract_numbers(loans),
            "ZHTH": _contract_numbers(loans),
            "HTMC": word_text([f"{item.name}合同" for item in PRODUCTS], product),
            "XDYWZL": word_text([item.category for item in PRODUCTS], product),
            "BZ": "CNY",
            "HTJE": yuan_text(book.amount[loans]),
            "HTQSRQ": day_text(book.started[loans]),
            "HTDQRQ": day_text(book.matures[loans]),
            "DBLX": word_text([item.guarantee for item in PRODUCTS], product),
            "HTDKYT": word_text([item.purpose for item in PRODUCTS], product),
            "KHJLGH": word_text(bank.staff.numbers, book.officer[loans]),
            "BBZ": NO_REMARK,
        }

    def lines(self, days: list[Movements], day: int, previous: int) -> Iterator[tuple[str, Iterator[ArrowText]]]:
        """Tables and the batches of their lines, movements mixed within their day."""
        book = self._bank.loans
        for side in self._sides:
            side.learn()
            loans = side.live(previous)
            yield side.accounts.table, (side.account_lines(part, day) for part in slices(loans))
            yield side.receipts.table, (side.receipt_lines(part, day) for part in slices(loans))
            batches = mixed_batches(days, self._bank.seed, side.owns)
            yield side.movements.table, (side.movement_lines(part, day, self._counterparties) for part in batches)
        self._contracts.learn(book.count, self._bank.edition)
        loans = live_loans(self._bank, np.arange(book.count), previous)
        yield self._contracts.table, (self._contract_lines(part, day) for part in slices(loans))

    def _contract_lines(self, loans: np.ndarray, day: int) -> ArrowText:
        ended = self._bank.loans.status[loans] != OPEN
        return self._contracts.lines(loans, {"HTZT": word_text(("有效", "终结"), ended.astype(np.int32)), "CJRQ": compact(day)})
