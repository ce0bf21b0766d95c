"""A Dask cluster as workers, where a group outgrows one machine. Dask is optional, and imported on use."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import Any

from model.portfolio.running.pool import Pool, cores
from model.reading.faults import Fault, ScenarioError, shown

_INSTALL = "pip install 'distributed>=2025.1'"
_SECONDS = 15


def cluster(address: str) -> Pool:
    """The workers of the Dask scheduler at an address ("tcp://10.0.0.5:8786"), which must have this program.

    Raises ScenarioError where Dask is not installed, or no scheduler answers.
    """
    try:
        from distributed import (  # type: ignore[import-not-found, unused-ignore]
            CancelledError,
            Client,
            KilledWorker,
        )
        from distributed.comm.addressing import get_address_host_port  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        message = f"needs the package distributed, which is not installed; install it: {_INSTALL}"
        raise ScenarioError([Fault("--dask", message)]) from None

    def connected() -> Any:
        try:
            # A client that has begun with an address that is none ends in a traceback of its own.
            get_address_host_port(address)  # type: ignore[no-untyped-call, unused-ignore]
            return Client(address, timeout=_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call, unused-ignore]
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            raise ScenarioError([Fault("--dask", f"{shown(address)} cannot be used: {error}")]) from None

    with connected() as client:
        workers = len(client.scheduler_info(n_workers=-1)["workers"])
        _check(client, address, workers)
    clients: list[Any] = []

    def opened() -> Executor:
        clients.append(connected())
        executor: Executor = clients[-1].get_executor(pure=False)
        return executor

    def left(executor: Executor) -> None:
        executor.shutdown(wait=False)
        clients.pop().close()

    return Pool(opened, workers, (CancelledError, KilledWorker), left)


def _check(client: Any, address: str, workers: int) -> None:
    """Refuse a cluster without workers, or whose workers cannot run the program."""
    message = "has no workers; start some: dask worker ADDRESS" if not workers else ""
    try:
        client.run(cores)
    except ImportError as error:
        message = f"has workers without this program ({error}); start them where its folder is on PYTHONPATH"
    if message:
        raise ScenarioError([Fault("--dask", f"{shown(address)} {message}")])
