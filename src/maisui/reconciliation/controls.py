"""Which figures must tie before anything is published, one rule each."""

from maisui.reconciliation.allocation_controls import (
    ALLOCATION_DECISIONS_ACCEPTED,
    ASSIGNMENTS_ACCEPTED,
    MANAGERS_EQUAL_BALANCES,
    SHARES_MAKE_THE_WHOLE,
    TIER_DECISIONS_ACCEPTED,
)
from maisui.reconciliation.channel_controls import ATTEMPTS_ARE_POSTED, MERCHANT_FEES_EQUAL_LEDGER, MERCHANTS_EQUAL_TRADES
from maisui.reconciliation.contribution_controls import CONTRIBUTION_ADDS_UP, PROFIT_EXPLAINED, SERVICE_COST_ADDS_UP
from maisui.reconciliation.control import Rule
from maisui.reconciliation.label_controls import LABEL_RULES
from maisui.reconciliation.mart_controls import MARTS_EQUAL_BASE
from maisui.reconciliation.product_controls import PRODUCT_RULES
from maisui.reconciliation.subject_sets import SUBJECT_SETS, SubjectSet


def _set_equals_ledger(one: SubjectSet) -> Rule:
    if one.by == "month":
        return MERCHANT_FEES_EQUAL_LEDGER
    return Rule(
        code=f"{one.code}_equals_ledger",
        name_zh=f"总分核对：{one.name_zh}合计等于总账余额",
        name_en=f"{one.name_en} equal the ledger",
        violations=f"""
SELECT
  CAST(business_date AS VARCHAR) AS business_date, organisation_code, subject_code, currency, found_in, difference_amount
FROM ledger_tie
WHERE control_code = '{one.code}' AND difference_amount <> 0
""",
        checked=f"SELECT count(*) FROM ledger_tie WHERE control_code = '{one.code}'",
        severity="warn",
        setting="ledger",
    )


SETS_EQUAL_LEDGER: tuple[Rule, ...] = tuple(_set_equals_ledger(one) for one in SUBJECT_SETS)
"""One control for each set of ledger subjects that a sub-ledger carries."""


def _ledger_check(code: str, name_zh: str, name_en: str, checks: str, checked: str) -> Rule:
    return Rule(
        code=code,
        name_zh=name_zh,
        name_en=name_en,
        violations=f"""
SELECT
  CAST(business_date AS VARCHAR) AS business_date, organisation_code, subject_code, currency, check_code, difference_amount
FROM ledger_break
WHERE check_code IN ({checks})
""",
        checked=checked,
        severity="warn",
        setting="ledger",
    )


_CELLS = "SELECT count(*) FROM ledger_snapshot"
LEDGER_BALANCES = _ledger_check(
    "ledger_balances",
    "总账平衡：期初、发生、期末借方合计等于贷方合计",
    "Ledger debits equal credits: opening, turnover, closing",
    "'opening', 'turnover', 'closing'",
    "SELECT count(*) FROM (SELECT DISTINCT reported_on, organisation_code, currency FROM ledger_snapshot) AS d",
)
LEDGER_ROLLS = _ledger_check(
    "ledger_rolls", "总账连续：期初加发生等于期末", "Ledger opening plus turnover equals closing", "'roll'", _CELLS
)
LEDGER_CARRIED = _ledger_check(
    "ledger_carried", "总账衔接：上期期末等于本期期初", "Previous ledger closing equals this opening", "'carried'", _CELLS
)
LEDGER_PARENTS = _ledger_check(
    "ledger_parents", "科目汇总：上级科目等于下级科目之和", "An upper ledger subject equals the sum of its children", "'parent'", _CELLS
)
BALANCES_ROLL = Rule(
    code="balances_roll",
    name_zh="余额连续：上次余额加变动等于本次余额",
    name_en="Balance plus movements equals the next reported balance",
    violations="""
SELECT
  CAST(b.reported_on AS VARCHAR) AS business_date, a.organisation_code, a.product_code, b.currency,
  CAST(sum(b.difference_amount) AS DECIMAL(38,2)) AS difference_amount
FROM balance_break AS b
INNER JOIN account AS a ON a.account_number = b.account_number AND a.currency = b.currency
GROUP BY b.reported_on, a.organisation_code, a.product_code, b.currency
""",
    checked="""
SELECT count(*)
FROM (
  SELECT account_number FROM account_snapshot WHERE balance IS NOT NULL
  UNION ALL
  SELECT account_number FROM daily_balance
) AS r
""",
    severity="warn",
    setting="balances",
)
RECEIPTS_EQUAL_ACCOUNTS = Rule(
    code="receipts_equal_accounts",
    name_zh="借据核对：有分户账的借据合计等于贷款分户账（409、411），各机构",
    name_en="Loan receipts that have an account equal the loan accounts (409, 411), outlet by outlet",
    violations="""
SELECT
  CAST(business_date AS VARCHAR) AS business_date, organisation_code, currency, difference_amount
FROM loan_tie
WHERE difference_amount <> 0
""",
    checked="SELECT count(*) FROM loan_tie WHERE difference_amount IS NOT NULL",
    severity="warn",
    setting="receipts",
)
CUSTOMERS_EQUAL_ACCOUNTS = Rule(
    code="customers_equal_accounts",
    name_zh="客户合计等于账户合计",
    name_en="Customer totals equal account totals",
    violations="""
WITH customers AS (
  SELECT month_start, CAST(sum(deposit_balance) AS DECIMAL(38,2)) AS deposits, CAST(sum(loan_balance) AS DECIMAL(38,2)) AS loans
  FROM customer_month
  GROUP BY month_start
),
accounts AS (
  SELECT
    month_start,
    CAST(sum(CASE WHEN account_kind = 'deposit' THEN closing_balance ELSE 0 END) AS DECIMAL(38,2)) AS deposits,
    CAST(sum(CASE WHEN account_kind = 'loan' THEN closing_balance ELSE 0 END) AS DECIMAL(38,2)) AS loans
  FROM account_month
  GROUP BY month_start
)
SELECT
  CAST(a.month_start AS VARCHAR) AS month_start,
  abs(a.deposits - coalesce(c.deposits, CAST(0 AS DECIMAL(38,2)))) + abs(a.loans - coalesce(c.loans, CAST(0 AS DECIMAL(38,2))))
    AS difference_amount
FROM accounts AS a
LEFT JOIN customers AS c ON c.month_start = a.month_start
WHERE c.month_start IS NULL OR a.deposits <> c.deposits OR a.loans <> c.loans
""",
    checked="SELECT count(DISTINCT month_start) FROM account_month",
)
ROWS_CONSERVED = Rule(
    code="rows_conserved",
    name_zh="行数守恒：文件行数等于装载、隔离与重复之和",
    name_en="Rows in a file equal loaded, quarantined and duplicate",
    violations="""
SELECT
  source_code, feed_code, CAST(business_date AS VARCHAR) AS business_date,
  CAST(line_count - loaded_count - quarantined_count - duplicate_count AS DECIMAL(38,2)) AS difference_amount
FROM delivery
WHERE line_count <> loaded_count + quarantined_count + duplicate_count
""",
    checked="SELECT count(*) FROM delivery",
)
ORPHAN_KEYS = Rule(
    code="orphan_keys",
    name_zh="悬空键：账户、贷款、交易、柜员、机构都能找到其主档",
    name_en="No key hangs in the air: customers, accounts, employees and organisations that rows name were delivered",
    violations="""
SELECT
  CAST(last_seen_on AS VARCHAR) AS business_date, organisation_code, check_code, key_count, row_count,
  CAST(key_count AS DECIMAL(38,2)) AS difference_amount
FROM orphan_key
""",
    checked="SELECT (SELECT count(*) FROM account_snapshot) + (SELECT count(*) FROM loan_snapshot)",
    severity="warn",
    setting="orphan_keys",
)
CURRENCIES_HAVE_RATES = Rule(
    code="currencies_have_rates",
    name_zh="外币折算：每个外币都报送了折本币汇率，缺汇率的按原币计入",
    name_en="Every foreign currency of accounts, loans and holdings has a rate; amounts without one count as they are",
    violations="""
WITH held AS (
  SELECT currency, count(*) AS row_count FROM account GROUP BY currency
  UNION ALL
  SELECT currency, count(*) AS row_count FROM loan GROUP BY currency
  UNION ALL
  SELECT currency, count(*) AS row_count FROM asset_holding GROUP BY currency
),
counted AS (
  SELECT currency, CAST(sum(row_count) AS BIGINT) AS row_count FROM held GROUP BY currency
),
own AS (
  SELECT local_currency AS currency, 1 AS preference, count(*) AS row_count FROM exchange_rate GROUP BY local_currency
  UNION ALL
  SELECT currency, 2 AS preference, row_count FROM counted
),
local AS (
  SELECT currency FROM own ORDER BY preference, row_count DESC, currency LIMIT 1
)
SELECT c.currency, CAST(c.row_count AS DECIMAL(38,2)) AS difference_amount
FROM counted AS c
CROSS JOIN local AS l
LEFT JOIN (SELECT DISTINCT currency FROM local_rate) AS r ON r.currency = c.currency
WHERE c.currency <> l.currency AND r.currency IS NULL
""",
    checked="""
SELECT count(*)
FROM (SELECT currency FROM account UNION SELECT currency FROM loan UNION SELECT currency FROM asset_holding) AS d
""",
    severity="warn",
    setting="exchange_rates",
)
BALANCES_TOLD = Rule(
    code="balances_told",
    name_zh="余额有来源：每类账户都有快照；只有交易、没有快照的账户不计余额",
    name_en="Every kind of account is reported; accounts that only movements name are in no balance",
    violations="""
SELECT a.account_kind, a.organisation_code, a.currency, CAST(count(*) AS DECIMAL(38,2)) AS difference_amount
FROM account AS a
LEFT JOIN (SELECT DISTINCT account_kind FROM account_snapshot) AS k ON k.account_kind = a.account_kind
WHERE k.account_kind IS NULL
GROUP BY a.account_kind, a.organisation_code, a.currency
""",
    checked="SELECT count(*) FROM account",
    severity="warn",
    setting="balances_told",
)
WORDS_KNOWN = Rule(
    code="words_known",
    name_zh="代码词：映射给出的每个词都是模型认识的词，不认识的不计入按该词区分的指标",
    name_en="Every word that mappings give is one the model knows; rows of other words are in no figure that goes by the word",
    violations="""
SELECT
  CAST(last_unknown_on AS VARCHAR) AS business_date, table_name, column_name, CAST(unknown_count AS DECIMAL(38,2)) AS difference_amount
FROM unknown_word
WHERE unknown_count > 0
""",
    checked="SELECT count(*) FROM unknown_word",
    severity="warn",
    setting="words",
)
RULES: tuple[Rule, ...] = (
    ROWS_CONSERVED,
    *SETS_EQUAL_LEDGER,
    LEDGER_BALANCES,
    LEDGER_ROLLS,
    LEDGER_CARRIED,
    LEDGER_PARENTS,
    BALANCES_ROLL,
    BALANCES_TOLD,
    RECEIPTS_EQUAL_ACCOUNTS,
    ORPHAN_KEYS,
    CURRENCIES_HAVE_RATES,
    WORDS_KNOWN,
    CUSTOMERS_EQUAL_ACCOUNTS,
    *MARTS_EQUAL_BASE,
    *PRODUCT_RULES,
    MANAGERS_EQUAL_BALANCES,
    ASSIGNMENTS_ACCEPTED,
    ALLOCATION_DECISIONS_ACCEPTED,
    SHARES_MAKE_THE_WHOLE,
    TIER_DECISIONS_ACCEPTED,
    ATTEMPTS_ARE_POSTED,
    MERCHANTS_EQUAL_TRADES,
    CONTRIBUTION_ADDS_UP,
    SERVICE_COST_ADDS_UP,
    PROFIT_EXPLAINED,
    *LABEL_RULES,
)
"""Every control, one line each, in the order in which `maisui status` lists them."""
