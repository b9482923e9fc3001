"""How fast every page answers that a role can reach by its links: asked once before anybody else did, and once again.

Beside the time that passes stands the processor time of the server, which says the same on a machine that others use as well.
"""

from __future__ import annotations

import argparse
import html
import os
import re
import statistics
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from web import Session, percentile, served, signed_in, tell

ROLES = (
    "bank_president",
    "department_analyst",
    "branch_manager",
    "customer_manager",
    "teller",
    "data_engineer",
    "union_leader",
    "audit_administrator",
    "security_administrator",
    "system_administrator",
)
TARGETS = {
    "mine": (300, 300),
    "macro-analysis": (600, 150),
    "customers": (300, 300),
    "products-and-channels": (700, 150),
    "performance": (600, 200),
}
"""Milliseconds within which a page of a section of the menu is to answer, the first time and again."""
OWN_TARGETS = {"customer-groups": (1000, 1000), "self-service": (500, 500), "my-performance": (200, 200)}
"""The same of pages that have targets of their own, by the first part of their address."""
MOST_OF_A_KIND = 2
"""Addresses that differ only in who or what they show are pages of one kind."""
_NO_PAGE = re.compile(r"^/(static|sign-|language|api)|\.(xlsx|csv|pdf)\b|/(export|template|download|file)\b|/(export|template)/")
_LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')
_SECTION = re.compile(r'data-side-section="([^"]+)"(.*?)</details>', re.DOTALL)
_REFERENCE = re.compile(r"\d|.{18}")


@dataclass(frozen=True, slots=True)
class Visit:
    """One page: seconds of its first and its second answer, as they passed and of the server's processors."""

    address: str
    first: float
    second: float
    first_worked: float
    second_worked: float


def main() -> None:
    """Measure and print; the figures go to benchmarks/results/ as JSON too."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", type=Path, required=True, help="A published example bank with its users (maisui demo --no-serve).")
    options.add_argument("--port", type=int, default=8767)
    options.add_argument("--roles", nargs="+", default=ROLES)
    options.add_argument("--most", type=int, default=250, help="Pages a role.")
    chosen = options.parse_args()
    result: dict[str, float] = {}
    with served(chosen.home, chosen.port, 1) as server:
        _wait_until_idle(server)
        for role in chosen.roles:
            session = signed_in(chosen.port, chosen.home, role)
            visits = walk(session, chosen.most, server)
            sections = sections_of(session.ask("/jobs/")[2])
            result |= figures(role, visits)
            for section, parts in sections.items():
                within = [one for one in visits if one.address.split("/")[1] in parts]
                result |= figures(f"{role} {section}", within) if within else {}
            missed = [one for one in visits if is_missed(one, sections)]
            print(f"\n{role}: {len(missed)} of {len(visits)} pages above their target (processor time of the first, the second answer)")
            for visit in sorted(missed, key=lambda one: -one.first_worked):
                print(f"{visit.first_worked:8.2f} s{visit.second_worked:8.2f} s  {visit.address}")
    tell("every_page", result)


def is_missed(visit: Visit, sections: dict[str, set[str]]) -> bool:
    """Return whether an answer of a page took more processor time than its section of the menu allows, where that has a target."""
    part = visit.address.split("/")[1]
    section = next((code for code, parts in sections.items() if part in parts), "")
    first, second = OWN_TARGETS.get(part) or TARGETS.get(section, (float("inf"), float("inf")))
    return visit.first_worked * 1000 > first or visit.second_worked * 1000 > second


def worked(server: int) -> float:
    """Return the seconds of processor that a process and all it began have used."""
    below, used = defaultdict[int, list[int]](list), dict[int, float]()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                told = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended meanwhile
                continue
            below[int(told[1])].append(int(folder.name))
            used[int(folder.name)] = (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    found, waiting = 0.0, [server]
    while waiting:
        process = waiting.pop()
        found += used.get(process, 0.0)
        waiting += below[process]
    return found


def _wait_until_idle(server: int) -> None:
    """Wait until the server has prepared its first screens, which is no part of anybody's answer."""
    quiet, before = 0, worked(server)
    while quiet < _QUIET_LOOKS:
        time.sleep(1)
        now = worked(server)
        quiet, before = (quiet + 1 if now - before < _IDLE else 0), now


_QUIET_LOOKS, _IDLE = 8, 0.05


def walk(session: Session, most: int, server: int) -> list[Visit]:
    """Follow the links of every page from the first one on, `most` pages at the utmost, a few of each kind."""
    waiting, seen, kinds, visits = ["/"], {"/"}, Counter[str](), list[Visit]()
    while waiting and len(visits) < most:
        address = waiting.pop(0)
        kinds[kind_of(address)] += 1
        if kinds[kind_of(address)] > MOST_OF_A_KIND:
            continue
        before = worked(server)
        first, text = _timed(session, address)
        between = worked(server)
        second = _timed(session, address)[0]
        visits.append(Visit(address, first, second, between - before, worked(server) - between))
        for link in map(html.unescape, _LINK.findall(text)):
            if link not in seen and not _NO_PAGE.search(link):
                seen.add(link)
                waiting.append(link)
    return visits


def sections_of(text: str) -> dict[str, set[str]]:
    """Return the first parts of the addresses below each section of the menu of a page."""
    return {section: {link.split("/")[1] for link in _LINK.findall(lines)} for section, lines in _SECTION.findall(text)}


def kind_of(address: str) -> str:
    """Return the address without what it names: parts with digits or long ones, and the values of its questions."""
    path, _, question = address.partition("?")
    named = "/".join("*" if _REFERENCE.search(part) else part for part in path.split("/"))
    return f"{named}?{','.join(sorted({one.split('=')[0] for one in question.split('&') if one}))}"


def _timed(session: Session, address: str) -> tuple[float, str]:
    began = time.perf_counter()
    status, place, text = session.ask(address)
    took = time.perf_counter() - began
    if status in (301, 302) and place.startswith("/"):
        text = session.ask(place)[2]
    elif status != 200:
        print(f"{address} answered {status}")
    return took, text


def figures(role: str, visits: list[Visit]) -> dict[str, float]:
    """Return medians and 95th percentiles of a role's pages, in milliseconds."""
    sides = {name: [getattr(one, name) for one in visits] for name in ("first", "second", "first_worked", "second_worked")}
    return {f"{role}_pages": len(visits)} | {
        f"{role}_{name}_{kind}_ms": value
        for name, seconds in sides.items()
        for kind, value in (("p50", round(statistics.median(seconds) * 1000, 1)), ("p95", round(percentile(seconds, 0.95), 1)))
    }


if __name__ == "__main__":
    main()
