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


FEES = """
    channel_code | transaction_type | agency_code           | agency_level | business_date | is_financial | success_count | success_amount | fee_amount
    -------------+------------------+-----------------------+--------------+---------------+--------------+---------------+----------------+-----------
    atm          | cash_withdrawal  | acquiring_for_others  | union        | 2026-05-31    | yes          | 9             | 900.00         | 27.00
    atm          | cash_withdrawal  | acquiring_for_others  | union        | 2026-06-01    | yes          | 4             | 400.00         | 12.00
    atm          | cash_withdrawal  | acquiring_for_others  | other_bank   | 2026-06-02    | yes          | 2             | 60.00          | 6.60
    atm          | enquiry          | acquiring_for_others  | other_bank   | 2026-06-02    | no           | 9             | 0.00           | 1.00
    pos          | purchase         | issued_used_elsewhere | other_bank   | 2026-06-30    | yes          | 3             | 30.30          | -1.50
    mobile_bank  | transfer         | own_at_own            | same_outlet  | 2026-06-30    | yes          | 3             | 70.00          | 0.20
    atm          | cash_deposit     | own_at_own            | other_outlet | 2026-06-30    | yes          | 5             | 55.55          | 0.00
"""


def test_our_cards_at_our_machines_at_the_same_outlet_and_another(bank, figure) -> None:
    """3 transfers and 5 deposits, 70.00 + 55.55."""
    bank.draw(channel_attempt_day=FEES)
    assert figure("own_at_own_count", numerator="8") == Decimal(8)
    assert figure("own_at_own_amount", numerator="125.55") == Decimal("125.55")


def test_interchange_is_what_others_pay_less_what_we_pay(bank, figure) -> None:
    """12.00 + 6.60 earned, 1.50 paid; enquiries move no money, a customer's own fee of 0.20 is no interchange but a fee of the channel."""
    bank.draw(channel_attempt_day=FEES)
    assert figure("interchange_income_amount", numerator="18.60") == Decimal("18.60")
    assert figure("interchange_cost_amount", numerator="1.50") == Decimal("1.50")
    assert figure("interchange_net_amount", numerator="17.10") == Decimal("17.10")
    assert figure("channel_fee_amount", numerator="17.30") == Decimal("17.30")
