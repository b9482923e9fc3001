"""The audit log: append-only, sealed, signed, and refusing work when it cannot be written."""

from __future__ import annotations

import random
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from maisui.errors import AccessError


@pytest.fixture
def log(transactional_db):
    """A log whose records are really committed, and no heads of other tests."""
    from maisui.web.audit import verification

    def forget_heads() -> None:
        for path in (settings.HOME.path / "audit-heads").glob("*.json"):
            path.unlink()

    forget_heads()
    with patch.object(verification, "_PATIENCE_SECONDS", 0):
        yield
    forget_heads()


def append(count: int) -> None:
    from maisui.web.audit.actor import Actor
    from maisui.web.audit.record import record

    for number in range(count):
        who = Actor(f"user{number % 7}", f"名{number % 7}", roles=("teller",), scopes=("B1",), address="10.0.0.1")
        record(action=f"action_{number % 5}", by=who, object_type="thing", object_id=str(number), details={"number": number})


@pytest.fixture
def without_triggers(log):
    from maisui.web.audit.triggers import create_triggers, drop_triggers

    drop_triggers(connection)
    yield
    create_triggers(connection)


def test_an_untouched_log_is_good(log):
    from maisui.web.audit.verification import verify

    append(20)
    found = verify()
    assert (found.is_good, found.count, found.first, found.last, found.heads) == (True, 20, 1, 20, 1)


def test_an_empty_log_is_good(log):
    from maisui.web.audit.verification import verify

    assert verify().is_good


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_record SET action = 'x' WHERE sequence = 2", "DELETE FROM audit_record WHERE sequence = 2"]
)
def test_the_database_refuses_changes(log, statement):
    append(3)
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def rows() -> list[dict]:
    from maisui.web.audit.models import AuditRecord

    return list(AuditRecord.objects.order_by("sequence").values())


def change_a_field(chance: random.Random, count: int) -> None:
    from maisui.web.audit.chain import SEALED
    from maisui.web.audit.models import AuditRecord

    number = chance.randint(1, count)
    name = chance.choice([name for name in SEALED if name != "sequence"] + ["hash"])
    old = AuditRecord.objects.values_list(name, flat=True).get(sequence=number)
    new = old + timedelta(microseconds=chance.randint(1, 10**9)) if name == "at" else old[:-1] + chance.choice("abcdef0123456789XYZ")
    if name == "result":
        new = "failed"
    if new == old:
        new = "§" + old[1:]
    AuditRecord.objects.filter(sequence=number).update(**{name: new})


def change_and_seal_anew(chance: random.Random, count: int) -> None:
    from maisui.web.audit.chain import seal
    from maisui.web.audit.models import AuditRecord

    row = rows()[chance.randint(1, count) - 1] | {"actor_username": "somebody else"}
    AuditRecord.objects.filter(sequence=row["sequence"]).update(actor_username=row["actor_username"], hash=seal(row))


def write_the_rest_anew(chance: random.Random, count: int) -> None:
    from maisui.web.audit.chain import seal
    from maisui.web.audit.models import AuditRecord

    start = chance.randint(1, count)
    previous = None
    for row in rows()[start - 1 :]:
        if previous is None:
            row["object_id"] += "!"
        else:
            row["previous_hash"] = previous
        row["hash"] = previous = seal(row)
        AuditRecord.objects.filter(sequence=row["sequence"]).update(**row)


def delete_one(chance: random.Random, count: int) -> None:
    from maisui.web.audit.models import AuditRecord

    AuditRecord.objects.filter(sequence=chance.randint(1, count)).delete()


def delete_and_close_the_gap(chance: random.Random, count: int) -> None:
    from maisui.web.audit.models import AuditRecord

    number = chance.randint(1, count - 1)
    AuditRecord.objects.filter(sequence=number).delete()
    for row in [row for row in rows() if row["sequence"] > number]:
        AuditRecord.objects.filter(sequence=row["sequence"]).update(sequence=row["sequence"] - 1)


def insert_one(chance: random.Random, count: int) -> None:
    from maisui.web.audit.chain import seal
    from maisui.web.audit.models import AuditRecord

    after = chance.randint(0, count)
    for row in reversed([row for row in rows() if row["sequence"] > after]):
        AuditRecord.objects.filter(sequence=row["sequence"]).update(sequence=row["sequence"] + 1)
    source = rows()[chance.randint(1, count) - 1]
    before = AuditRecord.objects.filter(sequence=after).values_list("hash", flat=True).first() or "0" * 64
    forged = source | {"sequence": after + 1, "object_id": "forged", "previous_hash": before}
    AuditRecord.objects.create(**forged | {"hash": seal(forged)})


def swap_two(chance: random.Random, count: int) -> None:
    from maisui.web.audit.models import AuditRecord

    first, second = chance.sample(range(1, count + 1), 2)
    AuditRecord.objects.filter(sequence=first).update(sequence=0)
    AuditRecord.objects.filter(sequence=second).update(sequence=first)
    AuditRecord.objects.filter(sequence=0).update(sequence=second)


def cut_the_tail(chance: random.Random, count: int) -> None:
    from maisui.web.audit.models import AuditRecord

    AuditRecord.objects.filter(sequence__gt=chance.randint(0, count - 1)).delete()


def cut_the_head(chance: random.Random, count: int) -> None:
    from maisui.web.audit.models import AuditRecord

    AuditRecord.objects.filter(sequence__lte=chance.randint(1, count - 1)).delete()


MUTATIONS = (
    change_a_field,
    change_and_seal_anew,
    write_the_rest_anew,
    delete_one,
    delete_and_close_the_gap,
    insert_one,
    swap_two,
    cut_the_tail,
    cut_the_head,
)


def test_a_thousand_random_mutations_are_all_found(without_triggers):
    from maisui.web.audit.verification import verify

    count, chance = 25, random.Random(20261031)
    append(count)
    missed = []
    for trial in range(1000):
        mutate = MUTATIONS[trial % len(MUTATIONS)]
        with transaction.atomic():
            before = rows()
            mutate(chance, count)
            first_changed = next((number for number, pair in enumerate(zip(before, rows(), strict=False), 1) if pair[0] != pair[1]), None)
            found = verify()
            if found.is_good or (mutate is change_a_field and found.bad_sequence not in (first_changed, (first_changed or 0) + 1)):
                missed.append((trial, mutate.__name__, found))
            transaction.set_rollback(True)
    assert missed == []
    assert verify().is_good


def test_a_damaged_or_forged_head_is_found(log):
    from maisui.web.audit.verification import verify

    append(3)
    (path,) = (settings.HOME.path / "audit-heads").glob("*.json")
    path.write_text(path.read_text().replace('"sequence": 3', '"sequence": 2'))
    assert "head" in verify().finding
    path.write_text("nonsense")
    assert not verify().is_good


def test_heads_are_for_their_owner_only(log):
    append(1)
    (path,) = (settings.HOME.path / "audit-heads").glob("*.json")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_what_is_rolled_back_leaves_neither_record_nor_head(log):
    from maisui.web.audit.verification import verify

    append(2)

    with transaction.atomic():
        append(1)
        transaction.set_rollback(True)
    assert (verify().is_good, verify().last) == (True, 2)
    append(1)
    assert (verify().is_good, verify().last) == (True, 3)


def test_without_a_place_for_heads_nothing_is_done(log):
    from maisui.web.actions.users import create_user
    from maisui.web.audit import heads
    from maisui.web.audit.actor import operator
    from maisui.web.audit.record import AuditUnavailableError
    from maisui.web.staff.models import StaffUser

    with patch.object(heads, "is_writable", lambda: False), pytest.raises(AuditUnavailableError):
        create_user(by=operator(), username="ghost", name="鬼")
    assert not StaffUser.objects.filter(username="ghost").exists()


def test_a_full_disk_under_the_heads_is_told_and_found(log):
    from maisui.web.audit import heads
    from maisui.web.audit.record import AuditUnavailableError
    from maisui.web.audit.verification import verify

    append(2)
    with patch.object(heads.Path, "replace", side_effect=OSError(28, "No space left on device")), pytest.raises(AuditUnavailableError):
        append(1)
    assert "carry no signed head" in verify().finding
    append(1)
    assert verify().is_good


def test_a_refusal_outlives_the_roll_back(log):
    from maisui.web.actions.users import create_user
    from maisui.web.audit.actor import Actor
    from maisui.web.audit.models import AuditRecord

    with pytest.raises(AccessError):
        create_user(by=Actor("teller9", "九"), username="ghost", name="鬼")
    assert list(AuditRecord.objects.values_list("actor_username", "action", "result")) == [("teller9", "user_create", "refused")]


def test_names_cannot_forge_a_second_record(log):
    from maisui.web.audit.actor import Actor
    from maisui.web.audit.models import AuditRecord
    from maisui.web.audit.record import record

    record(action="view", by=Actor("a\n2 admin view allowed", "\u202exyz", address="\x1b[2J"), object_type="thing", object_id="1\r\n2")
    for value in AuditRecord.objects.values_list("actor_username", "actor_name", "source_address", "object_id").get():
        assert value.isprintable()


def test_old_records_go_only_by_a_purge_that_is_recorded(log):
    from maisui.web.audit.actor import operator
    from maisui.web.audit.models import AuditRecord
    from maisui.web.audit.purge import purge
    from maisui.web.audit.verification import verify

    with patch.object(timezone, "now", lambda now=timezone.now: now() - timedelta(days=400)):
        append(5)
    append(3)
    with pytest.raises(AccessError):
        purge(by=operator(), kept_days=30)
    assert purge(by=operator(), kept_days=365) == 5
    found = verify()
    assert (found.is_good, found.first, found.last) == (True, 6, 9)
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditRecord.objects.filter(sequence=7).delete()


def test_a_purge_of_an_unsound_log_is_refused(without_triggers):
    from maisui.web.audit.actor import operator
    from maisui.web.audit.models import AuditRecord
    from maisui.web.audit.purge import purge

    append(5)
    AuditRecord.objects.filter(sequence=2).update(action="other")
    with pytest.raises(AccessError, match="not sound"):
        purge(by=operator(), kept_days=365)
