"""What the bank's departments deliver beside EAST, feed by feed."""

from __future__ import annotations

from maisui.example_bank.agency_business import Trades
from maisui.example_bank.bank import Bank
from maisui.example_bank.card_business import CardRows
from maisui.example_bank.days import is_month_end
from maisui.example_bank.extract_assignments import AssignmentExtract
from maisui.example_bank.extract_channel_log import ChannelLogExtract
from maisui.example_bank.extract_customers_identity import IdentityExtract
from maisui.example_bank.extract_teller_journal import TellerJournalExtract
from maisui.example_bank.simulation import Delivery
from maisui.example_bank.supplement_budgets import Budgets
from maisui.example_bank.supplement_departments import DepartmentSupplement
from maisui.example_bank.supplement_files import SupplementFolder
from maisui.example_bank.supplement_loans import LoanSupplement
from maisui.example_bank.supplement_merchants import MerchantTakings
from maisui.example_bank.supplement_prices import PriceSupplement
from maisui.example_bank.supplement_products import ProductSupplement
from maisui.example_bank.supplement_reports import ReportedFigures
from maisui.example_bank.supplement_service import Complaints, Consents, QueueTickets
from maisui.example_bank.supplement_targets import Targets


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
        self._prices = PriceSupplement(bank)
        self._tickets = QueueTickets(bank)
        self._monthly = (Complaints(bank), Consents(bank))
        self._targets = Targets(bank)
        self.merchants = MerchantTakings(bank)
        self._budgets = Budgets(bank)
        self.reports = ReportedFigures(bank)

    def hand_over(self, folder: SupplementFolder, delivery: Delivery, trades: list[Trades], cards: list[CardRows]) -> None:
        """Write the files that are due on the day of a delivery; `trades` of agency products and `cards` since the last one."""
        self._identities.write(folder, delivery.day)
        self._assignments.write(folder, delivery.day)
        self._channel_log.write(folder, delivery)
        self._teller_journal.write(folder, delivery)
        self._prices.write(folder, delivery)
        self._tickets.write(folder, delivery)
        self._targets.write(folder, delivery.day)
        self.merchants.write(folder, delivery.day)
        self._budgets.write(folder, delivery.day)
        self.reports.write(folder, delivery.day)
        self._products.note(delivery, trades, cards)
        self._departments.write(folder, delivery.day, delivery.ledger)
        if is_month_end(delivery.day):
            self._products.write(folder, delivery.day)
            self._loans.write(folder, delivery.day)
            for feed in self._monthly:
                feed.write(folder, delivery.day)
