"""Products and channels by program: what the pages say, within the token's organisations."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from web_home import BRANCH, LAST_DAY, OTHER_BRANCH, make_person

from maisui.answers import View
from maisui.answers.channel_adoption import MOBILE, CohortBasis, adoption_cells, channel_adoption
from maisui.answers.product_pairs import product_pairs

pytestmark = pytest.mark.django_db
ADDRESSES = (
    "/api/products/pairs",
    "/api/products/chances",
    "/api/products/signals",
    "/api/channels/adoption",
    "/api/channels/counter-staffing",
    "/api/channels/institutions",
    "/api/channels/merchants",
    "/api/channels/catchment",
)


def headers(role: str, organisation: str = "") -> dict[str, str]:
    from maisui.web.access.permissions import Permission
    from maisui.web.staff.models import ApiToken
    from maisui.web.staff.tokens import hash_of, new_token

    token, person = new_token(), make_person("program", (role, organisation))
    ApiToken.objects.create(
        user=person.user, name="test", token_hash=hash_of(token), hint=token[-4:],
        scopes=[Permission.FIGURE_VIEW.value, Permission.CUSTOMER_VIEW.value], expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_analysis_is_told_within_the_tokens_organisations(address: str) -> None:
    own = headers("branch_manager", BRANCH)
    assert Client().get(address, headers=own).status_code == 200
    assert Client().get(address, {"org": OTHER_BRANCH}, headers=own).status_code == 404
    assert Client().get(address).status_code == 401


def test_pairs_and_cohorts_are_those_of_the_answers() -> None:
    with settings.BANK.reader() as reader:
        fewest, deviations = reader.rows(
            "SELECT max(number_value) FILTER (WHERE parameter_code = 'product_fewest_holders'), "
            "max(number_value) FILTER (WHERE parameter_code = 'product_significance') FROM parameter"
        )[0]
        pairs = product_pairs(reader, None, "personal", deviations=deviations, fewest=int(fewest), view=View.AS_WAS)
        cohorts = channel_adoption(adoption_cells(reader, LAST_DAY, CohortBasis.OPENED, MOBILE), None, LAST_DAY).cohorts
    allowed = headers("bank_president")
    told = Client().get("/api/products/pairs", headers=allowed).json()
    assert (told["day"], told["customer_count"]) == (f"{LAST_DAY}", pairs.customer_count)
    assert [(one["first"], one["second"], one["both_count"]) for one in told["pairs"]] == [
        (one.first, one.second, one.both_count) for one in pairs.pairs
    ]
    blocks = {block["code"]: block for block in Client().get("/api/channels/adoption", headers=allowed).json()}
    assert [(line["name"], line["cells"][0]) for line in blocks["opened_mobile"]["lines"]] == [(one.code, one.size) for one in cohorts]


def test_an_unknown_analysis_or_a_day_of_what_is_kept_by_month_is_refused() -> None:
    allowed = headers("bank_president")
    assert "merchants" in Client().get("/api/channels/colours", headers=allowed).json()["next"]
    assert Client().get("/api/channels/merchants", {"period": "day"}, headers=allowed).status_code == 400
