"""A hundred people at their desks: each reads a page, thinks, reads the next, while a version is published under them."""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from every_page import walk
from web import MAISUI, Session, percentile, served, signed_in, tell

ROLES = ("bank_president", "department_analyst", "branch_manager", "customer_manager")


@dataclass(slots=True)
class Answers:
    """What all users saw together: seconds of good answers, and what went wrong."""

    seconds: list[float] = field(default_factory=list[float])
    errors: list[str] = field(default_factory=list[str])
    lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, address: str, status: int, took: float) -> None:
        """Count one answer; a redirection is one as well."""
        with self.lock:
            if status in (200, 301, 302):
                self.seconds.append(took)
            else:
                self.errors.append(f"{status} {address}")


def main() -> None:
    """Measure and print; the figures go to benchmarks/results/ as JSON too."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", type=Path, required=True, help="A published example bank with its users (maisui demo --no-serve).")
    options.add_argument("--port", type=int, default=8768)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--users", type=int, default=100)
    options.add_argument("--think", type=float, default=5.0, help="Seconds between an answer and the next question, on average.")
    options.add_argument("--minutes", type=float, default=10.0)
    options.add_argument("--publish", metavar="DATE", help="Publish the version of this new day a minute after the beginning.")
    chosen = options.parse_args()
    with served(chosen.home, chosen.port, chosen.workers):
        sessions = [signed_in(chosen.port, chosen.home, role) for role in ROLES]
        pages = [[visit.address for visit in walk(session, 60)] for session in sessions]
        answers = work(chosen, sessions, pages)
    for error in answers.errors[:10]:
        print(error)
    tell(
        "many_users",
        {
            "users": chosen.users,
            "answers": len(answers.seconds),
            "errors": len(answers.errors),
            "p50_ms": round(statistics.median(answers.seconds) * 1000, 1),
            "p95_ms": round(percentile(answers.seconds, 0.95), 1),
            "p99_ms": round(percentile(answers.seconds, 0.99), 1),
        },
    )


def work(chosen: argparse.Namespace, sessions: list[Session], pages: list[list[str]]) -> Answers:
    """Let all users read until the time is over; return what they saw."""
    answers, until = Answers(), time.monotonic() + chosen.minutes * 60
    users = [
        threading.Thread(target=read, args=(chosen, number, sessions[number % len(ROLES)], pages[number % len(ROLES)], until, answers))
        for number in range(chosen.users)
    ]
    for user in users:
        user.start()
    if chosen.publish:
        time.sleep(min(60, chosen.minutes * 10))
        subprocess.run([MAISUI, "run", "--home", chosen.home, "--date", chosen.publish], check=True, capture_output=True)
    for user in users:
        user.join()
    return answers


def read(chosen: argparse.Namespace, number: int, like: Session, pages: list[str], until: float, answers: Answers) -> None:
    """One user: the pages of his role in an order of his own, with time to think."""
    chance = random.Random(number)  # noqa: S311 - an order of pages, no secret
    session = Session(chosen.port)
    session.cookies = dict(like.cookies)
    time.sleep(chance.random() * chosen.think)
    while time.monotonic() < until:
        address = chance.choice(pages)
        began = time.perf_counter()
        try:
            status = session.ask(address)[0]
        except OSError as error:
            status, session = 0, Session(chosen.port)
            session.cookies = dict(like.cookies)
            address = f"{address} {type(error).__name__}"
        answers.keep(address, status, time.perf_counter() - began)
        time.sleep(chosen.think * (0.5 + chance.random()))


if __name__ == "__main__":
    main()
