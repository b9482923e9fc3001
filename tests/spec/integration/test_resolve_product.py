"""Products: which category, group and line each code belongs to, and why."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.resolve_product import RESOLVE_PRODUCT


def test_the_words_of_the_standard_are_mapped_and_everything_else_is_listed(engine: Engine) -> None:
    """The product's own words know the standard's; a code that nobody maps keeps a line of its own."""
    load_tables(
        engine,
        account_snapshot="""
            reported_on | account_number | product_code
            ------------+----------------+---------------------------------
            2026-06-30  | A1             | 个人活期存款
            2026-06-30  | A2             | 个人结构性存款（不含保本理财）
            2026-06-30  | A3             | 定活两便存款
            2026-06-30  | A4             | 单位保证金活期存款
            2026-06-30  | A5             | D0103
            2026-05-31  | A5             | D0103
        """,
        loan_snapshot="""
            reported_on | loan_number | product_code   | disbursed_on
            ------------+-------------+----------------+-------------
            2026-06-30  | L1          | 其他-农户贷款  | 2026-01-01
            2026-06-30  | L2          | 项目贷款（银团） | 2026-01-01
        """,
    )
    run(engine, RESOLVE_PRODUCT, reporting_date="2026-06-30")
    expect(
        engine,
        "product",
        """
        product_code                   | product_category     | product_group     | product_line | mapped_by | is_used
        -------------------------------+----------------------+-------------------+--------------+-----------+--------
        个人活期存款                   | demand_deposit       | demand_deposit    | deposit      | word      | yes
        个人结构性存款（不含保本理财） | structured_deposit   | other_deposit     | deposit      | word      | yes
        定活两便存款                   | call_or_term_deposit | term_deposit      | deposit      | word      | yes
        单位保证金活期存款             | guarantee_deposit    | guarantee_deposit | deposit      | word      | yes
        D0103                          | unmapped             | unmapped          | unmapped     | none      | yes
        其他-农户贷款                  | farmer_loan          | farmer_loan       | loan         | word      | yes
        项目贷款（银团）               | project_loan         | fixed_asset_loan  | loan         | word      | yes
        """,
    )


def test_the_banks_own_list_comes_first_then_a_whole_word_then_the_longest_part(engine: Engine) -> None:
    """The last list counts; a category that no level names is no category, and the words decide."""
    load_tables(
        engine,
        product_word="""
            product_word | is_whole | product_category
            -------------+----------+-----------------
            D0           | no       | demand_deposit
            D01          | no       | term_deposit
            D0103        | yes      | large_certificate
        """,
        product_master_snapshot="""
            reported_on | product_code | product_name | product_category
            ------------+--------------+--------------+-----------------
            2026-05-31  | D0104        | 旧名         | demand_deposit
            2026-06-30  | D0104        | 麦穗通知     | notice_deposit
            2026-06-30  | D0105        | 麦穗新品     | moon_deposit
            2026-06-30  | Z9           | 无人使用     | agency_fund
        """,
        account_snapshot="""
            reported_on | account_number | product_code
            ------------+----------------+-------------
            2026-06-30  | A1             | D0103
            2026-06-30  | A2             | D0104
            2026-06-30  | A3             | D0105
            2026-06-30  | A4             | D02
        """,
    )
    run(engine, RESOLVE_PRODUCT, reporting_date="2026-06-30")
    expect(
        engine,
        "product",
        """
        product_code | product_name | product_category  | product_group  | product_line | mapped_by | is_used
        -------------+--------------+-------------------+----------------+--------------+-----------+--------
        D0103        |              | large_certificate | term_deposit   | deposit      | word      | yes
        D0104        | 麦穗通知     | notice_deposit    | notice_deposit | deposit      | master    | yes
        D0105        | 麦穗新品     | term_deposit      | term_deposit   | deposit      | word      | yes
        D02          |              | demand_deposit    | demand_deposit | deposit      | word      | yes
        Z9           | 无人使用     | agency_fund       | agency_fund    | agency       | master    | no
        """,
    )


def test_what_is_sold_is_at_least_agency_or_wealth(engine: Engine) -> None:
    """Names of funds rarely say so: the kind of agency business helps, and otherwise the table in which they stand."""
    load_tables(
        engine,
        agency_sale="""
            transaction_number | product_code | agency_type | traded_on
            -------------------+--------------+-------------+-----------
            1                  | 稳健一号     | 代销基金    | 2026-06-01
            2                  | 平安一生     |             | 2026-06-01
        """,
        wealth_holding_snapshot="""
            reported_on | product_code | product_name
            ------------+--------------+-------------
            2026-06-30  | Z70001       | 稳利 1 号
        """,
    )
    run(engine, RESOLVE_PRODUCT, reporting_date="2026-06-30")
    expect(
        engine,
        "product",
        """
        product_code | product_name | product_group  | product_line | mapped_by
        -------------+--------------+----------------+--------------+----------
        稳健一号     |              | agency_fund    | agency       | word
        平安一生     |              | agency_other   | agency       | feed
        Z70001       | 稳利 1 号    | wealth_product | wealth       | feed
        """,
    )


def test_a_group_that_the_source_knows_maps_a_code_only_when_it_says_so_every_time(engine: Engine) -> None:
    """One flagged account makes no product a guarantee deposit."""
    load_tables(
        engine,
        account_snapshot="""
            reported_on | account_number | product_code | product_group
            ------------+----------------+--------------+------------------
            2026-06-30  | A1             | X1           | demand_deposit
            2026-06-30  | A2             | X1           | demand_deposit
            2026-06-30  | A3             | X2           | guarantee_deposit
            2026-06-30  | A4             | X2           |
            2026-06-30  | A5             | X3           | village_deposit
        """,
    )
    run(engine, RESOLVE_PRODUCT, reporting_date="2026-06-30")
    expect(
        engine,
        "product",
        """
        product_code | product_group  | mapped_by
        -------------+----------------+----------
        X1           | demand_deposit | source
        X2           | unmapped       | none
        X3           | unmapped       | none
        """,
    )
