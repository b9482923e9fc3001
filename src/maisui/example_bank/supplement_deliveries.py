"""What the bank's departments deliver beside EAST, feed by feed."""

from __future__ import annotations

from maisui.example_bank.agency_business import Trades
from maisui.example_bank.bank import Bank
from maisui.example_bank.days import is_month_end
from maisui.example_bank.extract_assignments import AssignmentExtract
from maisui.example_bank.extract_channel_log import ChannelLogExtract
from maisui.example_bank.extract_customers_identity import IdentityExtract
from maisui.example_bank.extract_teller_journal import TellerJournalExtract
from maisui.example_bank.simulation import Delivery
from maisui.example_bank.supplement_departments import DepartmentSupplement
from maisui.example_bank.supplement_files import SupplementFolder
from maisui.example_bank.supplement_loans import LoanSupplement
from maisui.example_bank.supplement_products import ProductSupplement


class SupplementDesk:
    """Writes the supplement feeds of a delivery."""

    def __init__(self, bank: Bank, *, has_downlink: bool) -> None:
        """Prepare the feeds of one bank; what the province sends down no department delivers again."""
        self._identities = IdentityExtract(bank, has_identities=not has_downlink)
        self._assignments = AssignmentExtract(bank)
        self._channel_log = ChannelLogExtract(bank)
        self._teller_journal = TellerJournalExtract(bank)
        self._products = ProductSupplement(bank, has_balances=not has_downlink)
        self._loans = LoanSupplement(bank)
        self._departments = DepartmentSupplement(bank)

    def hand_over(self, folder: SupplementFolder, delivery: Delivery, trades: list[Trades]) -> None:
        """Write the files that are due on the day of a delivery; `trades` are those of agency products since the last one."""
        self._identities.write(folder, delivery.day)
        self._assignments.write(folder, delivery.day)
        self._channel_log.write(folder, delivery)
        self._teller_journal.write(folder, delivery)
        self._products.note(delivery.deposit_movements, trades, delivery.day)
        self._departments.write(folder, delivery.day, delivery.ledger)
        if is_month_end(delivery.day):
            self._products.write(folder, delivery.day)
            self._loans.write(folder, delivery.day)
