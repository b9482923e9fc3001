"""The manifest: written and read back whole, and what decides that two versions have the same content."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from maisui.warehouse.version import current_version, point_to, read_manifest

LEDGER = {"2026-05-31": "11.00", "2026-06-30": "20.00"}


def test_a_manifest_survives_being_written_and_read(warehouse: Any) -> None:
    manifest = warehouse.publish("2026-06-30", LEDGER)
    assert read_manifest(warehouse.versions, manifest.version) == manifest
    named = warehouse.publish("2026-06-28", LEDGER, own_feed_titles={"core_price": ("价格", "Prices")})
    assert read_manifest(warehouse.versions, named.version) == named
    bare = warehouse.publish("2026-06-29", LEDGER, last_delivery_on=None, controls=(), lineage={}, deliveries=())
    assert read_manifest(warehouse.versions, bare.version) == bare


def test_a_manifest_is_readable_text_with_chinese_names(warehouse: Any) -> None:
    manifest = warehouse.publish("2026-06-30", LEDGER)
    assert "总分核对" in (warehouse.versions / f"{manifest.version}.json").read_text(encoding="utf-8")


def test_content_is_decided_by_data_code_parameters_and_contracts_alone(warehouse: Any) -> None:
    manifest = warehouse.publish("2026-06-30", LEDGER)
    same = replace(manifest, published_at="2027-01-01", controls=(), version="other")
    assert same.fingerprint == manifest.fingerprint
    changes = {
        "legal_entity_code": "OTHER",
        "reporting_date": date(2026, 6, 29),
        "code_version": "2",
        "parameter_version": "q",
        "source_hash": "t",
        "deliveries": ("F1",),
    }
    assert all(replace(manifest, **{name: value}).fingerprint != manifest.fingerprint for name, value in changes.items())


def test_the_pointer_moves_in_one_piece(warehouse: Any) -> None:
    assert current_version(warehouse.versions) is None
    warehouse.versions.mkdir(parents=True)
    point_to(warehouse.versions, "20260630-a")
    point_to(warehouse.versions, "20260630-b")
    assert current_version(warehouse.versions) == "20260630-b"
    assert [path.name for path in warehouse.versions.iterdir()] == ["current"]
