"""The marts in pandas: month by account and customer; day by product, customers, channel, loan flow, loan class and ledger."""

from __future__ import annotations

import numpy as np
import pandas as pd
from pandas_bank import Bank
from pandas_model import NEVER, number_of

LONG_OVERDUE_DAYS = 90
ELECTRONIC = ("atm", "vtm", "pos", "internet_bank", "mobile_bank", "telephone_bank", "third_party", "union_pay")


def fill_marts(bank: Bank, reporting_date: pd.Timestamp) -> None:
    """Add the marts to `bank`."""
    _account_month(bank)
    _customer_month(bank)
    _product_day(bank, reporting_date)
    _customer_day(bank, reporting_date)
    _channel_day(bank, reporting_date)
    _loan_flow_day(bank, reporting_date)
    _loan_class_day(bank)
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


def _series(bank: Bank, daily: pd.DataFrame, key: list[str], levels: list[str], flows: list[str]) -> pd.DataFrame:
    """Return one row a group and day from the group's first day on; `levels` are added up over days, `flows` are not."""
    groups = daily.groupby(key, as_index=False)["business_date"].min().rename(columns={"business_date": "first_on"})
    spine = groups.merge(bank["calendar_day"][["business_date"]], how="cross")
    spine = spine[spine["business_date"] >= spine["first_on"]].sort_values([*key, "business_date"])
    every = spine.merge(daily, on=[*key, "business_date"], how="left")
    every[[*levels, *flows]] = every[[*levels, *flows]].fillna(0).astype("int64")
    every[levels] = every.groupby(key)[levels].cumsum()
    return every


def _days(bank: Bank, changes: pd.DataFrame, key: list[str], reporting_date: pd.Timestamp) -> pd.DataFrame:
    """Return changes added up by day; what happened before the first day counts on it."""
    first = bank["calendar_day"]["business_date"].iloc[0]
    changes = changes[changes["business_date"] <= reporting_date]
    changes = changes.assign(business_date=changes["business_date"].clip(lower=first))
    return changes.groupby([*key, "business_date"], as_index=False).sum()


def _product_day(bank: Bank, reporting_date: pd.Timestamp) -> None:
    key = ["organisation_code", "product_code", "product_group", "account_kind", "customer_kind", "currency"]
    account, held = bank["account"], bank["account_balance"]
    account = account.assign(group=account.groupby(key).ngroup())
    groups = account.set_index("account")["group"]
    begun = held["account"].map(groups)
    ended = held[held["until"] < NEVER]
    stayed = account["closed_on"].isna() | (account["closed_on"] > account["opened_on"])
    left = account[account["closed_on"] > account["opened_on"]]
    pieces = (
        (begun, held["valid_from"], held["balance"], 0),
        (begun[ended.index], ended["valid_until"], -ended["balance"], 0),
        (account.loc[stayed, "group"], account.loc[stayed, "opened_on"], 0, 1),
        (left["group"], left["closed_on"], 0, -1),
    )
    names = ("group", "business_date", "balance", "account_count")
    changes = pd.concat([pd.DataFrame(dict(zip(names, piece, strict=True))) for piece in pieces], ignore_index=True)
    series = _series(bank, _days(bank, changes, ["group"], reporting_date), ["group"], ["balance", "account_count"], [])
    bank["product_day"] = series.join(account.drop_duplicates("group").set_index("group")[key], on="group")


def _customer_day(bank: Bank, reporting_date: pd.Timestamp) -> None:
    customers = bank["customer"][["customer_number", "customer_kind", "home_organisation_code"]]
    every = bank["customer_relation"].merge(customers, on="customer_number", how="left")
    every = every.rename(columns={"home_organisation_code": "organisation_code"})
    every["organisation_code"], every["customer_kind"] = every["organisation_code"].fillna("none"), every["customer_kind"].fillna("unknown")
    first, is_holder = bank["calendar_day"]["business_date"].iloc[0], every["relation"] == "holder"
    counts = {"customer_count": "holder", "depositor_count": "depositor", "borrower_count": "borrower"}
    changes: list[pd.DataFrame] = []
    for day, sign in (("valid_from", 1), ("valid_until", -1)):
        change = every[["organisation_code", "customer_kind"]].assign(business_date=every[day])
        for name, relation in counts.items():
            change[name] = np.where(every["relation"] == relation, sign, 0)
        within = (every[day] >= first) & is_holder
        change["new_customer_count"] = (within & every["is_first"] & (sign > 0)).astype("int64")
        change["lost_customer_count"] = (within & (sign < 0)).astype("int64")
        changes.append(change.dropna(subset="business_date"))
    key = ["organisation_code", "customer_kind"]
    daily = _days(bank, pd.concat(changes, ignore_index=True), key, reporting_date)
    bank["customer_day"] = _series(bank, daily, key, list(counts), ["new_customer_count", "lost_customer_count"])


def _channel_day(bank: Bank, reporting_date: pd.Timestamp) -> None:
    moves, kinds = bank["account_transaction"], bank["account"].set_index("account")["customer_kind"]
    first = bank["calendar_day"]["business_date"].iloc[0]
    rows = moves[(moves["posted_on"] >= first) & (moves["posted_on"] <= reporting_date)]
    change, amount, weight = rows["balance_change"], rows["amount"], rows["counts_as"]
    facts = pd.DataFrame(
        {
            "organisation_code": rows["holding_organisation_code"],
            "handling_organisation_code": rows["handling_organisation_code"].fillna("none"),
            "account_kind": rows["account_kind"],
            "customer_kind": kinds.reindex(rows["account"]).fillna("unknown").to_numpy(),
            "channel_code": rows["channel_code"],
            "transaction_type": rows["transaction_type"],
            "currency": rows["currency"],
            "is_bank_initiated": rows["is_bank_initiated"],
            "business_date": rows["posted_on"],
            "transaction_count": weight,
            "transaction_amount": amount * weight,
            "reversal_count": rows["is_event"].astype("int64"),
            "posting_count": 1,
            "credit_amount": change.clip(lower=0),
            "debit_amount": (-change).clip(lower=0),
        }
    )
    counted = facts.groupby(list(facts.columns[:9]), as_index=False).sum()
    bank["channel_day"] = counted.assign(is_electronic=counted["channel_code"].isin(ELECTRONIC))


def _loan_flow_day(bank: Bank, reporting_date: pd.Timestamp) -> None:
    key = ["organisation_code", "product_code", "customer_kind", "currency", "loan_status", "business_date"]
    moves, loan, account = bank["account_transaction"], bank["loan"], bank["account"]
    receipts = loan.dropna(subset="account_number").sort_values(["disbursed_on", "loan_number"], ascending=[False, True])
    receipts = receipts.drop_duplicates(["account_number", "currency"])[["account_number", "currency", "loan_status"]]
    rows = moves[(moves["account_kind"] == "loan") & moves["transaction_type"].isin(["loan_disbursement", "loan_principal"])]
    rows = rows[["account", "posted_on", "transaction_type", "balance_change", "counts_as"]]
    columns = ["account", "account_number", "currency", "organisation_code", "product_code", "customer_kind"]
    rows = rows.merge(account[columns], on="account").merge(receipts, on=["account_number", "currency"], how="left")
    is_out = rows["transaction_type"] == "loan_disbursement"
    flows = rows.assign(
        loan_status=rows["loan_status"].fillna("other"), business_date=rows["posted_on"],
        disbursed_amount=rows["balance_change"].where(is_out, 0), disbursed_count=rows["counts_as"].where(is_out, 0),
        collected_amount=(-rows["balance_change"]).where(~is_out, 0),
    )  # fmt: skip
    known = account.loc[account["account_kind"] == "loan", ["account_number", "currency"]].assign(is_known=True)
    alone = loan.merge(known, on=["account_number", "currency"], how="left")
    alone = alone[alone["is_known"].isna()].assign(business_date=lambda rows: rows["disbursed_on"], disbursed_count=1, collected_amount=0)
    amounts = ["disbursed_amount", "disbursed_count", "collected_amount"]
    every = pd.concat([flows[[*key, *amounts]], alone[[*key, *amounts]]], ignore_index=True)
    bank["loan_flow_day"] = every[every["business_date"] <= reporting_date].groupby(key, as_index=False)[amounts].sum()


def _loan_class_day(bank: Bank) -> None:
    key = [
        "organisation_code", "product_code", "customer_kind", "currency", "loan_class", "loan_status", "is_agriculture",
        "is_inclusive_small_micro",
    ]  # fmt: skip
    columns = ["loan_number", *key[:4]]
    state = bank["loan_state"]
    state = state[state["balance"] != 0].drop(columns=key[:4], errors="ignore").merge(bank["loan"][columns], on="loan_number")
    state["group"] = state.groupby(key, dropna=False).ngroup()
    first, last = (int(number) for number in number_of(bank["calendar_day"]["business_date"].agg(["min", "max"])))
    begin = np.maximum(number_of(state["valid_from"]), first)
    length = np.maximum(np.minimum(number_of(state["valid_until"]), last + 1) - begin, 0)
    rows = np.repeat(np.arange(len(state)), length)
    day = np.arange(len(rows)) - np.repeat(np.cumsum(length) - length, length) + begin[rows]
    since = number_of(state["overdue_since"])[rows]
    bucket = np.where(since >= day, 0, np.where(day - since > LONG_OVERDUE_DAYS, 2, 1))
    daily = pd.DataFrame(
        {"cell": (state["group"].to_numpy()[rows] * 3 + bucket) * NEVER + day, "balance": state["balance"].astype("int64").to_numpy()[rows]}
    )
    counted = daily.groupby("cell")["balance"].agg(balance="sum", loan_count="size").reset_index()
    counted["group"], counted["bucket"] = counted["cell"] // NEVER // 3, counted["cell"] // NEVER % 3
    counted["overdue_bucket"] = pd.Series(["none", "to_90d", "over_90d"]).take(counted["bucket"]).to_numpy()
    counted["business_date"] = pd.to_datetime(counted["cell"] % NEVER, unit="D")
    bank["loan_class_day"] = counted.join(state.drop_duplicates("group").set_index("group")[key], on="group")


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
    bank["ledger_tie"] = tie.assign(difference_amount=tie["subledger_balance"] - tie["ledger_balance"])
