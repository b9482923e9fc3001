"""The REST interface: the same figures as the command line, for whoever holds a token, and for nobody else."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from web_home import BRANCH, OTHER_BRANCH, make_person, signed_in, web_home

from maisui.answers import Bank, data_quality
from maisui.web.access.permissions import Permission

pytestmark = pytest.mark.django_db
FIGURES = [Permission.FIGURE_VIEW, Permission.FIGURE_EXPLAIN]


def token_for(*holdings: tuple[str, str], scopes: list[Permission] | None = None) -> str:
    """Return a fresh token of a fresh user who holds `holdings`."""
    from maisui.web.staff.models import ApiToken
    from maisui.web.staff.tokens import hash_of, new_token

    token = new_token()
    user = make_person(f"program-{ApiToken.objects.count()}", *holdings).user
    ApiToken.objects.create(
        user=user, name="test", token_hash=hash_of(token), hint=token[-4:],
        scopes=[scope.value for scope in (FIGURES if scopes is None else scopes)], expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    return token


def get(address: str, token: str = "", **query: Any):
    """Ask the interface with a token."""
    return Client().get(f"/api/{address}", query, headers={"Authorization": f"Bearer {token}"} if token else {})


def test_the_interface_says_what_the_command_line_says() -> None:
    from example_home import tell

    token = token_for(("bank_president", ""))
    for metric, words, query in (
        ("deposit_balance", ("--by", "organisation", "--compare", "previous_month"), {"by": "organisation", "compare": "previous_month"}),
        ("npl_ratio", (), {}),
        ("transaction_count", ("--by", "channel", "--period", "year"), {"by": "channel", "period": "year"}),
        ("customer_count", ("--org", BRANCH, "--date", "2026-02-28"), {"org": BRANCH, "date": "2026-02-28"}),
        ("deposit_balance", ("--by", "child"), {"by": "child"}),
    ):
        printed = tell("ask", metric, *words, "--json", "--home", str(web_home())).json
        assert get(f"figures/{metric}", token, **query).json() == printed
    assert get("metrics", token).json() == tell("metrics", "--json").json
    explained = tell("explain", "deposit_balance", "--json", "--home", str(web_home())).json
    assert get("explanations/deposit_balance", token).json() == explained


def test_a_trend_ends_with_the_figure_of_the_day() -> None:
    token = token_for(("bank_president", ""))
    points = get("trends/deposit_balance", token, months=3).json()["points"]
    assert len(points) == 3
    assert points[-1]["value"] == get("figures/deposit_balance", token).json()["rows"][0]["value"]


def test_strangers_are_not_answered() -> None:
    for address in (
        "metrics",
        "figures/deposit_balance",
        "organisations",
        "freshness",
        "explanations/npl_ratio",
        "trends/npl_ratio",
        "metrics/npl_ratio",
    ):
        assert get(address).status_code == 401
        assert get(address, "maisui_wrong").status_code == 401
    assert Client().get("/api/docs").status_code == 302
    assert Client().get("/api/openapi.json").status_code == 302


def test_the_interface_describes_itself_once_and_the_same_to_everyone() -> None:
    from unittest.mock import patch

    from ninja.openapi.schema import get_schema

    from maisui.web import api

    api._described.cache_clear()
    with patch.object(api, "get_schema", wraps=get_schema) as written:
        told = [signed_in(role, username=role).get("/api/openapi.json").content for role in ("teller", "bank_president", "union_leader")]
    assert written.call_count == 1
    assert len(set(told)) == 1
    assert json.loads(told[0]) == json.loads(json.dumps(get_schema(api=api.api, path_prefix="/api/"), default=str))


def test_a_token_is_worth_no_more_than_its_scopes_and_its_owner() -> None:
    assert get("figures/npl_ratio", token_for(("bank_president", ""), scopes=[])).status_code == 403
    assert get("explanations/npl_ratio", token_for(("bank_president", ""), scopes=[Permission.FIGURE_VIEW])).status_code == 403
    assert get("figures/npl_ratio", token_for(("teller", BRANCH))).status_code == 403, "a teller's role does not carry the interface"


@pytest.mark.parametrize("change", ["revoke", "expire", "disable", "end"])
def test_a_token_dies_at_the_next_request(change: str) -> None:
    from maisui.web.staff.models import ApiToken

    token = token_for(("bank_president", ""))
    assert get("freshness", token).status_code == 200
    kept = ApiToken.objects.get()
    now = timezone.now()
    match change:
        case "revoke":
            ApiToken.objects.update(revoked_at=now)
        case "expire":
            ApiToken.objects.update(expires_at=now)
        case "disable":
            type(kept.user).objects.update(is_active=False)
        case _:
            kept.user.grants.update(valid_until=timezone.localdate())
    assert get("freshness", token).status_code in (401, 403)


def test_other_organisations_do_not_exist() -> None:
    token = token_for(("branch_manager", BRANCH))
    assert [node["code"] for node in get("organisations", token).json()] == [BRANCH]
    for address in ("figures/deposit_balance", "trends/deposit_balance", "explanations/deposit_balance"):
        hidden, absent = get(address, token, org=OTHER_BRANCH), get(address, token, org="X9")
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content


def test_bad_questions_are_answered_in_three_lines() -> None:
    token = token_for(("bank_president", ""))
    for address, query, status in (
        ("figures/no_such_metric", {}, 400),
        ("figures/npl_ratio", {"by": "colour"}, 400),
        ("figures/npl_ratio", {"date": "yesterday"}, 422),
        ("figures/npl_ratio", {"period": "century"}, 422),
        ("figures/npl_ratio", {"date": "1999-01-01"}, 400),
        ("trends/npl_ratio", {"months": "0"}, 422),
        ("metrics/no_such_metric", {}, 404),
    ):
        answer = get(address, token, **query)
        assert answer.status_code == status, (address, query, answer.content)
        assert set(answer.json()) == {"what", "where", "next"}


def test_the_interface_tells_the_quality_and_arrival_of_data() -> None:
    token = token_for(("data_engineer", ""), scopes=[Permission.DATA_VIEW])
    bank = Bank(web_home())
    with bank.reader() as reader:
        found = data_quality(reader)
    answer = get("data-quality", token).json()
    assert [(one["customer_kind"], one["fact"], one["filled"]) for one in answer["completeness"]] == [
        (one.kind, one.fact, one.filled) for one in found.completeness
    ]
    assert {row["feed"] for row in get("delivery-calendar", token, month="2026-02-11").json()["feeds"]} >= {"ACCT"}


def test_quality_and_arrival_need_the_scope_and_the_whole_bank() -> None:
    of_a_branch = token_for(("data_engineer", BRANCH), scopes=[Permission.DATA_VIEW])
    for address in ("data-quality", "delivery-calendar"):
        assert get(address, token_for(("data_engineer", ""))).status_code == 403
        assert get(address, of_a_branch).status_code == 403


def test_every_metric_has_a_trend_or_says_why_it_has_none() -> None:
    token = token_for(("bank_president", ""))
    codes = [metric["code"] for metric in get("metrics", token).json()]
    answered = {code: get(f"trends/{code}", token).status_code for code in codes}
    assert {code: status for code, status in answered.items() if status not in {200, 400}} == {}
    assert answered["downgrade_rate"] == 200


def test_people_are_told_apart_for_a_token_of_who_may_see_them_only() -> None:
    """A manager's token never says a colleague's figure; a president's says it where its scopes have the right."""
    scopes = [*FIGURES, Permission.PERFORMANCE_VIEW]
    for by in ("manager", "person"):
        assert get("figures/managed_deposit_balance", token_for(("customer_manager", BRANCH), scopes=scopes), by=by).status_code == 403
        assert get("figures/managed_deposit_balance", token_for(("bank_president", "")), by=by).status_code == 403
        assert get("figures/managed_deposit_balance", token_for(("bank_president", ""), scopes=scopes), by=by).status_code == 200
