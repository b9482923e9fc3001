"""What the tables of cards, internal accounts, agency and wealth become, column by column."""

from drawn_feeds import deliver
from drawn_tables import expect

from maisui.engines.engine import Engine


def test_debit_cards_credit_cards_and_passbooks_are_one_table(engine: Engine) -> None:
    """301, 302 and 801 differ in words; a card that names no customer still counts, under none."""
    deliver(
        engine,
        "east5",
        "card_snapshot",
        jjkxxb="""
            KH   | KHTYBH | HQCKZH | NBJGH | JJKCPMC  | XNKBZ | KKRQ       | KPZT
            -----+--------+--------+-------+----------+-------+------------+--------
            6231 | C1     | A1     | B10   | 麦穗卡   | 否    | 2020-01-01 | 正常
            6232 |        |        |       |          |       |            | 睡眠
        """,
        xykxxb="""
            KH   | KHTYBH | XYKZH | NBJGH | KPMC   | FSKBZ | ZKH  | KKRQ       | KPZT     | XKRQ       | ZHDHJYRQ
            -----+--------+-------+-------+--------+-------+------+------------+----------+------------+-----------
            6258 | C1     | X1    | B10   | 公务卡 | 是    | 6257 | 2021-01-01 | 已注销   | 2026-06-01 | 2026-05-01
        """,
        czxxb="""
            CZH  | KHTYBH | HQCKZH | NBJGH | CZLX     | QYRQ       | CZZT
            -----+--------+--------+-------+----------+------------+------
            6231 | C2     | A2     | B20   | 普通存折 | 2019-01-01 |
        """,
    )
    expect(
        engine,
        "card_snapshot",
        """
        card_kind | card_number | customer_number | account_number | organisation_code | card_name | card_status | is_supplementary | main_card_number | is_virtual | closed_on
        ----------+-------------+-----------------+----------------+-------------------+-----------+-------------+------------------+------------------+------------+-----------
        debit     | 6231        | C1              | A1             | B10               | 麦穗卡    | active      |                  |                  | no         |
        debit     | 6232        | none            |                | none              |           | dormant     |                  |                  |            |
        credit    | 6258        | C1              | X1             | B10               | 公务卡    | cancelled   | yes              | 6257             |            | 2026-06-01
        passbook  | 6231        | C2              | A2             | B20               | 普通存折  |             |                  |                  |            |
        """,
    )


def test_a_card_account_without_a_class_is_unclassified_and_without_an_overdraft_owes_nothing(engine: Engine) -> None:
    """Empty fields of 803 never become a good class, and never drop the account."""
    deliver(
        engine,
        "east5",
        "credit_card_account_snapshot",
        xyksxqkb="""
            XYKZH | BZ  | KHTYBH | DQSXED   | TZJE    | YQJE   | YQRQ       | WJFL
            ------+-----+--------+----------+---------+--------+------------+-----
            X1    | CNY | C1     | 20000.00 | 1234.56 | 200.00 | 2026-03-01 | 次级
            X2    | CNY |        |          |         |        |            |
        """,
    )
    expect(
        engine,
        "credit_card_account_snapshot",
        """
        account_number | customer_number | limit_amount | overdraft_balance | overdue_amount | overdue_since | loan_class
        ---------------+-----------------+--------------+-------------------+----------------+---------------+-------------
        X1             | C1              | 20000.00     | 1234.56           | 200.00         | 2026-03-01    | substandard
        X2             | none            |              | 0.00              |                |               | unclassified
        """,
    )


def test_card_debits_raise_the_overdraft_and_credits_lower_it(engine: Engine) -> None:
    """The sign comes from 借 and 贷; a row that says neither moves nothing, and a missing day is the day delivered."""
    deliver(
        engine,
        "east5",
        "credit_card_transaction",
        xykjymxb="""
            XYKZH | JYXLH | JYJDBZ | JYJE  | HXJYRQ     | FQFKBZ
            ------+-------+--------+-------+------------+-------
            X1    | 1     | 借     | 10.10 | 2026-06-02 | 是
            X1    | 2     | 贷     | 3.00  |            | 否
            X1    | 3     |        | 7.00  | 2026-06-03 |
        """,
    )
    expect(
        engine,
        "credit_card_transaction",
        """
        transaction_number | posted_on  | amount | overdraft_change | is_instalment | currency
        -------------------+------------+--------+------------------+---------------+---------
        1                  | 2026-06-02 | 10.10  | 10.10            | yes           | CNY
        2                  | 2026-06-30 | 3.00   | -3.00            | no            | CNY
        3                  | 2026-06-03 | 7.00   | 0.00             |               | CNY
        """,
    )


def test_internal_accounts_keep_both_sides_of_their_balance(engine: Engine) -> None:
    """An account that may stand on either side is told apart; nothing is netted while it is delivered."""
    deliver(
        engine,
        "east5",
        "internal_account_snapshot",
        nbfhz="""
            NBFHZZH | BZ  | NBJGH | MXKMBH | JDBZ | JFYE   | DFYE  | XHRQ
            --------+-----+-------+--------+------+--------+-------+-----------
            N1      | CNY | B10   | 1221   | 借   | 100.00 | 0.00  |
            N2      | CNY | B10   | 3001   | 双向 |        | 5.05  | 2026-06-01
            N3      | CNY |       |        |      | 1.00   |       |
        """,
    )
    expect(
        engine,
        "internal_account_snapshot",
        """
        account_number | organisation_code | subject_code | balance_side | debit_balance | credit_balance | closed_on
        ---------------+-------------------+--------------+--------------+---------------+----------------+-----------
        N1             | B10               | 1221         | debit        | 100.00        | 0.00           |
        N2             | B10               | 3001         | both         | 0.00          | 5.05           | 2026-06-01
        N3             | none              | none         | both         | 1.00          | 0.00           |
        """,
    )
    deliver(
        engine,
        "east5",
        "internal_account_entry",
        nbfhzmx="""
            NBFHZZH | BZ  | JYXLH | MXKMBH | JYJDBZ | JYJE | HXJYRQ     | CBMBZ  | DFKMBH
            --------+-----+-------+--------+--------+------+------------+--------+-------
            N1      | CNY | 1     | 1221   | 借     | 9.99 | 2026-06-02 | 正常   | 1001
            N1      | CNY | 2     | 1221   | 贷     | 9.99 | 2026-06-03 | 冲补抹 |
        """,
    )
    expect(
        engine,
        "internal_account_entry",
        """
        transaction_number | posted_on  | debit_amount | credit_amount | is_reversal | contra_subject_code
        -------------------+------------+--------------+---------------+-------------+--------------------
        1                  | 2026-06-02 | 9.99         | 0.00          | no          | 1001
        2                  | 2026-06-03 | 0.00         | 9.99          | yes         |
        """,
    )


def test_a_merchant_counts_once_for_each_terminal(engine: Engine) -> None:
    """303 has no key that is always filled: of the same merchant and terminal the last line of the last file counts."""
    deliver(
        engine,
        "east5",
        "merchant_snapshot",
        sdshxxb="""
            SHBH | ZDH | SHMC     | NBJGH | SFPOS
            -----+-----+----------+-------+------
            M1   | T1  | 老粮油店 | B10   | 是
            M1   | T1  | 粮油店   | B10   | 是
            M1   | T2  | 粮油店   | B10   | 是
            M2   |     | 农资站   |       | 否
        """,
    )
    expect(
        engine,
        "merchant_snapshot",
        """
        merchant_number | terminal_number | merchant_name | organisation_code | is_pos
        ----------------+-----------------+---------------+-------------------+-------
        M1              | T1              | 粮油店        | B10               | yes
        M1              | T2              | 粮油店        | B10               | yes
        M2              | none            | 农资站        | none              | no
        """,
    )


def test_an_agency_trade_knows_its_direction_or_says_that_it_does_not(engine: Engine) -> None:
    """Buying and selling go by the word, whatever its form; anything else is other, and keeps its amount."""
    deliver(
        engine,
        "east5",
        "agency_sale",
        dldxjyxxb="""
            JYBH | KHTYBH | NBJGH | DXCPMC   | JYFX | JYRQ       | JYJE    | SXFJE | XZBZ
            -----+--------+-------+----------+------+------------+---------+-------+-----
            1    | C1     | B10   | 稳健基金 | 买入 | 2026-06-01 | 1000.00 | 10.00 | 转
            2    | C1     | B10   | 稳健基金 | 赎回 | 2026-06-05 | 500.00  |       | 转
            3    |        |       |          |      |            | 5.00    | 0.00  | 现
        """,
    )
    expect(
        engine,
        "agency_sale",
        """
        transaction_number | customer_number | product_code | sale_kind | traded_on  | amount  | fee_amount | is_cash
        -------------------+-----------------+--------------+-----------+------------+---------+------------+--------
        1                  | C1              | 稳健基金     | buy       | 2026-06-01 | 1000.00 | 10.00      | no
        2                  | C1              | 稳健基金     | sell      | 2026-06-05 | 500.00  | 0.00       | no
        3                  | none            | unknown      | other     | 2026-06-30 | 5.00    | 0.00       | yes
        """,
    )


def test_rates_without_a_value_are_no_rates(engine: Engine) -> None:
    """A quotation of 100 units stays one of 100 units; a zero or a missing rate converts nothing."""
    deliver(
        engine,
        "east5",
        "exchange_rate",
        hlxxb="""
            WBBZ | HLRQ       | WBSL   | ZBBSL    | BBBZ
            -----+------------+--------+----------+-----
            USD  | 2026-06-01 | 100.00 | 712.3456 | CNY
            HKD  | 2026-06-01 |        | 0.9123   |
            EUR  | 2026-06-01 | 100.00 | 0        | CNY
            JPY  | 2026-06-01 | 100.00 |          | CNY
        """,
    )
    expect(
        engine,
        "exchange_rate",
        """
        currency | valid_from | local_currency | quoted_amount | exchange_rate
        ---------+------------+----------------+---------------+--------------
        USD      | 2026-06-01 | CNY            | 100.00        | 712.345600
        HKD      | 2026-06-01 | CNY            | 1.00          | 0.912300
        """,
    )


def test_wealth_products_go_by_their_registration_code(engine: Engine) -> None:
    """Holdings and sales name no customer; certificates stay as delivered."""
    deliver(
        engine,
        "east5",
        "wealth_holding_snapshot",
        khlccpcy="""
            KHZJLB     | KHZJHM | CPDJBM | LCCPMC | BZ  | KHCYLCYE | KHCYLCZSRMBYE | KHCYLCFE
            -----------+--------+--------+--------+-----+----------+---------------+----------
            居民身份证 | 5399#1 | Z1     | 稳利   | CNY | 10.50    | 10.50         | 10.123456
                       |        |        | 稳利   |     |          |               |
        """,
    )
    expect(
        engine,
        "wealth_holding_snapshot",
        """
        certificate_number | product_code | currency | market_amount | local_amount | source_line
        -------------------+--------------+----------+---------------+--------------+------------
        5399#1             | Z1           | CNY      | 10.50         | 10.50        | 1
                           | 稳利         | CNY      | 0.00          |              | 2
        """,
    )
    deliver(
        engine,
        "east5",
        "wealth_sale",
        lccpxsmx="""
            YWQRRQ     | JYXLH | KHZJHM | LCCPDM | CPDJBM | SFDX | QRJE  | SXFJE
            -----------+-------+--------+--------+--------+------+-------+------
            2026-06-02 | 1     | 5399#1 | P1     | Z1     | 是   | 10.50 | 0.05
            2026-06-03 | 2     | 5399#1 |        | Z1     |      |       |
        """,
    )
    expect(
        engine,
        "wealth_sale",
        """
        confirmed_on | product_code | registration_code | is_agency | amount | fee_amount
        -------------+--------------+-------------------+-----------+--------+-----------
        2026-06-02   | P1           | Z1                | yes       | 10.50  | 0.05
        2026-06-03   | Z1           | Z1                |           | 0.00   | 0.00
        """,
    )


def test_instalment_rates_become_fractions(engine: Engine) -> None:
    """804 gives rates in percent."""
    deliver(
        engine,
        "east5",
        "credit_card_instalment",
        xykfqywb="""
            FQYWBH | XYKZH | BLFQRQ     | FQJE    | FQQS | FQLL
            -------+-------+------------+---------+------+-----
            I1     | X1    | 2026-06-01 | 1200.00 | 12   | 7.2
        """,
    )
    expect(
        engine,
        "credit_card_instalment",
        """
        instalment_number | account_number | customer_number | agreed_on  | instalment_amount | instalment_count | interest_rate
        ------------------+----------------+-----------------+------------+-------------------+------------------+--------------
        I1                | X1             | none            | 2026-06-01 | 1200.00           | 12               | 0.072000
        """,
    )
