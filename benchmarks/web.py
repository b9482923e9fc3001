"""How fast the overview answers: four clients without think time, warm and uncached; and how heavy the page is in a browser."""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, timedelta
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from pathlib import Path

HERE = Path(__file__).parent
MAISUI = Path(sys.executable).with_name("maisui")


class Session:
    """A signed-in client on one kept connection."""

    def __init__(self, port: int) -> None:
        """Connect to the server on loopback."""
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def ask(self, address: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Return status, place it leads to, and text of an answer."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Accept-Encoding": "identity"}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        answer = self._answer("GET" if form is None else "POST", address, body, headers)
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, answer.getheader("Location") or "", text

    def _answer(self, method: str, address: str, body: str | None, headers: dict[str, str]) -> HTTPResponse:
        """Ask; like a browser once more on a new connection where the server had closed the kept one meanwhile."""
        try:
            self._connection.request(method, address, body, headers)
            return self._connection.getresponse()
        except RemoteDisconnected:
            self._connection.request(method, address, body, headers)
            return self._connection.getresponse()


def signed_in(port: int, home: Path, role: str = "bank_president") -> Session:
    """Sign in as the user of a role of the example bank, its president by default."""
    printed = subprocess.run(
        [MAISUI, "demo", "--sign-in", role, "--home", home, "--port", str(port)], check=True, capture_output=True, text=True
    ).stdout
    found = re.search(r"user (\S+)\s+password (\S+)\s+second factor (\d+)", printed)
    assert found, printed
    user, password, code = found.groups()
    session = Session(port)
    token = _token(session.ask("/sign-in/")[2])
    _, place, _ = session.ask("/sign-in/", {"login": user, "password": password, "csrfmiddlewaretoken": token})
    token = _token(session.ask(place)[2])
    status, place, text = session.ask(place, {"code": code, "csrfmiddlewaretoken": token})
    assert status == 302, (status, place, text[:500])
    return session


def _token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, page[:400]
    return found[1]


def load(port: int, cookies: dict[str, str], addresses: list[str], clients: int = 4) -> list[float]:
    """Return the seconds of each answer when `clients` ask without a pause."""
    waiting, seconds, lock = list(reversed(addresses)), [], threading.Lock()

    def client() -> None:
        session = Session(port)
        session.cookies = dict(cookies)
        while True:
            with lock:
                if not waiting:
                    return
                address = waiting.pop()
            began = time.perf_counter()
            status, place, _ = session.ask(address)
            took = time.perf_counter() - began
            assert status == 200, (status, address, place)
            with lock:
                seconds.append(took)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seconds


def percentile(seconds: list[float], share: float) -> float:
    """Return the value below which `share` of the answers lie, in milliseconds."""
    return sorted(seconds)[min(len(seconds) - 1, int(share * len(seconds)))] * 1000


def main() -> None:
    """Measure and print; the figures go to benchmarks/results/ as JSON too."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", type=Path, required=True, help="A published example bank with its users (maisui demo --no-serve).")
    options.add_argument("--port", type=int, default=8765)
    options.add_argument("--workers", type=int, default=2)
    chosen = options.parse_args()
    with served(chosen.home, chosen.port, chosen.workers):
        result = measure(chosen.port, chosen.home)
    tell("web", result)


@contextmanager
def served(home: Path, port: int, workers: int) -> Generator[int]:
    """Serve a home while the body runs, which begins when the server is ready; its process is given."""
    server = subprocess.Popen(
        [MAISUI, "serve", "--home", home, "--port", str(port), "--workers", str(workers)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(200):
            try:
                if Session(port).ask("/readyz")[0] == 200:
                    break
            except OSError:
                time.sleep(0.2)
        time.sleep(10)
        yield server.pid
    finally:
        server.terminate()
        server.wait(30)


def tell(name: str, result: dict[str, float]) -> None:
    """Print figures and write them to benchmarks/results/ as JSON."""
    for figure, value in result.items():
        print(f"{figure:34} {value}")
    folder = HERE / "results"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(result, indent=1), encoding="utf-8")


def measure(port: int, home: Path) -> dict[str, float]:
    """Return medians and 95th percentiles, in milliseconds."""
    session = signed_in(port, home)
    for _ in range(8):
        session.ask("/overview/")
    warm = load(port, session.cookies, ["/overview/"] * 400)
    last = date.fromisoformat(re.search(r'datetime="(\d{4}-\d\d-\d\d)"', session.ask("/overview/")[2])[1])
    days = [last - timedelta(days=number) for number in range(1, 241)]
    uncached = load(port, session.cookies, [f"/overview/?date={day}" for day in days])
    return {
        "warm_p50_ms": round(statistics.median(warm) * 1000, 1),
        "warm_p95_ms": round(percentile(warm, 0.95), 1),
        "uncached_p50_ms": round(statistics.median(uncached) * 1000, 1),
        "uncached_p95_ms": round(percentile(uncached, 0.95), 1),
        "warm_answers_per_second": round(len(warm) * 4 / sum(warm), 1),
    }


if __name__ == "__main__":
    main()
