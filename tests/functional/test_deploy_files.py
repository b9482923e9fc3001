"""The files of deploy/ are well formed, closed by default, and call the command line as it is."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import pytest
import typer

from maisui.cli.main import command_line

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [path for path in UNITS if path.suffix == ".service"]
PROGRAM = "/opt/maisui/bin/maisui"
HARDENING = {
    "NoNewPrivileges": "true",
    "CapabilityBoundingSet": "",
    "ProtectSystem": "strict",
    "ProtectHome": "true",
    "PrivateTmp": "true",
    "PrivateDevices": "true",
    "ProtectKernelModules": "true",
    "ProtectKernelTunables": "true",
    "ProtectControlGroups": "true",
    "RestrictSUIDSGID": "true",
    "RestrictNamespaces": "true",
    "LockPersonality": "true",
    "SystemCallArchitectures": "native",
    "UMask": "0077",
    "User": "maisui",
}
MOST_EXPOSED = 2.0


class Unit(RawConfigParser):
    """A unit file; settings that stand several times are kept as lines of one value."""

    def __init__(self, path: Path) -> None:
        super().__init__(strict=False, delimiters=("=",), comment_prefixes=("#", ";"), interpolation=None)
        self.lines: list[tuple[str, str]] = []
        section = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                section = line.strip("[]")
            elif line and not line.startswith(("#", ";")):
                name, is_setting, value = line.partition("=")
                assert is_setting, f"{path.name}: {line}"
                self.lines.append((f"{section}.{name}", value))

    def all(self, name: str) -> list[str]:
        """Return the values of a setting, such as Service.ExecStart, in order."""
        return [value for key, value in self.lines if key == name]


def calls(text: str) -> Iterator[list[str]]:
    """Yield the words after the program for each call of it in `text`."""
    for match in re.finditer(rf"(?:{re.escape(PROGRAM)}|(?<![\w/])maisui) ([a-z][^'\n]*)", text):
        yield shlex.split(match[1].replace('"', " ").replace("$(", "(").replace("&&", " "))


def unknown_words(words: list[str]) -> list[str]:
    """Return the verb or options of a call that the command line does not have."""
    command: Any = typer.main.get_command(command_line())
    for position, word in enumerate(words):
        below = getattr(command, "commands", None)
        if below is None:
            options = {option for parameter in command.params for option in parameter.opts}
            return [word for word in words[position:] if word.startswith("--") and word not in options]
        if word not in below:
            return [word]
        command = below[word]
    return [] if not getattr(command, "commands", None) else words


# --- systemd ---


def test_there_is_a_unit_for_each_process_of_a_bank() -> None:
    names = {path.name for path in UNITS}
    assert names == {
        "maisui-web.service", "maisui-worker.service", "maisui-batch.service", "maisui-batch.timer", "maisui-backup.service", "maisui-backup.timer",
    }  # fmt: skip


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_may_do_nothing_that_it_need_not(path: Path) -> None:
    unit = Unit(path)
    for name, value in HARDENING.items():
        assert unit.all(f"Service.{name}") == [value], f"{path.name}: {name}"
    may_write = " ".join(unit.all("Service.ReadWritePaths")).split()
    assert set(may_write) <= {"/var/lib/maisui", "/var/backups/maisui"}
    assert ("/var/backups/maisui" in may_write) is (path.name == "maisui-backup.service")
    assert unit.all("Service.IPAddressDeny") == ["any"]


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_calls_the_command_line_as_it_is(path: Path) -> None:
    started = [line for line in Unit(path).all("Service.ExecStart") if PROGRAM in line]
    assert started
    for line in started:
        found = list(calls(line))
        assert found, line
        for words in found:
            assert unknown_words(words) == [], f"{path.name}: {line}"


def test_a_test_of_calls_finds_what_does_not_exist() -> None:
    assert unknown_words(["serve", "--port", "1", "--prot", "2"]) == ["--prot"]
    assert unknown_words(["sreve"]) == ["sreve"]


def test_a_timer_starts_a_service_that_exists() -> None:
    for path in UNITS:
        if path.suffix == ".timer":
            unit = Unit(path)
            assert (DEPLOY / "systemd" / unit.all("Timer.Unit")[0]).exists()
            assert unit.all("Install.WantedBy") == ["timers.target"]
            assert len(unit.all("Timer.OnCalendar")) == 1


def test_every_variable_of_a_unit_is_in_the_example_of_the_environment() -> None:
    example = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", (DEPLOY / "environment").read_text(encoding="utf-8"), re.MULTILINE))
    used = {name for path in SERVICES for name in re.findall(r"\$\{(\w+)\}", path.read_text(encoding="utf-8"))}
    assert used <= set(example)
    assert "MAISUI_DATABASE_URL" in example
    assert "PASSWORD" in example["MAISUI_DATABASE_URL"], "an example holds no real password"


def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not installed here; the units were parsed only")
    stub = tmp_path / "maisui"
    stub.write_text("#!/bin/sh\n", encoding="ascii")
    stub.chmod(0o755)
    for path in UNITS:
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8").replace(PROGRAM, str(stub)), encoding="utf-8")
    told = subprocess.run([analyze, "verify", *(tmp_path / path.name for path in UNITS)], capture_output=True, text=True, check=False)
    ours = [line for line in told.stderr.splitlines() if "maisui" in line]
    assert told.returncode == 0, told.stderr
    assert not ours, ours
    for path in SERVICES:
        told = subprocess.run([analyze, "security", "--offline=yes", tmp_path / path.name], capture_output=True, text=True, check=False)
        level = re.search(r"exposure level for \S+: ([\d.]+)", told.stdout)
        if level is not None:  # systemd before 250 cannot tell it without running
            assert float(level[1]) <= MOST_EXPOSED, f"{path.name} is exposed at {level[1]}"


# --- nginx ---


def directives(text: str) -> dict[str, list[str]]:
    """Return the arguments of each directive of an nginx configuration; braces must close."""
    bare = re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)
    assert bare.count("{") - bare.count("escape=json '{") == bare.count("}") - bare.count("}';")
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"^\s*([a-z_]+)\s+([^{}]*?)(?:;|\{)$", bare, re.MULTILINE):
        found.setdefault(name, []).append(" ".join(value.split()))
    return found


def test_the_proxy_encrypts_and_says_who_asks() -> None:
    found = directives((DEPLOY / "nginx/maisui.conf").read_text(encoding="utf-8"))
    assert found["ssl_protocols"] == ["TLSv1.2 TLSv1.3"]
    assert "301 https://crm.bank.example$request_uri" in found["return"]
    assert any(value.startswith("Strict-Transport-Security") and value.endswith("always") for value in found["add_header"])
    assert found["proxy_set_header"].count("X-Forwarded-For $remote_addr") == 2, "an address that a client names is never passed on"
    assert found["proxy_set_header"].count("X-Forwarded-Proto $scheme") == 2
    web = Unit(DEPLOY / "systemd/maisui-web.service").all("Service.ExecStart")[0]
    listens = re.search(r"--host (\S+) --port (\d+)", web)
    assert listens
    assert f"{listens[1]}:{listens[2]}" in found["server"]


def test_the_proxy_logs_no_query() -> None:
    text = (DEPLOY / "nginx/maisui.conf").read_text(encoding="utf-8")
    form = re.search(r"log_format .*?;", text, re.DOTALL)
    assert form
    assert "$uri" in form[0]
    assert not re.search(r"\$(request_uri|request\b|args|query_string|http_referer|http_cookie)", form[0])
    used = [line for line in text.splitlines() if "access_log" in line]
    assert all(line.strip().endswith((" maisui;", " off;")) for line in used), used


def test_nginx_accepts_the_configuration(tmp_path: Path) -> None:
    nginx, openssl = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin"), shutil.which("openssl")
    if nginx is None or openssl is None:
        pytest.skip("nginx or openssl is not installed here; the configuration was parsed only")
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=crm.bank.example",
         "-keyout", tmp_path / "key.pem", "-out", tmp_path / "certificate.pem"], check=True, capture_output=True,
    )  # fmt: skip
    text = (DEPLOY / "nginx/maisui.conf").read_text(encoding="utf-8")
    text = text.replace("/etc/maisui/tls", str(tmp_path)).replace("/var/log/nginx", str(tmp_path))
    (tmp_path / "maisui.conf").write_text(text, encoding="utf-8")
    folders = "".join(f"{kind}_temp_path {tmp_path}/{kind}; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    whole = f"pid {tmp_path}/pid; error_log {tmp_path}/error; events {{}} http {{ {folders} include {tmp_path}/maisui.conf; }}\n"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    told = subprocess.run([nginx, "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert "[warn]" not in told.stderr, told.stderr


# --- container ---


def instructions() -> list[tuple[str, str]]:
    """Return the instructions of the Containerfile in order."""
    text = re.sub(r"^#.*\n", "", (DEPLOY / "Containerfile").read_text(encoding="utf-8"), flags=re.MULTILINE).replace("\\\n", " ")
    found = [line.partition(" ") for line in text.splitlines() if line.strip()]
    known = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"}
    assert {name for name, _, _ in found} <= known
    return [(name, " ".join(rest.split())) for name, _, rest in found]


def stages() -> list[list[tuple[str, str]]]:
    """Return the instructions of each stage."""
    found: list[list[tuple[str, str]]] = []
    for name, rest in instructions():
        if name == "FROM":
            found.append([])
        found[-1].append((name, rest))
    return found


def test_the_container_has_two_stages_and_runs_as_nobody_in_particular() -> None:
    build, final = stages()
    assert build[0][1].endswith("AS build")
    assert [rest for name, rest in final if name == "COPY"] == ["--from=build /opt/maisui /opt/maisui"]
    user = next(rest for name, rest in final if name == "USER")
    assert user.split(":")[0].isdigit()
    assert int(user.split(":")[0]) > 0
    assert not any("pip install" in rest for _, rest in final)


def test_the_container_installs_only_what_is_locked() -> None:
    installs = [rest for name, rest in stages()[0] if name == "RUN" and "pip install" in rest]
    for rest in installs:
        for call in re.findall(r"pip install [^&]*", rest):
            assert "--require-hashes" in call or ("--no-deps" in call and "--no-index" in call), call
    for name, rest in stages()[0]:
        if name == "COPY":
            source = rest.split()[0]
            assert source.startswith("dist/") or (ROOT / source).exists(), source


def test_the_container_calls_the_command_line_as_it_is() -> None:
    _, final = stages()
    by_name = dict(final)
    assert json.loads(by_name["ENTRYPOINT"])[2].startswith("umask 077 && exec maisui")
    assert unknown_words(json.loads(by_name["CMD"])) == []
    probe = json.loads(by_name["HEALTHCHECK"].partition("CMD ")[2])
    assert probe[:2] == ["python", "-c"]
    compile(probe[2], "HEALTHCHECK", "exec")
    assert "/healthz" in probe[2]


def test_no_file_of_deploy_holds_a_secret() -> None:
    for path in (path for path in DEPLOY.rglob("*") if path.is_file()):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"BEGIN [A-Z ]*PRIVATE KEY|[A-Za-z0-9_-]{40,}", text), path
