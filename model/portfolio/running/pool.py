"""The machines that work is given to: any `concurrent.futures` executor, and how to open another where one broke."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread

from model.uncertainty.freed_memory import keep_freed_memory

MOST_WORKERS = 256


def _leave(executor: Executor) -> None:
    # Waits for what is being done, at most a block of units: who leaves at once leaves semaphores to the system.
    executor.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True)
class Pool:
    """Workers: how to open an executor of them and leave it, how many they are, what tells that they broke.

    `broke` are the exceptions of a future that speak of the workers and not of the work.
    """

    open: Callable[[], Executor]
    workers: int
    broke: tuple[type[BaseException], ...] = (BrokenExecutor,)
    close: Callable[[Executor], None] = _leave


def here() -> Pool:
    """One thread of this process: for few units, and where no other process may be started."""
    return Pool(lambda: ThreadPoolExecutor(1), 1)


def processes(count: int | None = None, niceness: int = 0) -> Pool:
    """So many processes of this machine, by default one for each core this process may use; nicer ones give way."""
    workers = min(count or cores(), MOST_WORKERS)
    # Started anew, as a process that has threads must not be copied.
    return Pool(lambda: ProcessPoolExecutor(workers, get_context("spawn"), _begin, (niceness,)), workers)


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin(niceness: int) -> None:
    """What a worker does first: leave Ctrl-C to its parent, and end when that is gone, however it went."""
    if hasattr(os, "nice"):
        os.nice(niceness)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep_freed_memory()
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
