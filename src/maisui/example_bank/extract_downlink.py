"""The two tables that the province sends down: certificates of customers and the master of demand accounts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from maisui.example_bank.bank import Bank
from maisui.example_bank.deposit_book import CLOSED, CORPORATE, CORPORATE_DEMAND, PERSONAL_DEMAND
from maisui.example_bank.downlink_files import DownlinkFolder
from maisui.example_bank.extract_customers_identity import identity_columns
from maisui.example_bank.extract_deposits import slices
from maisui.example_bank.text_columns import ArrowText, word_text, yuan_text

_ECIF_NAMES = {
    "customer_number": "CUST_NO",
    "customer_name": "CUST_NAME",
    "certificate_type": "CERT_TYPE",
    "certificate_number": "CERT_NO",
    "phone_number": "MOBILE_NO",
}


class DownlinkExtract:
    """Writes both tables of a day, each with everything alive on it."""

    def __init__(self, bank: Bank) -> None:
        """Take the bank whose tables they are."""
        self._bank = bank

    def write(self, folder: DownlinkFolder, day: int) -> None:
        """Write what the province sends of `day`."""
        identities = identity_columns(self._bank, day)
        folder.write("s_ecif_cert_info", "ECIF", day, [{_ECIF_NAMES[name]: column for name, column in identities.items()}])
        folder.write("core_ddmast", "CORE", day, self._demand_accounts())

    def _demand_accounts(self) -> Iterator[dict[str, ArrowText | str]]:
        bank, book = self._bank, self._bank.deposits
        used = slice(0, book.count)
        open_demand = np.isin(book.product[used], (PERSONAL_DEMAND, CORPORATE_DEMAND)) & (book.status[used] != CLOSED)
        for accounts in slices(np.flatnonzero(open_demand)):
            yield {
                "ACCT_NO": bank.county.account_numbers(accounts, CORPORATE[book.product[accounts]]),
                "CCY": "CNY",
                "CUST_NO": bank.population.numbers.take(pa.array(book.customer[accounts])),
                "ORG_NO": word_text(bank.organisations.codes, book.org[accounts]),
                "ACCT_BAL": yuan_text(book.balance[accounts]),
            }
