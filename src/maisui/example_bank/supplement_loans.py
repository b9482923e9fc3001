"""Supplement files at the ends of months: repayment schedule and receipts, and inputs of the supervisory returns."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from maisui.example_bank.bank import Bank
from maisui.example_bank.chart_of_accounts import leaves
from maisui.example_bank.days import compact, day_text
from maisui.example_bank.supplement_files import SupplementFolder
from maisui.example_bank.text_columns import ArrowText, glued, number_text, yuan_text

_EQUITY = ("4001", "4101", "4102", "410401")


class LoanSupplement:
    """Writes the three files of a month end."""

    def __init__(self, bank: Bank) -> None:
        """Take the bank whose loans they are."""
        self._bank = bank

    def write(self, folder: SupplementFolder, day: int) -> None:
        """Write what fell due and was paid since the month before, and the bank's capital as of today."""
        due, paid = self._bank.dues.hand_over(day)
        folder.write(
            "repayment_schedule",
            day,
            {
                "loan_number": glued("JJ", number_text(due["loan"] + 1, 10)),
                "instalment_number": number_text(due["instalment"]),
                "due_on": day_text(due["due_on"]),
                "due_principal_amount": yuan_text(due["principal"]),
                "due_interest_amount": yuan_text(due["interest"]),
            },
        )
        folder.write(
            "repayment_receipt",
            day,
            {
                "loan_number": glued("JJ", number_text(paid["loan"] + 1, 10)),
                "receipt_number": glued("HK", number_text(paid["instalment"], 4)),
                "instalment_number": number_text(paid["instalment"]),
                "received_on": day_text(paid["paid_on"]),
                "principal_amount": yuan_text(paid["principal"]),
                "interest_amount": yuan_text(paid["interest"]),
            },
        )
        folder.write("regulatory_input", day, self._inputs(day))

    def _inputs(self, day: int) -> dict[str, ArrowText]:
        """Capital from the books: equity and the year's result; the rest in plain shares of it and of the loans."""
        balance = self._bank.ledger.balance.sum(axis=0)
        codes = [subject.code for subject in leaves()]
        own = -sum(int(balance[place]) for place, code in enumerate(codes) if code in _EQUITY or code.startswith("6"))
        lent = int(self._bank.loans.balance[: self._bank.loans.count].sum())
        owed = -sum(int(balance[place]) for place, code in enumerate(codes) if code.startswith("2"))
        amounts = {
            "net_capital": own * 112 // 100,
            "tier_one_capital": own,
            "risk_weighted_assets": lent * 85 // 100 + own // 2,
            "liquid_assets": lent * 40 // 100,
            "liquid_liabilities": lent * 70 // 100,
            "core_liabilities": owed * 64 // 100,
            "total_liabilities": owed,
        }
        return {
            "measured_on": pa.array([compact(day)] * len(amounts)),
            "input_code": pa.array(list(amounts)),
            "input_amount": yuan_text(np.array(list(amounts.values()), np.int64)),
        }
