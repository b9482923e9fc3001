"""Figures of the channel log, each on drawn marts against figures computed by hand."""

from decimal import Decimal

ATTEMPTS = """
    channel_code | transaction_type | agency_code           | agency_level | business_date | is_financial | attempt_count | success_count | success_amount
    -------------+------------------+-----------------------+--------------+---------------+--------------+---------------+---------------+---------------
    atm          | cash_withdrawal  | acquiring_for_others  | union        | 2026-05-31    | yes          | 50            | 50            | 5000.00
    atm          | cash_withdrawal  | acquiring_for_others  | union        | 2026-06-01    | yes          | 5             | 4             | 400.00
    atm          | cash_withdrawal  | acquiring_for_others  | other_bank   | 2026-06-02    | yes          | 2             | 2             | 60.00
    atm          | enquiry          | acquiring_for_others  | other_bank   | 2026-06-02    | no           | 9             | 9             | 0.00
    pos          | purchase         | issued_used_elsewhere | other_bank   | 2026-06-30    | yes          | 4             | 3             | 30.30
    mobile_bank  | transfer         | own_at_own            | same_outlet  | 2026-06-30    | yes          | 5             | 3             | 70.00
"""


def test_others_cards_here_and_ours_elsewhere(bank, figure) -> None:
    """4 + 2 withdrawals of others here and 3 purchases of ours elsewhere; enquiries move no money."""
    bank.draw(channel_attempt_day=ATTEMPTS)
    assert figure("acquiring_for_others_count", numerator="6") == Decimal(6)
    assert figure("acquiring_for_others_amount", numerator="460.00") == Decimal("460.00")
    assert figure("issued_used_elsewhere_count", numerator="3") == Decimal(3)
    assert figure("issued_used_elsewhere_amount", numerator="30.30") == Decimal("30.30")


def test_success_is_a_share_of_all_attempts_to_move_money(bank, figure) -> None:
    """4 + 2 + 3 + 3 of 5 + 2 + 4 + 5."""
    bank.draw(channel_attempt_day=ATTEMPTS)
    assert figure("transaction_success_rate", numerator="12", denominator="16") == Decimal("0.750000")


def test_a_terminals_day_counts_whether_it_was_used_or_not(bank, figure) -> None:
    """30 transactions at two machines on one day and three on the next: six a machine and day."""
    bank.draw(
        terminal_day="""
            channel_code | business_date | terminal_count | success_count
            -------------+---------------+----------------+--------------
            atm          | 2026-06-01    | 2              | 30
            atm          | 2026-06-02    | 3              | 0
        """
    )
    assert figure("transactions_per_terminal_day", numerator="30", denominator="5") == Decimal("6.00")
