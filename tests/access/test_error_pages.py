"""What a refusal looks like to whoever only asks for its status."""

from __future__ import annotations

import pytest
from web_home import signed_in

pytestmark = pytest.mark.django_db
OWN_HEADERS = {"Content-Length", "Vary"}
"""Of a page that was drawn: how long it is, and that it depends on who reads it."""


@pytest.mark.parametrize(("address", "status"), [("/nobody/", 404), ("/customers/", 403)])
def test_head_is_told_the_status_of_a_refusal_and_no_page_is_drawn(address: str, status: int) -> None:
    client = signed_in("teller")
    page, head = client.get(address), client.head(address)
    assert page.status_code == head.status_code == status
    assert "error.html" in [template.name for template in page.templates]
    assert head.templates == []
    assert head.getvalue() == b""
    assert not head.has_header("Content-Length"), "nobody measured the page"
    assert {name: value for name, value in head.items() if name not in OWN_HEADERS} == {
        name: value for name, value in page.items() if name not in OWN_HEADERS
    }
