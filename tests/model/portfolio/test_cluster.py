"""A real Dask cluster on this machine: the same digits as here, and what is told where it cannot be used."""

import sys

import numpy as np
import pytest

from model.portfolio.consolidated import consolidate
from model.portfolio.running.cluster import cluster
from model.portfolio.shared_beliefs import Drawing
from model.reading.faults import ScenarioError
from tests.model.portfolio.groups import group, linear

FEW = Drawing(128, 3)


def test_a_cluster_gives_the_same_digits():
    distributed = pytest.importorskip("distributed")
    many = group(*(linear(100.0 + place) for place in range(17)), correlation=0.5)
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as local:
        found = consolidate(many, FEW, cluster(local.scheduler_address))
        here = consolidate(many, FEW)
        assert np.array_equal(found.npv, here.npv)
        assert np.array_equal(found.fan, here.fan)
        assert (found.outcomes, found.bars, found.variance_shares) == (
            here.outcomes, here.bars, here.variance_shares,
        )  # fmt: skip


def test_a_cluster_without_workers_is_refused():
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=None) as local,
        pytest.raises(ScenarioError, match="has no workers; start some"),
    ):
        cluster(local.scheduler_address)


@pytest.mark.parametrize("address", ["nonsense://here", "tcp://no port", "hello"])
def test_an_address_that_is_none_is_refused(address):
    pytest.importorskip("distributed")
    with pytest.raises(ScenarioError, match=r"--dask: .* cannot be used"):
        cluster(address)


def test_without_dask_the_mend_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ScenarioError, match=r"install it: pip install 'distributed>=2025\.1'"):
        cluster("tcp://127.0.0.1:8786")
