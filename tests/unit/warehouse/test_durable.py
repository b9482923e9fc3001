"""What the disk refuses becomes an error with three lines, by whatever name the engine passes it on."""

from pathlib import Path

import duckdb
import pytest

from maisui.errors import StorageError
from maisui.warehouse.durable import disk_errors


@pytest.mark.parametrize(
    "error",
    [
        OSError(28, "No space left on device"),
        duckdb.IOException("IO Error: could not write"),
        duckdb.OutOfMemoryException("Out of Memory Error"),
        duckdb.TransactionException('Failed to commit: Could not write file "part.duckdb.aside.wal": No space left on device'),
    ],
    ids=["operating system", "engine", "memory", "commit"],
)
def test_what_the_disk_refuses_is_an_error_of_storage(error: Exception) -> None:
    with pytest.raises(StorageError) as told, disk_errors(Path("parts")):
        raise error

    assert told.value.next_step


def test_what_is_no_fault_of_the_disk_passes_as_it_is() -> None:
    with pytest.raises(duckdb.CatalogException), disk_errors(Path("parts")):
        raise duckdb.CatalogException("Table with name t does not exist")
