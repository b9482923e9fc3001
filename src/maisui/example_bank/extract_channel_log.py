"""The channel log and the terminals: postings as their channels saw them, with failures, log-ins and other banks' cards."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from itertools import chain

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from maisui.example_bank.bank import Bank
from maisui.example_bank.codes import CHANNEL_WORDS, KIND_WORDS, Channel, Contra, Kind
from maisui.example_bank.county_crossings import LOGGED_FROM, Crossings
from maisui.example_bank.day_rows import Movements
from maisui.example_bank.days import compact, day_number, day_text, is_month_end, second_text
from maisui.example_bank.deposit_book import CORPORATE, PERSONAL_DEMAND
from maisui.example_bank.extract_deposits import serial_text
from maisui.example_bank.merchant_business import merchants_of
from maisui.example_bank.randomness import stream
from maisui.example_bank.simulation import Delivery
from maisui.example_bank.supplement_files import SupplementFolder
from maisui.example_bank.supplement_merchants import POS_TERMINALS, merchant_numbers, placed_terminals, terminal_name
from maisui.example_bank.text_columns import ArrowText, glued, number_text, word_text, yuan_text

_MACHINES = np.array([3, 1, POS_TERMINALS])
_AT_THE_BUSIEST = 2
"""Cash machines of the first outlet, the busiest: one fewer than elsewhere, so that one should move there from where it does not pay."""
_MACHINE_WORDS = ("ATM", "VTM", "POS")
_NEIGHBOURS = ("402540000000", "402541000000")
_STRANGERS = 6_222_000_000_000_000_000
_OTHER_BANKS = 5
_ENQUIRY, _LOG_IN = len(KIND_WORDS), len(KIND_WORDS) + 1
_KINDS = (*KIND_WORDS, "查询", "登录")
_PAYING = (Channel.INTERNET, Channel.MOBILE, Channel.TELEPHONE)
_ERRORS = ("", "51余额不足", "55密码错误", "91超时")
_NOT_OURS = -1

Rows = dict[str, np.ndarray]


def _picked(rows: Rows, chosen: np.ndarray, **changed: np.ndarray | int) -> Rows:
    """Copies of the chosen rows with some columns replaced."""
    taken = {name: values[chosen] for name, values in rows.items()}
    size = len(taken["account"])
    return {name: np.broadcast_to(np.asarray(changed[name]), (size,)) if name in changed else values for name, values in taken.items()}


class ChannelLogExtract:
    """Lines of channel_log and terminal."""

    def __init__(self, bank: Bank) -> None:
        """Place the machines of one bank."""
        self._bank = bank
        outlets = bank.organisations.outlets
        self._merchants = merchants_of(bank)
        self._terminals = [
            (terminal_name(bank.organisations.codes[outlet], word, number), word, int(outlet), kind, number)
            for kind, word in enumerate(_MACHINE_WORDS)
            for outlet in outlets.tolist()
            for number in range(_AT_THE_BUSIEST if word == "ATM" and outlet == outlets[0] else int(_MACHINES[kind]))
        ]
        self._place = np.zeros((len(_MACHINES), bank.organisations.count, int(_MACHINES.max())), np.int64)
        for at, (_, _, outlet, kind, number) in enumerate(self._terminals):
            self._place[kind, outlet, number:] = at + 1

    def write(self, folder: SupplementFolder, delivery: Delivery) -> None:
        """Write the attempts since the last delivery and, at month ends, the list of terminals."""
        if is_month_end(delivery.day):
            self._write_terminals(folder, delivery.day)
        days = [movements for movements in delivery.deposit_movements if len(movements) and int(movements.day[0]) >= LOGGED_FROM]
        if days:
            own = (self._columns(movements, self._attempts(movements)) for movements in days)
            folder.write_batches("channel_log", delivery.day, chain(own, map(self._crossing_columns, delivery.crossings)))

    def _write_terminals(self, folder: SupplementFolder, day: int) -> None:
        codes = self._bank.organisations.codes
        placed = placed_terminals(self._bank, self._merchants, day)
        where = [placed.get((outlet, number), -1) if word == "POS" else -1 for _, word, outlet, _, number in self._terminals]
        numbers = merchant_numbers(self._bank, np.arange(len(self._merchants))).to_pylist()
        folder.write("terminal", day, {
            "terminal_number": [name for name, *_ in self._terminals],
            "terminal_kind": [word for _, word, *_ in self._terminals],
            "organisation_code": [codes[outlet] for _, _, outlet, *_ in self._terminals],
            "is_away": ["是" if number == 2 else "否" for *_, number in self._terminals],
            "merchant_number": [numbers[place] if place >= 0 else "" for place in where],
            "installed_on": [compact(day_number(2020, 1, 1))] * len(self._terminals),
            "retired_on": ["99991231"] * len(self._terminals),
        })  # fmt: skip

    def _attempts(self, movements: Movements) -> Rows:
        """The attempts of one day; `serial` is the position of the posting among the day's movements, or -1."""
        rng = stream(self._bank.seed, "channel log", int(movements.day[0]))
        machine = movements.channel <= Channel.POS
        paying = np.isin(movements.channel, _PAYING) & (movements.amount < 0)
        logged = ((machine & (movements.channel != Channel.COUNTER)) | paying) & (movements.contra != Contra.COUNTY)
        at = np.flatnonzero(logged & ~movements.reversal)
        size = len(at)
        channel = movements.channel[at].astype(np.int64)
        away = (channel == Channel.POS) & (rng.random(size) < 0.35)
        posted: Rows = {
            "account": movements.account[at].astype(np.int64), "serial": at, "second": movements.second[at].astype(np.int64),
            "kind": movements.kind[at].astype(np.int64), "channel": channel, "amount": np.abs(movements.amount[at]),
            "terminal": np.where(away, 0, self._at_machine(channel, movements.handling[at], movements.account[at])),
            "card_bank": np.zeros(size, np.int64), "acquirer": np.where(away, rng.integers(1, _OTHER_BANKS + 1, size), 0),
            "error": np.zeros(size, np.int64), "fee": np.where(away, -50, 0), "session": np.arange(size),
        }  # fmt: skip
        failed = rng.random(size) < 0.04
        failures = _picked(posted, failed, serial=_NOT_OURS, error=rng.integers(1, 4, int(failed.sum())), fee=0)
        entered = np.isin(channel, _PAYING) & (rng.random(size) < 0.5)
        log_ins = _picked(posted, entered, serial=_NOT_OURS, kind=_LOG_IN, amount=0, second=np.maximum(posted["second"][entered] - 30, 0))
        parts = [posted, failures, log_ins, self._strangers(posted, rng)]
        return {name: np.concatenate([part[name] for part in parts]) for name in posted}

    def _at_machine(self, channel: np.ndarray, handling: np.ndarray, account: np.ndarray) -> np.ndarray:
        kind = np.clip(channel - 1, 0, 2)
        return np.where(channel <= Channel.POS, self._place[kind, handling, account % _MACHINES[kind]], 0)

    def _strangers(self, posted: Rows, rng: np.random.Generator) -> Rows:
        """Other banks' cards at our cash machines: withdrawals and enquiries that no posting of ours shows."""
        machines = np.flatnonzero(posted["channel"] == Channel.ATM)
        chosen = machines[rng.random(len(machines)) < 0.18]
        size = len(chosen)
        asks = rng.random(size) < 0.25
        failed = rng.random(size) < 0.05
        return _picked(
            posted, chosen, account=-1 - rng.integers(0, 100_000, size), serial=_NOT_OURS,
            kind=np.where(asks, _ENQUIRY, 1), amount=np.where(asks, 0, rng.integers(1, 31, size) * 10_000),
            card_bank=rng.integers(1, _OTHER_BANKS + 1, size), error=np.where(failed, 3, 0),
            fee=np.where(asks | failed, 0, 300), second=(posted["second"][chosen] + 7) % 86_400,
        )  # fmt: skip

    def _columns(self, movements: Movements, rows: Rows) -> dict[str, ArrowText]:
        bank, size = self._bank, len(rows["account"])
        day = day_text(np.full(size, int(movements.day[0])))
        ours = rows["account"] >= 0
        account = np.maximum(rows["account"], 0)
        product = bank.deposits.product[account]
        carded = ours & (product == PERSONAL_DEMAND) & (rows["channel"] <= Channel.POS)
        number = bank.county.account_numbers(account, CORPORATE[product])
        strangers = number_text(_STRANGERS - rows["account"])
        cards = pc.call_function("if_else", [pa.array(carded), bank.county.debit_card_numbers(account), strangers])
        serials = serial_text(movements, "1")
        posting = pa.array(np.where(rows["serial"] >= 0, rows["serial"], len(movements)))
        terminals = ["", *(name for name, *_ in self._terminals)]
        codes = ["", *(bank.organisations.codes[outlet] for _, _, outlet, *_ in self._terminals)]
        other = bank.county.other_bank_prefix
        bank_codes = (bank.organisations.bank_codes[0], f"{other}000000", f"{other}000001", f"{other}000004", *_NEIGHBOURS)
        return {
            "attempt_number": glued(day, number_text(np.arange(1, size + 1), 8)),
            "attempted_on": day,
            "attempted_time": second_text(rows["second"]),
            "channel": word_text(CHANNEL_WORDS, rows["channel"]),
            "attempt_kind": word_text(_KINDS, rows["kind"]),
            "terminal_number": word_text(terminals, rows["terminal"]),
            "organisation_code": word_text(codes, rows["terminal"]),
            "card_number": pc.call_function("if_else", [pa.array(ours & ~carded), number, cards]),
            "card_bank_code": word_text(bank_codes, rows["card_bank"]),
            "acquirer_bank_code": word_text(bank_codes, rows["acquirer"]),
            "is_successful": word_text(("是", "否"), np.minimum(rows["error"], 1)),
            "error_code": word_text([word[:2] for word in _ERRORS], rows["error"]),
            "attempt_amount": yuan_text(rows["amount"]),
            "fee_amount": yuan_text(rows["fee"]),
            "session_number": glued("S", day, number_text(rows["session"], 8)),
            "transaction_number": pa.concat_arrays([serials, pa.array([""], pa.string())]).take(posting),
        }

    def _crossing_columns(self, crossings: Crossings) -> dict[str, ArrowText]:
        """A day's attempts between two counties: both banks tell the same, the machine's bank its terminal, the card's its posting."""
        home, host, size = crossings.home, crossings.host, len(crossings)
        is_host = host is self._bank
        day = day_text(np.full(size, crossings.day))
        reference = glued(day, f"9{home.county.place}{host.county.place}", number_text(np.arange(1, size + 1), 6))
        blank = pa.repeat("", size)
        posting = glued(day, "1", number_text(crossings.serial, 8))
        return {
            "attempt_number": reference,
            "attempted_on": day,
            "attempted_time": second_text(crossings.second),
            "channel": pa.repeat(CHANNEL_WORDS[Channel.ATM], size),
            "attempt_kind": word_text(_KINDS, np.where(crossings.is_enquiry, _ENQUIRY, int(Kind.WITHDRAW))),
            "terminal_number": self._machines(crossings) if is_host else blank,
            "organisation_code": word_text(host.organisations.codes, crossings.outlet) if is_host else blank,
            "card_number": home.county.debit_card_numbers(crossings.account),
            "card_bank_code": pa.repeat(home.organisations.bank_codes[0], size),
            "acquirer_bank_code": pa.repeat(host.organisations.bank_codes[0], size),
            "is_successful": word_text(("是", "否"), np.minimum(crossings.error, 1)),
            "error_code": word_text([word[:2] for word in _ERRORS], crossings.error),
            "attempt_amount": yuan_text(crossings.cents),
            "fee_amount": yuan_text(crossings.fee if is_host else -crossings.fee),
            "session_number": glued("S", reference),
            "transaction_number": blank if is_host else pc.call_function("if_else", [pa.array(crossings.posted()), posting, blank]),
        }

    def _machines(self, crossings: Crossings) -> ArrowText:
        """The cash machines at which they were made, those of an outlet in turn."""
        at = self._place[Channel.ATM - 1, crossings.outlet, crossings.account % _MACHINES[Channel.ATM - 1]]
        return word_text(["", *(name for name, *_ in self._terminals)], at)
