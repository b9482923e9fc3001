"""After a publication, the first screens that people will open are computed before they ask: one thread a process."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence

from django.conf import settings
from django.db import connection
from django.utils import timezone

from maisui.web.access.permissions import Permission
from maisui.web.access.scope import Viewer
from maisui.web.customers.desk import warm as warm_customers
from maisui.web.gateway import Gateway
from maisui.web.groups.desk import warm as warm_groups
from maisui.web.pages.channel_adoption.page import warm as warm_adoption
from maisui.web.pages.channels.page import warm as warm_channels
from maisui.web.pages.focus.page import warm as warm_pasts
from maisui.web.pages.overview.figures import attempt
from maisui.web.pages.overview.page import warm
from maisui.web.pages.performance.person import warm as warm_own_page
from maisui.web.pages.substitution.page import warm as warm_substitution
from maisui.web.pages.targets.page import warm as warm_targets
from maisui.web.performance_desk import PerformanceDesk
from maisui.web.staff.models import RoleGrant
from maisui.web.strategies.desk import warm as warm_strategies

SECONDS_BETWEEN_LOOKS = 3
_log = logging.getLogger(__name__)


def start_warming() -> None:
    """Watch for publications for as long as the process lives."""
    threading.Thread(target=_watch, name="warming", daemon=True).start()


def warm_version() -> int:
    """Compute the first screen of every combination of roles that somebody holds today, the widest first; return how many.

    Then customers are counted by channel and for groups, and reported figures held against ours, once for all of them.
    """
    gateways = [Gateway(settings.BANK, Viewer("", "", "", holdings), address="local") for holdings in _holdings()]
    viewing = [gateway for gateway in gateways if gateway.may(Permission.FIGURE_VIEW)]
    for gateway in viewing:
        warm(gateway)
    _warm_customers(viewing)
    _warm_own_page()
    for gateway in viewing:
        if gateway.may(Permission.FIGURE_EXPLAIN):
            gateway.reports.warm()
    return len(viewing)


def _warm_customers(viewing: Sequence[Gateway]) -> None:
    """Compute dear pages of the whole bank, and count its customers by channel, strategy and as groups are held against them.

    All of it is alike for all who see the whole bank, and most is cut from for whoever sees a part of it.
    """
    gateway = next((gateway for gateway in viewing if gateway.viewer.is_whole_entity(Permission.FIGURE_VIEW)), None)
    fresh = gateway.freshness() if gateway else None
    if gateway and fresh and not gateway.bank.home.is_union:
        for warm_page in (warm_channels, warm_substitution, warm_targets):
            attempt(lambda warm_page=warm_page: warm_page(gateway))
        warm_adoption(gateway, fresh.reporting_date)
        warm_customers(gateway)
        warm_pasts(gateway)
        warm_strategies(gateway)
        warm_groups(gateway)


def _warm_own_page() -> None:
    """Compute what everybody's own page asks alike, through the first user who is somebody in the bank's files."""
    today = timezone.localdate()
    granted = RoleGrant.objects.filter(legal_entity_code=settings.HOME.legal_entity_code, user__is_active=True).exclude(
        user__employee_number=""
    )
    for grant in granted.select_related("user").order_by("pk"):
        gateway = Gateway(
            settings.BANK, Viewer("", "", grant.user.employee_number, ((grant.role, grant.organisation_code),)), address="local"
        )
        if grant.is_valid_on(today) and gateway.may(Permission.FIGURE_VIEW) and (desk := PerformanceDesk.of_viewer(gateway)):
            warm_own_page(gateway, desk)
            return


def _holdings() -> list[tuple[tuple[str, str], ...]]:
    today, code = timezone.localdate(), settings.HOME.legal_entity_code
    held: dict[int, set[tuple[str, str]]] = {}
    for grant in RoleGrant.objects.filter(legal_entity_code=code, user__is_active=True):
        if grant.is_valid_on(today):
            held.setdefault(grant.user.pk, set()).add((grant.role, grant.organisation_code))
    combinations = {tuple(sorted(pairs)) for pairs in held.values()}
    return sorted(combinations, key=lambda pairs: (all(organisation for _, organisation in pairs), pairs))


def _watch() -> None:
    warmed: str | None = None
    while True:
        try:
            version = settings.BANK.version
            if version is not None and version != warmed:
                warmed = version  # also when it fails: said once, not every few seconds
                warm_version()
        except Exception:  # noqa: BLE001 - whatever it is, the thread lives on for the next publication
            _log.exception("first screens could not be prepared; they are computed when asked for")
        finally:
            connection.close()
        time.sleep(SECONDS_BETWEEN_LOOKS)
