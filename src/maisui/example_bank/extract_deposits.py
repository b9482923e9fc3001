"""Tables of deposits: accounts (403, 405) and their movements (404, 406)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from maisui.example_bank import deposit_book
from maisui.example_bank.bank import OUTSIDE_PARTIES, Bank
from maisui.example_bank.chart_of_accounts import leaves
from maisui.example_bank.codes import CHANNEL_WORDS, KIND_WORDS, NO_REMARK, NOTE_WORDS, OWN_CHANNELS, Contra
from maisui.example_bank.county import County
from maisui.example_bank.day_rows import Movements, joined
from maisui.example_bank.days import compact, day_text, second_text
from maisui.example_bank.deposit_book import CLOSED, CORPORATE, PRODUCTS, STATUS_WORDS
from maisui.example_bank.identity import person_names
from maisui.example_bank.own_elsewhere import goes_to_own_account, kept_elsewhere
from maisui.example_bank.randomness import stream
from maisui.example_bank.row_template import Columns, RowTemplate
from maisui.example_bank.text_columns import ArrowText, glued, number_text, percent_text, word_text, yuan_text

_ROWS_AT_ONCE = 250_000


def _other_banks(county: County) -> tuple[str, ...]:
    """The banks with which customers of the county's bank deal."""
    name = county.short_name
    return (f"云川省农业银行{name}支行", f"云川银行{name}支行", f"{name}村镇银行", f"云川邮储银行{name}支行", f"云川建行{name}支行")


def serial_text(movements: Movements, source: str) -> ArrowText:
    """Serial numbers unique over all movements: date, source digit, number within the day."""
    return glued(day_text(movements.day), source, number_text(movements.serial, 8))


def mixed_batches(days: list[Movements], seed: int, wanted: Callable[[Movements], np.ndarray]) -> Iterator[Movements]:
    """Movements in file order: days in order, rows mixed within each day, in batches that fit into memory.

    `wanted` marks the rows to take.
    """
    waiting: list[Movements] = []
    for movements in days:
        rows = np.flatnonzero(wanted(movements))
        if not len(rows):
            continue
        rng = stream(seed, "row order", int(movements.day[0]))
        mixed = movements.chosen(rng.permutation(rows))
        for start in range(0, len(mixed), _ROWS_AT_ONCE):
            waiting.append(mixed.chosen(np.arange(start, min(start + _ROWS_AT_ONCE, len(mixed)))))
            if sum(len(part) for part in waiting) >= _ROWS_AT_ONCE:
                yield joined(waiting)
                waiting = []
    if waiting:
        yield joined(waiting)


def slices(things: np.ndarray) -> Iterator[np.ndarray]:
    """The positions in stretches that fit into memory, at least one so that a file gets its header."""
    for start in range(0, max(len(things), 1), _ROWS_AT_ONCE):
        yield things[start : start + _ROWS_AT_ONCE]


class Counterparties:
    """Texts for the other side of a movement: numbers, names and banks."""

    def __init__(self, bank: Bank) -> None:
        """Draw the outside parties of one bank."""
        self._bank = bank
        outside = person_names(stream(bank.seed, "outside"), OUTSIDE_PARTIES)
        self._kept = kept_elsewhere(bank.population, bank.seed)
        self._names = pa.concat_arrays([pa.array([""]), outside, bank.population.names])
        county = bank.county
        self._banks = ["", county.bank_name, *_other_banks(county)]
        others = range(len(self._banks) - 2)
        self._codes = ["", bank.organisations.bank_codes[0], *(f"{county.other_bank_prefix}{n:06d}" for n in others)]

    def columns(self, movements: Movements) -> Columns:
        """The four 对方 fields of each movement."""
        bank, book, contra = self._bank, self._bank.deposits, movements.contra
        counter = movements.counter.astype(np.int64)
        inside, lent = contra == Contra.INSIDE, contra == Contra.LOAN
        inside, outside = inside & (counter >= 0), contra == Contra.OUTSIDE
        account = np.where(inside, counter, 0)
        loan = np.where(lent, counter, 0)
        known = pa.array(inside | lent | outside)
        payer = book.customer[movements.account].astype(np.int64)
        own = goes_to_own_account(book, self._kept, movements)
        counter = np.where(own, OUTSIDE_PARTIES + payer, counter)
        corporate = CORPORATE[book.product[account]]
        number = bank.county.counter_numbers(np.maximum(counter, 0), inside=inside, corporate=corporate, lent=lent)
        number = pc.call_function("if_else", [known, number, pa.scalar("")])
        owner = np.where(lent, bank.loans.customer[loan], book.customer[account])
        name = np.select([outside, inside | lent], [1 + counter, 1 + OUTSIDE_PARTIES + owner], 0)
        place = np.select([outside, inside | lent], [2 + counter % (len(self._banks) - 2), 1], 0)
        return {
            "DFZH": number,
            "DFHM": self._names.take(pa.array(name)),
            "DFXH": word_text(self._codes, place),
            "DFXM": word_text(self._banks, place),
        }


def movement_columns(bank: Bank, movements: Movements, day: int, counterparties: Counterparties) -> Columns:
    """The fields that 404, 406, 410 and 412 have in common and that differ from row to row."""
    tellers = ["", *bank.staff.teller_codes]
    return {
        "YWBLJGH": word_text(bank.organisations.codes, movements.handling),
        "JYLX": word_text(KIND_WORDS, movements.kind),
        "HXJYRQ": day_text(movements.day),
        "HXJYSJ": second_text(movements.second),
        "JYJE": yuan_text(np.abs(movements.amount)),
        "ZHYE": yuan_text(movements.balance),
        **counterparties.columns(movements),
        "ZY": word_text(NOTE_WORDS, movements.note),
        "CBMBZ": word_text(("正常", "冲补抹"), movements.reversal.astype(np.int32)),
        "XZBZ": word_text(("转", "现"), np.isin(movements.contra, (Contra.CASH, Contra.COUNTY)).astype(np.int32)),
        "JYQD": word_text(CHANNEL_WORDS, movements.channel),
        "JYGYH": word_text(tellers, movements.teller + 1),
        "SQGYH": word_text(tellers, movements.authoriser + 1),
        "CJRQ": compact(day),
    }


def outlet_columns(bank: Bank, org: np.ndarray) -> dict[str, ArrowText | str]:
    """The two fields that name the outlet which keeps an account."""
    return {"NBJGH": word_text(bank.organisations.codes, org), "YHJGMC": word_text(bank.organisations.names, org)}


class _Side:
    """The accounts of persons or of organisations, numbered among themselves."""

    def __init__(self, bank: Bank, corporate: bool) -> None:
        """Prepare the two tables of one side."""
        self._bank = bank
        self.corporate = corporate
        self.positions = np.zeros(0, np.int64)
        self.local = np.zeros(0, np.int64)
        self._addresses = ["", *(f"198.18.{n // 200}.{n % 200 + 1}" for n in range(400))]
        accounts, movements = ("DGCKFHZ", "DGCKFHZMX") if corporate else ("GRCKFHZ", "GRCKFHZMX")
        self.accounts = RowTemplate(accounts, self._account_columns)
        self.movements = RowTemplate(movements, self._owner_columns)

    def learn(self) -> None:
        """Take in the accounts opened since the last call."""
        book = self._bank.deposits
        mine = CORPORATE[book.product[: book.count]] == self.corporate
        self.positions = np.flatnonzero(mine)
        self.local = np.cumsum(mine) - 1
        self.accounts.learn(len(self.positions), self._bank.edition)
        self.movements.learn(len(self.positions), self._bank.edition)

    def _shared(self, accounts: np.ndarray) -> dict[str, ArrowText | str]:
        bank, book = self._bank, self._bank.deposits
        product = book.product[accounts]
        subject = deposit_book.SUBJECTS[product]
        owner = pa.array(book.customer[accounts])
        number = bank.county.account_numbers(accounts, np.full(len(accounts), self.corporate))
        return {
            "JRXKZH": self._bank.county.licence,
            "MXKMBH": word_text([leaf.code for leaf in leaves()], subject),
            "MXKMMC": word_text([leaf.name for leaf in leaves()], subject),
            "KHTYBH": bank.population.numbers.take(owner),
            "ZHMC": bank.population.names.take(owner),
            "DGCKZH" if self.corporate else "GRCKZH": number,
            "BZ": "CNY",
            "BBZ": NO_REMARK,
        }

    def _account_columns(self, local: np.ndarray) -> Columns:
        book = self._bank.deposits
        accounts = self.positions[local]
        product = book.product[accounts]
        return {
            **self._shared(accounts),
            **outlet_columns(self._bank, book.org[accounts]),
            "DGCKZHLX" if self.corporate else "GRCKZHLX": word_text([item.word for item in PRODUCTS], product),
            "BZJZHBZ": word_text(["是" if item.margin else "否" for item in PRODUCTS], product),
            "KHRQ": day_text(book.opened[accounts]),
            "KHGYH": word_text(self._bank.staff.teller_codes, book.teller[accounts]),
            "CHLB": "人民币",
        }

    def _owner_columns(self, local: np.ndarray) -> Columns:
        book = self._bank.deposits
        accounts = self.positions[local]
        shared = self._shared(accounts)
        if self.corporate:
            return {**shared, "WBZH": shared["DGCKZH"], "FY": "", "MACDZ": ""}
        has_card = pa.array(book.product[accounts] == deposit_book.PERSONAL_DEMAND)
        cards = self._bank.county.debit_card_numbers(accounts)
        return {
            **shared,
            "ZJLB": "居民身份证",
            "ZJHM": self._bank.population.certificates.take(pa.array(book.customer[accounts])),
            "WBZH": pc.call_function("if_else", [has_card, cards, shared["GRCKZH"]]),
            "FY": "",
            "MACDZ": "",
            "DBRXM": "",
            "DBRZJLB": "",
            "DBRZJHM": "",
        }

    def owns(self, movements: Movements) -> np.ndarray:
        """Which of the movements are on accounts of this side."""
        return CORPORATE[self._bank.deposits.product[movements.account]] == self.corporate

    def live(self, previous: int) -> np.ndarray:
        """Accounts open now and those closed since `previous`."""
        book, accounts = self._bank.deposits, self.positions
        return accounts[(book.status[accounts] != CLOSED) | (book.closed[accounts] > previous)]

    def snapshot(self, accounts: np.ndarray, day: int) -> ArrowText:
        """Lines of 403 or 405 as of the evening of `day`."""
        book = self._bank.deposits
        return self.accounts.lines(
            self.local[accounts],
            {
                "LL": percent_text(book.rate[accounts]),
                "CKYE": yuan_text(book.balance[accounts]),
                "SCDHRQ": day_text(book.moved[accounts]),
                "XHRQ": day_text(book.closed[accounts]),
                "ZHZT": word_text(STATUS_WORDS, book.status[accounts]),
                "CJRQ": compact(day),
            },
        )

    def movement_lines(self, movements: Movements, day: int, counterparties: Counterparties) -> ArrowText:
        """Lines of movements on accounts of this side."""
        own = np.isin(movements.channel, OWN_CHANNELS)
        columns = {
            **movement_columns(self._bank, movements, day, counterparties),
            **outlet_columns(self._bank, self._bank.closing.kept_at(self._bank.deposits, movements.account, movements.day)),
            "JYXLH": serial_text(movements, "1"),
            "JYJDBZ": word_text(("借", "贷"), (movements.amount > 0).astype(np.int32)),
            "IPDZ": word_text(self._addresses, np.where(own, 1 + movements.account % 400, 0)),
        }
        return self.movements.lines(self.local[movements.account], columns)


class DepositExtract:
    """Lines of 403–406."""

    def __init__(self, bank: Bank, counterparties: Counterparties) -> None:
        """Prepare the four tables for one bank."""
        self._bank = bank
        self._counterparties = counterparties
        self._sides = {"GRCKFHZ": _Side(bank, False), "DGCKFHZ": _Side(bank, True)}

    def lines(self, days: list[Movements], day: int, previous: int) -> Iterator[tuple[str, Iterator[ArrowText]]]:
        """Tables and the batches of their lines, movements mixed within their day."""
        for table, side in self._sides.items():
            side.learn()
            yield table, (side.snapshot(part, day) for part in slices(side.live(previous)))
            batches = mixed_batches(days, self._bank.seed, side.owns)
            yield f"{table}MX", (side.movement_lines(part, day, self._counterparties) for part in batches)
