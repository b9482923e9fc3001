"""What becomes of feeds that are small or rare: bills, advances, statements, posts, changes of class, and what departments fill in."""

from __future__ import annotations

from drawn_feeds import deliver
from drawn_tables import expect

from maisui.engines.engine import Engine


def test_the_state_of_a_discounted_bill_is_read_from_words_that_differ_from_bank_to_bank(engine: Engine) -> None:
    """未结清 is held although it contains 结清; a rate in percent becomes a fraction; a missing currency is told, not guessed."""
    deliver(
        engine,
        "east5",
        "bill_discount_snapshot",
        pjtxb="""
            PJHM | BZ  | PMJE   | TXJE  | TXLX | TXL  | TXRQ       | PJDQRQ     | PJZT
            -----+-----+--------+-------+------+------+------------+------------+--------
            P1   | CNY | 100.00 | 98.50 | 1.50 | 3.25 | 2026-06-01 | 2026-12-01 | 未结清
            P2   |     | 50.00  | 49.00 | 1.00 | 3    | 2026-01-01 | 2026-06-01 | 已结清
            P3   | CNY | 10.00  | 9.00  |      |      | 2026-01-01 | 2026-06-01 | 逾期未兑付
            P4   | CNY | 10.00  | 9.00  |      |      | 2026-01-01 | 2026-09-01 | 已转贴现
            P5   | CNY | 10.00  | 9.00  |      |      | 2026-01-01 | 2026-09-01 | 奇怪
            P6   | CNY | 10.00  | 9.00  |      |      | 2026-01-01 | 2026-09-01 |
        """,
    )
    expect(
        engine,
        "bill_discount_snapshot",
        """
        bill_number | currency | face_amount | discount_amount | discount_interest_amount | discount_rate | bill_status
        ------------+----------+-------------+-----------------+--------------------------+---------------+------------
        P1          | CNY      | 100.00      | 98.50           | 1.50                     | 0.032500      | held
        P2          | unknown  | 50.00       | 49.00           | 1.00                     | 0.030000      | settled
        P3          | CNY      | 10.00       | 9.00            |                          |               | overdue
        P4          | CNY      | 10.00       | 9.00            |                          |               | transferred
        P5          | CNY      | 10.00       | 9.00            |                          |               | other
        P6          | CNY      | 10.00       | 9.00            |                          |               | other
        """,
    )


def test_an_advance_keeps_its_amount_and_what_is_left_of_it(engine: Engine) -> None:
    """Table 512: DKJE is what was advanced, DKYE the balance."""
    deliver(
        engine,
        "east5",
        "advance_snapshot",
        dkdjb="""
            XDJJH | YHTBH | DKLX         | KHTYBH | NBJGH | BZ  | DKJE   | DKYE  | DKRQ       | DKZT
            ------+-------+--------------+--------+-------+-----+--------+-------+------------+-----
            L1    | G1    | 银行承兑垫款 | C1     | B10   | CNY | 100.00 | 60.00 | 2026-05-02 | 逾期
        """,
    )
    expect(
        engine,
        "advance_snapshot",
        """
        reported_on | loan_number | original_contract_number | customer_number | organisation_code | currency | advance_amount | balance | advanced_on
        ------------+-------------+--------------------------+-----------------+-------------------+----------+----------------+---------+------------
        2026-06-30  | L1          | G1                       | C1              | B10               | CNY      | 100.00         | 60.00   | 2026-05-02
        """,
    )


def test_a_statement_keeps_the_signs_of_its_amounts(engine: Engine) -> None:
    """Table 204: assets and liabilities are not swapped, a loss stays negative."""
    deliver(
        engine,
        "east5",
        "financial_statement_snapshot",
        dgkhcwxxb="""
            KHTYBH | CWBBBH | CWBBRQ     | SFSJ | BBKJ | BBZQ | BZ  | ZCZE   | FZZE  | SQLR  | SDS  | JLR    | ZYYWSR | XJLLJE | YSZK | QTYSK
            -------+--------+------------+------+------+------+-----+--------+-------+-------+------+--------+--------+--------+------+------
            D1     | S1     | 2025-12-31 | 是   | 本部 | 年报 | CNY | 900.00 | 600.0 | -8.00 | 1.00 | -9.00  | 300.00 | -4.00  | 50.0 | 5.00
            D1     | S2     | 2026-03-31 | 否   | 合并 | 季报 | CNY | 910.00 | 610.0 | 2.00  | 0.50 | 1.50   | 80.00  | 3.00   | 51.0 | 6.00
        """,
    )
    expect(
        engine,
        "financial_statement_snapshot",
        """
        statement_number | statement_on | is_audited | scope_type | period_type | assets_amount | liabilities_amount | pre_tax_profit_amount | income_tax_amount | net_profit_amount | revenue_amount | net_cash_flow_amount | receivables_amount | other_receivables_amount
        -----------------+--------------+------------+------------+-------------+---------------+--------------------+-----------------------+-------------------+-------------------+----------------+----------------------+--------------------+-------------------------
        S1               | 2025-12-31   | yes        | 本部       | 年报        | 900.00        | 600.00             | -8.00                 | 1.00              | -9.00             | 300.00         | -4.00                | 50.00              | 5.00
        S2               | 2026-03-31   | no         | 合并       | 季报        | 910.00        | 610.00             | 2.00                  | 0.50              | 1.50              | 80.00          | 3.00                 | 51.00              | 6.00
        """,
    )


def test_a_change_of_class_says_from_what_to_what_and_when(engine: Engine) -> None:
    """Table 705: YWJFL before, XWJFL after; without a day it is the day of delivery, an unknown word is no class."""
    deliver(
        engine,
        "east5",
        "loan_class_change",
        dkwjxtbdb="""
            XDJJH | NBJGH | TZRQ       | YWJFL | XWJFL | BDYY | JBGYH
            ------+-------+------------+-------+-------+------+------
            L1    | B10   | 2026-06-03 | 正常  | 关注  | 逾期 | E1
            L2    | B10   |            | 次级  | 可疑  |      |
            L3    | B10   | 2026-06-04 | 损失  | 其他  |      |
        """,
    )
    expect(
        engine,
        "loan_class_change",
        """
        loan_number | changed_on | previous_class | loan_class      | change_reason | officer_number
        ------------+------------+----------------+-----------------+---------------+---------------
        L1          | 2026-06-03 | pass           | special_mention | 逾期          | E1
        L2          | 2026-06-30 | substandard    | doubtful        |               |
        L3          | 2026-06-04 | loss           | unclassified    |               |
        """,
    )


def test_posts_keep_their_words(engine: Engine) -> None:
    """Table 104: kind and name are not swapped."""
    deliver(
        engine,
        "east5",
        "post_snapshot",
        gwxxb="""
            NBJGH | GWBH | GWZL | GWMC     | GWZT
            ------+------+------+----------+-----
            B10   | P1   | 柜员 | 综合柜员 | 正常
        """,
    )
    expect(
        engine,
        "post_snapshot",
        """
        reported_on | organisation_code | post_code | post_name | post_kind | post_status
        ------------+-------------------+-----------+-----------+-----------+------------
        2026-06-30  | B10               | P1        | 综合柜员  | 柜员      | 正常
        """,
    )


def test_attendance_knows_its_words_and_says_where_it_does_not(engine: Engine) -> None:
    """Another word is unknown; minutes that were not counted stay empty."""
    deliver(
        engine,
        "supplement",
        "attendance",
        attendance="""
            employee_number | worked_on  | organisation_code | attendance_status | work_minute_count
            ----------------+------------+-------------------+-------------------+------------------
            E1              | 2026-06-01 | B10               | 出勤              | 480
            E1              | 2026-06-02 | B10               | 旷工              |
            E1              | 2026-06-03 | B10               | 出差              | 420
        """,
    )
    expect(
        engine,
        "attendance",
        """
        employee_number | worked_on  | attendance_status | work_minute_count
        ----------------+------------+-------------------+------------------
        E1              | 2026-06-01 | present           | 480
        E1              | 2026-06-02 | unexcused         |
        E1              | 2026-06-03 | unknown           | 420
        """,
    )


def test_a_complaint_is_open_settled_or_withdrawn_and_its_justice_may_be_open(engine: Engine) -> None:
    """Who is not judged yet is neither right nor wrong."""
    deliver(
        engine,
        "supplement",
        "complaint",
        complaint="""
            complaint_number | received_on | organisation_code | complaint_type | complaint_status | is_justified | settled_on
            -----------------+-------------+-------------------+----------------+------------------+--------------+-----------
            T1               | 2026-06-01  | B10               | 服务           | 已办结           | 是           | 2026-06-05
            T2               | 2026-06-02  | B10               | 收费           | 处理中           |              |
            T3               | 2026-06-03  | B10               | 收费           | 已撤回           | 否           | 2026-06-04
        """,
    )
    expect(
        engine,
        "complaint",
        """
        complaint_number | received_on | complaint_status | is_justified | settled_on
        -----------------+-------------+------------------+--------------+-----------
        T1               | 2026-06-01  | settled          | yes          | 2026-06-05
        T2               | 2026-06-02  | open             |              |
        T3               | 2026-06-03  | withdrawn        | no           | 2026-06-04
        """,
    )


def test_consent_is_told_by_purpose_day_and_entry(engine: Engine) -> None:
    """Given and withdrawn on one day are two entries."""
    deliver(
        engine,
        "supplement",
        "consent",
        consent="""
            customer_number | consent_purpose_code | effective_from | consent_number | consent_status | expires_on
            ----------------+----------------------+----------------+----------------+----------------+-----------
            C1              | 营销                 | 2026-06-01     | 1              | 同意           | 2027-06-01
            C1              | 营销                 | 2026-06-01     | 2              | 撤回           |
            C1              | 征信查询             | 2026-06-01     | 1              | 同意           |
        """,
    )
    expect(
        engine,
        "consent",
        """
        customer_number | consent_purpose_code | effective_from | consent_number | consent_status | expires_on
        ----------------+----------------------+----------------+----------------+----------------+-----------
        C1              | marketing            | 2026-06-01     | 1              | given          | 2027-06-01
        C1              | marketing            | 2026-06-01     | 2              | withdrawn      |
        C1              | credit_report        | 2026-06-01     | 1              | given          |
        """,
    )


def test_a_queue_ticket_keeps_its_three_times_and_the_rating(engine: Engine) -> None:
    """Nobody called is no time; another rating is unknown, none is none."""
    deliver(
        engine,
        "supplement",
        "queue_ticket",
        queue_ticket="""
            organisation_code | taken_on   | ticket_number | taken_time | called_time | finished_time | teller_number | rating_type
            ------------------+------------+---------------+------------+-------------+---------------+---------------+------------
            B10               | 2026-06-01 | A001          | 090000     | 090500      | 091200        | T1            | 满意
            B10               | 2026-06-01 | A002          | 090100     |             |               |               |
            B10               | 2026-06-01 | A003          | 090200     | 091300      | 091400        | T1            | 五星
        """,
    )
    expect(
        engine,
        "queue_ticket",
        """
        ticket_number | taken_time | called_time | finished_time | teller_number | rating_type
        --------------+------------+-------------+---------------+---------------+------------
        A001          | 090000     | 090500      | 091200        | T1            | satisfied
        A002          | 090100     |             |               |               |
        A003          | 090200     | 091300      | 091400        | T1            | unknown
        """,
    )


def test_a_transfer_price_is_a_yearly_fraction_of_a_tenor_from_a_day_on(engine: Engine) -> None:
    """0.025 is 2.5 %, for demand money the tenor is 0."""
    deliver(
        engine,
        "supplement",
        "transfer_price",
        transfer_price="""
            curve_code | currency | tenor_day_count | effective_from | transfer_rate
            -----------+----------+-----------------+----------------+--------------
            F1         | CNY      | 0               | 2026-01-01     | 0.012
            F1         | CNY      | 365             | 2026-01-01     | 0.025
        """,
    )
    expect(
        engine,
        "transfer_price",
        """
        curve_code | currency | tenor_day_count | effective_from | transfer_rate
        -----------+----------+-----------------+----------------+--------------
        F1         | CNY      | 0               | 2026-01-01     | 0.012000
        F1         | CNY      | 365             | 2026-01-01     | 0.025000
        """,
    )


def test_a_reported_figure_is_brought_to_yuan_and_keeps_its_unit(engine: Engine) -> None:
    """A report in 万元 is multiplied by ten thousand, so that both sides are compared in yuan; its unit tells how far it rounds."""
    deliver(
        engine,
        "supplement",
        "reported_figure",
        reported_figure="""
            report_name | organisation_code | measured_on | metric_code     | currency | reported_value   | unit | report_note
            ------------+-------------------+-------------+-----------------+----------+------------------+------+------------
            G01         | H                 | 2026-06-30  | deposit_balance | ALL      | 1234.56          | 万元 | 各项存款
            G01         | H                 | 2026-06-30  | loan_balance    | ALL      | 9999999999999.99 | 万元 |
            Monthly     | B10               | 2026-05-31  | deposit_balance | CNY      | -0.01            | 元   |
        """,
    )
    expect(
        engine,
        "reported_figure",
        """
        report_name | organisation_code | measured_on | metric_code     | currency | reported_amount      | unit_code    | report_note | source_line
        ------------+-------------------+-------------+-----------------+----------+----------------------+--------------+-------------+------------
        G01         | H                 | 2026-06-30  | deposit_balance | ALL      | 12345600.00          | ten_thousand | 各项存款    | 1
        G01         | H                 | 2026-06-30  | loan_balance    | ALL      | 99999999999999900.00 | ten_thousand |             | 2
        Monthly     | B10               | 2026-05-31  | deposit_balance | CNY      | -0.01                | yuan         |             | 3
        """,
    )


def test_the_detail_of_a_report_stays_as_it_was_delivered(engine: Engine) -> None:
    """Accounts and loan receipts are kept under the number that the report gives; they are found again when it is compared."""
    deliver(
        engine,
        "supplement",
        "reported_detail",
        reported_detail="""
            report_name | organisation_code | measured_on | metric_code     | account_number | reported_amount
            ------------+-------------------+-------------+-----------------+----------------+----------------
            Monthly     | B10               | 2026-05-31  | deposit_balance | A1             | 100.00
            Monthly     | B10               | 2026-05-31  | deposit_balance | L1             | -0.50
        """,
    )
    expect(
        engine,
        "reported_detail",
        """
        report_name | organisation_code | measured_on | metric_code     | account_number | reported_amount | source_line
        ------------+-------------------+-------------+-----------------+----------------+-----------------+------------
        Monthly     | B10               | 2026-05-31  | deposit_balance | A1             | 100.00          | 1
        Monthly     | B10               | 2026-05-31  | deposit_balance | L1             | -0.50           | 2
        """,
    )


def test_a_target_is_an_amount_or_a_rate_of_an_organisation_or_an_employee(engine: Engine) -> None:
    """Ratios keep six decimals in a column of their own."""
    deliver(
        engine,
        "supplement",
        "target",
        target="""
            holder_kind | holder_code | metric_code     | period_from | period_end_on | target_amount | target_rate | organisation_code
            ------------+-------------+-----------------+-------------+---------------+---------------+-------------+------------------
            机构        | B10         | deposit_balance | 2026-01-01  | 2026-12-31    | 1000.00       |             | B10
            机构        | B10         | npl_ratio       | 2026-01-01  | 2026-12-31    |               | 0.0165      | B10
            员工        | M1          | loan_balance    | 2026-06-01  | 2026-06-30    | 10.00         |             | B10
        """,
    )
    expect(
        engine,
        "target",
        """
        holder_kind  | holder_code | metric_code     | target_amount | target_rate
        -------------+-------------+-----------------+---------------+------------
        organisation | B10         | deposit_balance | 1000.00       |
        organisation | B10         | npl_ratio       |               | 0.016500
        employee     | M1          | loan_balance    | 10.00         |
        """,
    )


def test_an_error_of_a_teller_is_of_one_of_three_classes(engine: Engine) -> None:
    """The first class is the gravest; how it was put right may be open."""
    deliver(
        engine,
        "supplement",
        "staff_error",
        staff_error="""
            error_number | occurred_on | organisation_code | teller_number | error_class | transaction_code | found_on   | corrected_on
            -------------+-------------+-------------------+---------------+-------------+------------------+------------+-------------
            C1           | 2026-06-01  | B10               | G1            | 一类        | 1001             | 2026-06-02 | 2026-06-03
            C2           | 2026-06-01  | B10               | G1            | 二类        |                  |            |
            C3           | 2026-06-01  | B10               | G2            | 三类        |                  |            |
        """,
    )
    expect(
        engine,
        "staff_error",
        """
        error_number | teller_number | error_class | transaction_code | corrected_on
        -------------+---------------+-------------+------------------+-------------
        C1           | G1            | first       | 1001             | 2026-06-03
        C2           | G1            | second      |                  |
        C3           | G2            | third       |                  |
        """,
    )


def test_a_merchants_takings_are_told_by_way_of_payment(engine: Engine) -> None:
    """Two other ways of one day are one row."""
    deliver(
        engine,
        "supplement",
        "merchant_trade_day",
        pos_acquiring="""
            merchant_number | traded_on  | payment_kind | trade_count | trade_amount | fee_income | fee_cost
            ----------------+------------+--------------+-------------+--------------+------------+---------
            M1              | 2026-06-01 | 刷卡         | 2           | 100.00       | 0.45       | 0.35
            M1              | 2026-06-01 | 扫码         | 3           | 30.00        | 0.11       | 0.06
            M1              | 2026-06-01 | 其他         | 1           | 5.00         | 0.01       | 0.00
            M1              | 2026-06-01 | 其他-数币    | 2           | 7.00         | 0.02       | 0.00
        """,
    )
    expect(
        engine,
        "merchant_trade_day",
        """
        merchant_number | traded_on  | payment_kind | trade_count | trade_amount | fee_income_amount | fee_cost_amount
        ----------------+------------+--------------+-------------+--------------+-------------------+----------------
        M1              | 2026-06-01 | card         | 2           | 100.00       | 0.45              | 0.35
        M1              | 2026-06-01 | scan         | 3           | 30.00        | 0.11              | 0.06
        M1              | 2026-06-01 | other        | 3           | 12.00        | 0.03              | 0.00
        """,
    )


def test_a_village_lies_where_it_is_said_to(engine: Engine) -> None:
    deliver(
        engine,
        "supplement",
        "village_position_snapshot",
        village_position="""
            village_code | latitude  | longitude
            -------------+-----------+-----------
            V1           | 27.123456 | 103.5
        """,
    )
    expect(
        engine,
        "village_position_snapshot",
        """
        village_code | latitude  | longitude
        -------------+-----------+-----------
        V1           | 27.123456 | 103.500000
        """,
    )
