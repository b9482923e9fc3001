"""The marts in pandas: month by account and customer; day by ledger subject."""

from __future__ import annotations

import numpy as np
import pandas as pd
from pandas_bank import Bank
from pandas_model import number_of


def fill_marts(bank: Bank, reporting_date: pd.Timestamp) -> None:
    """Add the marts to `bank`."""
    _account_month(bank)
    _customer_month(bank)
    _ledger_day(bank, reporting_date)
    _ledger_tie(bank)


def _account_month(bank: Bank) -> None:
    held, account = bank["account_balance"], bank["account"].set_index("account")
    starts, ends, amount = held["day"].to_numpy(), held["until"].to_numpy(), held["balance"].to_numpy()
    estimated, numbers = held["is_estimated"].to_numpy(), held["account"].to_numpy()
    frames: list[pd.DataFrame] = []
    for month, group in bank["calendar_day"].groupby("month_start"):
        first, last = (int(number) for number in number_of(group["business_date"].agg(["min", "max"])))
        rows = np.flatnonzero((starts <= last) & (ends >= first))
        begin, end, value = starts[rows], ends[rows], amount[rows]
        lasting = end > first
        length = np.maximum(np.minimum(end, last + 1) - np.maximum(begin, first), 0)
        part = pd.DataFrame(
            {
                "account": numbers[rows],
                "opening_balance": np.where(begin < first, value, 0),
                "closing_balance": np.where(end > last, value, 0),
                "balance_days": np.where(lasting, value * length, 0),
                "is_estimated": estimated[rows] & lasting,
            }
        )
        sums = part.groupby("account", as_index=False).sum()
        frames.append(sums.assign(month_start=month, first=first, day_count=last - first + 1))
    months = pd.concat(frames, ignore_index=True)
    months["is_estimated"] = months["is_estimated"] > 0
    amounts = months[["opening_balance", "closing_balance", "balance_days"]]
    closed = pd.Series(number_of(account["closed_on"]), index=account.index)
    months = months[(months["account"].map(closed) >= months["first"]) | (amounts != 0).any(axis=1)]
    total, length = months["balance_days"], months["day_count"]
    months = months.assign(average_daily_balance=np.sign(total) * ((2 * total.abs() + length) // (2 * length)))
    columns = ["account_number", "currency", "account_kind", "customer_number", "organisation_code", "product_code", "product_group"]
    bank["account_month"] = months.join(account[columns], on="account")


def _customer_month(bank: Bank) -> None:
    months, moves = bank["account_month"], bank["account_transaction"]
    key = ["customer_number", "month_start"]
    is_loan = months["account_kind"].eq("loan").to_numpy(bool)
    amounts = {
        f"{kind}_{name}": months[column].where(is_loan == (kind == "loan"), 0)
        for kind in ("deposit", "loan")
        for name, column in (("balance", "closing_balance"), ("average_daily_balance", "average_daily_balance"))
    }
    held = months[key].assign(**amounts).groupby(key, as_index=False).sum()
    counted = moves[~moves["is_bank_initiated"] & (moves["account_kind"] == "deposit")]
    counted = counted[["customer_number", "counts_as"]].assign(month_start=counted["posted_on"].to_numpy("datetime64[M]"))
    counted["month_start"] = counted["month_start"].astype("datetime64[ns]")
    moved = counted.groupby(key, as_index=False)["counts_as"].sum().rename(columns={"counts_as": "transaction_count"})
    every = held.merge(moved, on=key, how="left")
    every["transaction_count"] = every["transaction_count"].fillna(0).astype("int64")
    customers = bank["customer"][["customer_number", "customer_kind", "home_organisation_code"]]
    every = every.merge(customers, on="customer_number", how="left")
    every["customer_kind"] = every["customer_kind"].fillna("unknown")
    every["home_organisation_code"] = every["home_organisation_code"].fillna("none")
    bank["customer_month"] = every


def _ledger_day(bank: Bank, reporting_date: pd.Timestamp) -> None:
    ledger, subjects = bank["ledger_snapshot"], bank["ledger_subject_snapshot"]
    latest = subjects.sort_values("reported_on", kind="stable").drop_duplicates("subject_code", keep="last")
    children = subjects[subjects["parent_code"].notna() & (subjects["parent_code"] != subjects["subject_code"])]
    pairs = children[["subject_code", "parent_code"]].drop_duplicates()
    days = ledger[["subject_code", "reported_on"]].drop_duplicates()
    parents = days.merge(pairs, on="subject_code")[["parent_code", "reported_on"]].drop_duplicates()
    parents = parents.rename(columns={"parent_code": "subject_code"}).assign(is_parent=True)
    every = ledger[ledger["reported_on"] <= reporting_date].merge(parents, on=["subject_code", "reported_on"], how="left")
    every = every[every["is_parent"].isna()].merge(
        latest[["subject_code", "subject_name", "balance_side", "business_subclass"]], on="subject_code", how="left"
    )
    net = every["closing_debit_balance"] - every["closing_credit_balance"]
    every["balance_side"] = every["balance_side"].fillna("both")
    every["business_subclass"] = every["business_subclass"].fillna("unmapped")
    every["balance"] = net.where(every["balance_side"] != "credit", -net)
    bank["ledger_day"] = every.rename(columns={"reported_on": "business_date"})


def _ledger_tie(bank: Bank) -> None:
    snapshot, ledger = bank["account_snapshot"], bank["ledger_day"]
    told = snapshot[snapshot["balance"].notna() & snapshot["reported_on"].isin(ledger["business_date"])]
    both = told[["reported_on", "account_kind"]].drop_duplicates()
    both = both.rename(columns={"reported_on": "business_date", "account_kind": "business_subclass"}).assign(has_subledger=True)
    key = ["organisation_code", "subject_code", "currency", "business_date"]
    told = told.rename(columns={"reported_on": "business_date"})
    told = told.assign(subject_code=told["subject_code"].fillna("none"))
    sub = told.groupby(key, as_index=False).agg(account_kind=("account_kind", "min"), subledger_balance=("balance", "sum"))
    general = ledger.merge(both, on=["business_date", "business_subclass"], how="left")
    general = general[[*key, "business_subclass", "balance", "has_subledger"]].rename(columns={"balance": "ledger_balance"})
    tie = sub.merge(general, on=key, how="outer")
    tie = tie[tie["account_kind"].notna() | (tie["has_subledger"].notna() & (tie["ledger_balance"] != 0))]
    tie = tie.assign(
        account_kind=tie["account_kind"].fillna(tie["business_subclass"]), subledger_balance=tie["subledger_balance"].fillna(0),
        ledger_balance=tie["ledger_balance"].fillna(0),
    )  # fmt: skip
    tie = tie.rename(columns={"account_kind": "control_code"})
    bank["ledger_tie"] = tie.assign(difference_amount=tie["subledger_balance"] - tie["ledger_balance"])
