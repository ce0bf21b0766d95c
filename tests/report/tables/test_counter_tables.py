"""A counter-offer as tables."""

from __future__ import annotations

from dataclasses import replace

from model.choice.counter import catalogue
from model.choice.counter.offer import counter
from model.choice.counter.terms import Terms
from model.presets import PRESETS
from report.tables.decide.counter import deals, prices


def test_what_does_not_fit_is_headed_as_no_offer_in_either_table(monkeypatch):
    monkeypatch.setattr(catalogue, "PACES", (0.25,))
    monkeypatch.setattr(catalogue, "SEARCH_DRAWS", 128)
    offered = counter(PRESETS["social-plan"], Terms(yearly=1e6), 128)
    near = replace(offered, fits=False)
    assert (deals(offered).headings[2], prices(offered).headings[2]) == ("Counter-offer", "Offer")
    assert deals(near).headings[2] == prices(near).headings[2] == "Comes nearest"
