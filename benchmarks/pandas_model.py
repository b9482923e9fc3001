"""Integration in pandas: calendar, organisations, customers, accounts, rolled balances, relations, reversals and loans.

Accounts are numbered once, so that balances are worked out on whole numbers: days, cents and accounts.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from pandas_bank import Bank

HISTORY_DAYS = 4000
NEVER = 2**40
"""A day number behind every day: what has no end yet."""


def number_of(dates: pd.Series) -> np.ndarray:
    """Return days as numbers since 1970, NEVER where there is none."""
    numbers = dates.to_numpy("datetime64[D]").astype("int64")
    return np.where(dates.isna().to_numpy(), NEVER, numbers)


def day_of(numbers: np.ndarray | pd.Series) -> pd.Series:
    """Return numbers as days, NaT for NEVER."""
    whole = pd.Series(numbers)
    return pd.Series(pd.to_datetime(whole.where(whole < NEVER), unit="D"))


def integrate(bank: Bank, reporting_date: pd.Timestamp) -> None:
    """Add the integrated tables to `bank`."""
    snapshot, moves = bank["account_snapshot"], bank["account_transaction"]
    names = pd.concat([frame["account_number"] + "|" + frame["currency"] for frame in (snapshot, moves)], ignore_index=True)
    codes, _ = pd.factorize(names)
    snapshot["account"], moves["account"] = codes[: len(snapshot)], codes[len(snapshot) :]
    _calendar(bank, reporting_date)
    _organisations(bank)
    _customers(bank)
    _accounts(bank)
    _balances(bank, reporting_date)
    _relations(bank, reporting_date)
    _reversals(bank)
    _loans(bank)


def _calendar(bank: Bank, reporting_date: pd.Timestamp) -> None:
    earliest = reporting_date - pd.Timedelta(days=HISTORY_DAYS)
    seen = [bank["account_transaction"]["posted_on"], bank["account_snapshot"]["reported_on"], bank["ledger_snapshot"]["reported_on"]]
    first = min(day[day >= earliest].min() for day in seen)
    frame = pd.DataFrame({"business_date": pd.date_range(first.replace(day=1), reporting_date)})
    frame["month_start"] = frame["business_date"].dt.to_period("M").dt.start_time
    frame["month_end"] = frame["month_start"] + pd.offsets.MonthEnd(0)
    bank["calendar_day"] = frame


def _organisations(bank: Bank) -> None:
    reports = bank["organisation_snapshot"].sort_values("reported_on")
    latest = reports.drop_duplicates("organisation_code", keep="last").rename(columns={"reported_on": "last_reported_on"})
    latest = latest.merge(reports.groupby("organisation_code", as_index=False).agg(first_reported_on=("reported_on", "min")))
    pairs = (
        ("account_snapshot", "organisation_code", "reported_on"), ("account_transaction", "holding_organisation_code", "posted_on"),
        ("ledger_snapshot", "organisation_code", "reported_on"), ("loan_snapshot", "organisation_code", "reported_on"),
    )  # fmt: skip
    seen = pd.concat(
        [bank[name].rename(columns={code: "code"}).groupby("code", as_index=False)[day].agg(["min", "max"]) for name, code, day in pairs]
    )
    seen = seen.groupby("code", as_index=False).agg({"min": "min", "max": "max"}).rename(columns={"code": "organisation_code"})
    every = latest.merge(seen, on="organisation_code", how="outer")
    every["organisation_kind"] = every["organisation_kind"].fillna("other")
    every["parent_code"] = every["parent_code"].where(every["parent_code"].isin(latest["organisation_code"]))
    every["is_open"] = every["is_open"].fillna(value=True)
    every["first_reported_on"] = every["first_reported_on"].fillna(every["min"])
    every["last_reported_on"] = every["last_reported_on"].fillna(every["max"])
    bank["organisation"] = every
    parents = every.dropna(subset="parent_code").set_index("organisation_code")["parent_code"].astype(object)
    level = pd.DataFrame({"organisation_code": every["organisation_code"], "ancestor_code": every["organisation_code"], "distance": 0})
    levels = [level]
    while len(level := level.assign(ancestor_code=level["ancestor_code"].map(parents), distance=level["distance"] + 1).dropna()):
        levels.append(level)
    bank["organisation_closure"] = pd.concat(levels, ignore_index=True)
    outlets = bank["organisation_snapshot"].assign(
        count=lambda rows: (rows["organisation_kind"] == "outlet") & rows["is_open"].fillna(value=False)
    )
    staff = bank["employee_snapshot"].assign(count=lambda rows: rows["is_on_duty"])
    counted: list[pd.DataFrame] = []
    for name, rows in (("outlet_count", outlets), ("employee_count", staff)):
        by_day = rows.groupby(["reported_on", "organisation_code"], as_index=False)["count"].sum().rename(columns={"count": name})
        reported = pd.DataFrame({"reported_on": sorted(rows["reported_on"].unique())})
        asof = pd.merge_asof(bank["calendar_day"][["business_date"]], reported, left_on="business_date", right_on="reported_on")
        counted.append(asof.merge(by_day, on="reported_on"))
    grain = ["organisation_code", "business_date"]
    bank["organisation_day"] = pd.concat(counted).groupby(grain, as_index=False)[["outlet_count", "employee_count"]].sum()


def _customers(bank: Bank) -> None:
    snapshot = bank["customer_snapshot"].sort_values("reported_on", kind="stable")
    latest = snapshot.drop_duplicates("customer_number", keep="last").rename(columns={"reported_on": "last_reported_on"})
    latest = latest.merge(snapshot.groupby("customer_number", as_index=False).agg(first_reported_on=("reported_on", "min")))
    accounts = bank["account_snapshot"]
    seen = accounts[["customer_number", "organisation_code", "account_number", "currency", "account"]].assign(
        seen_on=accounts["opened_on"].fillna(accounts["reported_on"])
    )
    seen = seen.drop_duplicates(["customer_number", "organisation_code", "account", "seen_on"])
    seen = seen.sort_values(["seen_on", "account_number", "currency", "organisation_code"]).drop_duplicates("customer_number")
    lent = bank["loan_snapshot"].groupby("customer_number", as_index=False).agg(loan_home=("organisation_code", "min"))
    homes = seen[["customer_number", "organisation_code"]].rename(columns={"organisation_code": "home"})
    homes = homes.merge(lent, on="customer_number", how="outer")
    every = latest.merge(homes, on="customer_number", how="outer")
    every["customer_kind"] = every["customer_kind"].fillna("unknown")
    every["home_organisation_code"] = every["organisation_code"].fillna(every["home"]).fillna(every["loan_home"]).fillna("none")
    bank["customer"] = every


def _next_reports(bank: Bank) -> pd.DataFrame:
    """Return for each feed and day the day of the next delivery."""
    reports = bank["delivery"][["feed_code", "business_date"]].drop_duplicates().sort_values(["feed_code", "business_date"])
    reports["next_on"] = reports.groupby("feed_code")["business_date"].shift(-1)
    return reports.rename(columns={"feed_code": "feed", "business_date": "reported_on"})


def _accounts(bank: Bank) -> None:
    snapshot, moves = bank["account_snapshot"], bank["account_transaction"]
    reported = snapshot.groupby("account")["reported_on"]
    last = snapshot[snapshot["reported_on"] == reported.transform("max")]
    last = last.sort_values(["closed_on", "cash_form"], ascending=[False, True], na_position="first").drop_duplicates("account")
    last = last.assign(feed=last["feed"].astype(str), first_reported_on=last["account"].map(reported.min()))
    last = last.merge(_next_reports(bank), on=["feed", "reported_on"], how="left")
    last["is_vanished"] = last["closed_on"].isna() & last["next_on"].notna()
    last["opened_on"] = last["opened_on"].fillna(last["first_reported_on"])
    last["closed_on"] = last["closed_on"].fillna(last["next_on"])
    last = last.rename(columns={"reported_on": "last_reported_on"})
    other = moves[~moves["account"].isin(last["account"])].sort_values(["posted_on", "transaction_number"]).drop_duplicates("account")
    other = other.rename(columns={"holding_organisation_code": "organisation_code", "posted_on": "opened_on"})
    group = np.where(other["account_kind"] == "loan", "loan", "other_deposit")
    other = other.assign(product_code="unknown", product_group=group, is_vanished=False)
    other["customer_number"] = other["customer_number"].fillna("none")
    every = pd.concat([last, other], ignore_index=True) if len(other) else last
    kinds = bank["customer"][["customer_number", "customer_kind"]]
    every = every.merge(kinds, on="customer_number", how="left")
    every["customer_kind"] = every["customer_kind"].fillna("unknown")
    bank["account"] = every.sort_values("account", ignore_index=True)


def _points(bank: Bank, reporting_date: pd.Timestamp) -> pd.DataFrame:
    """Return running movements beside reported balances, one row an account and day."""
    snapshot, moves, account = bank["account_snapshot"], bank["account_transaction"], bank["account"]
    first = int(number_of(bank["calendar_day"]["business_date"].head(1))[0])
    told = snapshot[snapshot["balance"].notna()]
    gone = account[account["is_vanished"].astype(bool)]
    old = account[number_of(account["opened_on"]) < first]
    pieces = (
        (moves["account"], number_of(moves["posted_on"]), moves["balance_change"], 0, False),
        (told["account"], number_of(told["reported_on"]), 0, told["balance"].astype("int64"), True),
        (gone["account"], number_of(gone["closed_on"]), 0, 0, True),
        (old["account"], first - 1, 0, 0, False),
    )
    names = ("account", "day", "movement", "reported", "is_reported")
    events = pd.concat([pd.DataFrame(dict(zip(names, piece, strict=True))) for piece in pieces], ignore_index=True)
    last = int(number_of(pd.Series([reporting_date]))[0])
    events = events[(events["day"] >= first - 1) & (events["day"] <= last)]
    points = events.groupby(["account", "day"], as_index=False).agg({"movement": "sum", "reported": "sum", "is_reported": "any"})
    points["running"] = points.groupby("account")["movement"].cumsum()
    offset = (points["reported"] - points["running"]).where(points["is_reported"])
    points["earlier"] = offset.groupby(points["account"]).ffill()
    points["later"] = offset.groupby(points["account"]).shift(-1).groupby(points["account"]).bfill()
    return points


def _balances(bank: Bank, reporting_date: pd.Timestamp) -> None:
    points = _points(bank, reporting_date)
    points["balance"] = (points["running"] + points["earlier"].fillna(points["later"]).fillna(0)).astype("int64")
    points["is_estimated"] = points["earlier"].notna() & points["later"].notna() & (points["earlier"] != points["later"])
    is_first = points["account"] != points["account"].shift()
    before = points["earlier"].shift().mask(is_first)
    account = bank["account"].set_index("account")[["account_number", "currency"]]
    rolled = points.assign(rolled_balance=points["running"] + before, reported_balance=points["reported"], reported_on=points["day"])
    rolled["difference_amount"] = rolled["rolled_balance"] - rolled["reported_balance"]
    broken = rolled["is_reported"] & before.notna() & (rolled["difference_amount"] != 0)
    bank["balance_break"] = rolled[broken].join(account, on="account")
    changed = is_first | (points["balance"] != points["balance"].shift()) | (points["is_estimated"] != points["is_estimated"].shift())
    kept = points.loc[changed, ["account", "day", "balance", "is_estimated"]].reset_index(drop=True)
    following = kept["day"].shift(-1, fill_value=NEVER)
    kept["until"] = following.where(kept["account"] == kept["account"].shift(-1), NEVER)
    kept["valid_from"], kept["valid_until"] = day_of(kept["day"]), day_of(kept["until"])
    bank["account_balance"] = kept.join(account, on="account")


def _relations(bank: Bank, reporting_date: pd.Timestamp) -> None:
    account = bank["account"]
    customers, _ = pd.factorize(account["customer_number"])
    numbers = pd.Series(customers, index=account["account"])
    is_loan = pd.Series(account["account_kind"].eq("loan").to_numpy(bool), index=account["account"])
    opened = account["opened_on"] <= reporting_date
    held = pd.DataFrame({"customer": customers, "starts": number_of(account["opened_on"]), "ends": number_of(account["closed_on"])})
    held = held[opened.to_numpy()].assign(relation="holder")
    positive = bank["account_balance"].loc[lambda rows: rows["balance"] > 0]
    owned = pd.DataFrame({"customer": positive["account"].map(numbers), "starts": positive["day"], "ends": positive["until"]})
    owned["relation"] = np.where(positive["account"].map(is_loan), "borrower", "depositor")
    spans = pd.concat([held, owned], ignore_index=True)
    spans = spans[spans["ends"] > spans["starts"]].sort_values(["customer", "relation", "starts", "ends"], ignore_index=True)
    key = [spans["customer"], spans["relation"]]
    reached = spans.groupby(key)["ends"].cummax().groupby(key).shift()
    spans["island"] = (~(reached >= spans["starts"])).groupby(key).cumsum()
    periods = spans.groupby(["customer", "relation", "island"], as_index=False).agg(starts=("starts", "min"), ends=("ends", "max"))
    names = account.drop_duplicates("customer_number")["customer_number"].reset_index(drop=True)
    periods["customer_number"] = names.take(periods["customer"]).to_numpy()
    periods["valid_from"], periods["valid_until"] = day_of(periods["starts"]), day_of(periods["ends"])
    bank["customer_relation"] = periods.assign(is_first=periods["island"] == 1)


def _reversals(bank: Bank) -> None:
    """Pair flagged postings; what a posting counts as stands beside it from here on."""
    moves = bank["account_transaction"]
    flagged = moves[moves["is_reversal"]].sort_values(["posted_time", "transaction_number"], na_position="first").reset_index(names="row")
    key = ["account", "posted_on", "amount"]
    flagged["position"] = flagged.groupby([*key, "balance_change"]).cumcount()
    flagged["place"] = flagged.groupby(key).cumcount()
    others = flagged.loc[flagged["balance_change"] != 0, [*key, "position", "balance_change", "place"]]
    others = others.assign(balance_change=-others["balance_change"]).rename(columns={"place": "other_place"})
    found = flagged.merge(others, on=[*key, "position", "balance_change"], how="left")
    is_alone = found["other_place"].isna()
    moves["counts_as"], moves["is_event"] = 1, False
    moves.loc[found["row"], "counts_as"] = np.where(is_alone & (found["balance_change"] != 0), -1, 0)
    moves.loc[found["row"], "is_event"] = (is_alone | (found["place"] > found["other_place"])).to_numpy()


def _loans(bank: Bank) -> None:
    snapshot = bank["loan_snapshot"]
    latest = snapshot.sort_values("reported_on", kind="stable").drop_duplicates("loan_number", keep="last")
    latest = latest.merge(bank["customer"][["customer_number", "customer_kind"]], on="customer_number", how="left")
    latest["customer_kind"] = latest["customer_kind"].fillna("unknown")
    bank["loan"] = latest.rename(columns={"reported_on": "last_reported_on"})
    state = snapshot[snapshot["balance"].notna()].assign(feed=lambda rows: rows["feed"].astype(str))
    state = state.merge(_next_reports(bank), on=["feed", "reported_on"], how="left")
    state["is_agriculture"] = state["is_agriculture"].fillna(value=False)
    state["is_inclusive_small_micro"] = state["is_inclusive_small_micro"].fillna(value=False)
    bank["loan_state"] = state.rename(columns={"reported_on": "valid_from", "next_on": "valid_until"})
