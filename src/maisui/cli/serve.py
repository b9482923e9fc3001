"""`maisui serve`: the web of a home, on loopback unless TLS or a listed proxy stands before it."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path
from typing import Annotated

import typer
from granian import Granian
from granian.constants import Interfaces

from maisui.cli.options import DEFAULT_HOME, HomeOption
from maisui.cli.output import console
from maisui.errors import HomeError
from maisui.warehouse.home import Home, open_home
from maisui.web import start

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_THREADS = 8
_PATIENCE_SECONDS = 10


def serve_command(
    home: HomeOption = DEFAULT_HOME,
    host: Annotated[str, typer.Option("--host", help="Address to listen on; beyond loopback only with TLS or a proxy.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port to listen on.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option("--workers", help="Processes; each may take 1 GB.", min=1)] = 2,
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="A proxy with TLS stands before it; see [web] of bank.toml.")
    ] = False,
    proxy: Annotated[list[str] | None, typer.Option("--proxy", help="Address of the proxy; loopback by default.")] = None,
    tls_cert: Annotated[Path | None, typer.Option("--tls-cert", help="Certificate (PEM).")] = None,
    tls_key: Annotated[Path | None, typer.Option("--tls-key", help="Its key (PEM).")] = None,
) -> None:
    """Serve the pages and the REST interface until it is stopped."""
    place = open_home(home)
    is_proxied = behind_proxy or place.web.behind_proxy
    check_exposure(place, host=host, is_proxied=is_proxied, has_tls=tls_cert is not None and tls_key is not None)
    check_rights(place.path)
    if tls_cert is not None:
        os.environ["MAISUI_TLS"] = "1"
    start.prepare(place.path)
    if proxy:
        os.environ["MAISUI_PROXIES"] = ",".join(proxy)
    scheme = "https" if tls_cert is not None else "http"
    console.print(
        f"[bold]{place.name_en or place.legal_entity_code}[/bold] at {scheme}://{host}:{port}/  (Ctrl-C stops it)", highlight=False
    )
    # A forked worker would wait for ever for the engine's threads, which stay behind in a process that has run a batch (`maisui demo`).
    multiprocessing.set_start_method("spawn", force=True)
    Granian(
        "maisui.web.behind_proxy:application" if is_proxied else "maisui.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=_PATIENCE_SECONDS,
        ssl_cert=tls_cert,
        ssl_key=tls_key,
        log_access=False,
    ).serve()


def check_exposure(home: Home, *, host: str, is_proxied: bool, has_tls: bool) -> None:
    """Refuse to listen where figures would travel in the open.

    Raises:
        HomeError: beyond loopback without TLS or proxy, behind a proxy whose host names are not listed, for an example bank.
    """
    if is_proxied and not (home.web.behind_proxy and home.web.hosts):
        raise HomeError(
            "the proxy's host names are not listed",
            where=f"{home.path / 'bank.toml'}, [web]",
            next_step='add behind_proxy = true and hosts = ["crm.bank.example"]',
        )
    if host in LOOPBACK:
        return
    if home.is_demo:
        raise HomeError("an example bank is served on loopback only", where=f"--host {host}", next_step="leave --host out")
    if not (is_proxied or has_tls):
        raise HomeError(
            "beyond this machine figures travel only encrypted",
            where=f"--host {host}",
            next_step="pass --tls-cert and --tls-key, or put a proxy before it and pass --behind-proxy",
        )
    if has_tls and not home.web.hosts:
        raise HomeError(
            "the host names of this server are not listed",
            where=f"{home.path / 'bank.toml'}, [web]",
            next_step='add hosts = ["crm.bank.example"]',
        )


def check_rights(home: Path) -> None:
    """Refuse a home or an operational database that others on this machine may open.

    Raises:
        HomeError: when one of them is.
    """
    for path in (home, *home.glob("operational.sqlite3*")):
        if path.stat().st_mode & 0o077:
            raise HomeError("others on this machine may open the bank's data", where=str(path), next_step=f"chmod go= {path}")
