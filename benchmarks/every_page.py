"""How fast every page answers that a role can reach by its links: asked once before anybody else did, and once again."""

from __future__ import annotations

import argparse
import html
import re
import statistics
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from web import Session, percentile, served, signed_in, tell

ROLES = ("bank_president", "department_analyst", "branch_manager", "customer_manager", "data_engineer")
MOST_OF_A_KIND = 2
"""Addresses that differ only in who or what they show are pages of one kind."""
_NO_PAGE = re.compile(r"^/(static|sign-|language|api)|\.(xlsx|csv|pdf)\b|/(export|template|download|file)\b|/(export|template)/")
_LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')
_SECTION = re.compile(r'data-side-section="([^"]+)"(.*?)</details>', re.DOTALL)
_REFERENCE = re.compile(r"\d|.{18}")


@dataclass(frozen=True, slots=True)
class Visit:
    """One page: seconds of its first and its second answer."""

    address: str
    first: float
    second: float


def main() -> None:
    """Measure and print; the figures go to benchmarks/results/ as JSON too."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", type=Path, required=True, help="A published example bank with its users (maisui demo --no-serve).")
    options.add_argument("--port", type=int, default=8767)
    options.add_argument("--roles", nargs="+", default=ROLES)
    options.add_argument("--most", type=int, default=250, help="Pages a role.")
    chosen = options.parse_args()
    result: dict[str, float] = {}
    with served(chosen.home, chosen.port, 1):
        for role in chosen.roles:
            session = signed_in(chosen.port, chosen.home, role)
            visits = walk(session, chosen.most)
            result |= figures(role, visits)
            for section, parts in sections_of(session.ask("/jobs/")[2]).items():
                within = [one for one in visits if one.address.split("/")[1] in parts]
                result |= figures(f"{role} {section}", within) if within else {}
            print(f"\n{role}: the slowest of {len(visits)} pages (first, second answer)")
            for visit in sorted(visits, key=lambda one: -one.first)[:12]:
                print(f"{visit.first:8.2f} s{visit.second:8.2f} s  {visit.address}")
    tell("every_page", result)


def walk(session: Session, most: int) -> list[Visit]:
    """Follow the links of every page from the first one on, `most` pages at the utmost, a few of each kind."""
    waiting, seen, kinds, visits = ["/"], {"/"}, Counter[str](), list[Visit]()
    while waiting and len(visits) < most:
        address = waiting.pop(0)
        kinds[kind_of(address)] += 1
        if kinds[kind_of(address)] > MOST_OF_A_KIND:
            continue
        first, text = _timed(session, address)
        visits.append(Visit(address, first, _timed(session, address)[0]))
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
    sides = {"first": [one.first for one in visits], "second": [one.second for one in visits]}
    return {f"{role}_pages": len(visits)} | {
        f"{role}_{name}_{kind}_ms": value
        for name, seconds in sides.items()
        for kind, value in (("p50", round(statistics.median(seconds) * 1000, 1)), ("p95", round(percentile(seconds, 0.95), 1)))
    }


if __name__ == "__main__":
    main()
