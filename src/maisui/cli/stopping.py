"""How a long verb stops on Ctrl-C: politely where it listens, and after a few seconds in any case."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager

PATIENCE_SECONDS = 4.0
EXIT_CODE = 130
_ENGINE_WAS_INTERRUPTED = "Query interrupted"


@contextmanager
def stops_soon() -> Generator[None]:
    """Let the block end within seconds of Ctrl-C.

    A long query hears Ctrl-C late or never, so a thread ends the process when its patience is over.
    A batch may be killed at any moment: nothing is published by halves.

    Raises:
        KeyboardInterrupt: when the engine heard Ctrl-C in its own way.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    is_over = threading.Event()
    threading.Thread(target=_watch, args=(reading, is_over), daemon=True).start()
    try:
        yield
    except RuntimeError as error:
        if str(error) != _ENGINE_WAS_INTERRUPTED:
            raise
        raise KeyboardInterrupt from None
    finally:
        is_over.set()
        signal.set_wakeup_fd(before)
        os.close(writing)


def _watch(reading: int, is_over: threading.Event) -> None:
    with os.fdopen(reading, "rb", buffering=0) as signals:
        while heard := signals.read(1):
            if heard[0] == signal.SIGINT and not is_over.wait(PATIENCE_SECONDS):
                sys.stderr.write("stopped in the middle of a long step; the last published version stays up\n")
                sys.stderr.flush()
                os._exit(EXIT_CODE)
