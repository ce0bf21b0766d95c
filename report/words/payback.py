"""When the money is back and how much is needed until then, with the odds of both."""

from __future__ import annotations

from model.metrics import METRICS
from model.projection import Projection
from model.uncertainty.simulation import Simulation
from model.units import LEAST_MONEY
from report.words.odds import cases_in_100
from report.words.stamp import years


def payback_in_words(projection: Projection, simulation: Simulation | None = None) -> str:
    """Payback and money needed as assumed and, with the simulation, over the cases drawn."""
    metrics, horizon = projection.metrics, years(projection.scenario.horizon_years)
    month, needed = metrics["payback_month"], _money(projection, metrics["peak_funding"] or 0.0)
    how = "Not discounted, it" if (metrics["npv"] or 0.0) < 0 else "It"
    drawn = payback_odds(projection, simulation)
    if drawn is None:
        if month is None:
            return f"It does not pay back within {horizon} and needs {needed}."
        return (
            f"{how} pays back in month {month:.0f} and needs {needed}."
            if month
            else "It needs no money at any time."
        )
    back, most = drawn
    if month is None:
        return f"It does not pay back as assumed, but within {horizon} in {back}; it needs {needed}, {most}."
    if month == 0:
        return f"It needs no money as assumed, {most}; within {horizon} the money is back in {back}."
    return f"{how} pays back in month {month:.0f}, and within {horizon} in {back}; it needs {needed}, {most}."


def _money(projection: Projection, amount: float, error: float = 0.0) -> str:
    return projection.scenario.format.rounded(amount, METRICS["peak_funding"].unit, error)


def payback_odds(projection: Projection, simulation: Simulation | None) -> tuple[str, str] | None:
    """In how many cases the money is back within the horizon, and what the worst tenth needs; None without draws."""
    if simulation is None or not simulation.scenario.effective_ranges or not simulation.metrics["npv"].any():
        return None
    peak = simulation.spread("peak_funding").percentile(90)
    assert peak is not None
    back = cases_in_100(simulation.odds_of_payback(projection.months))
    if peak.value < LEAST_MONEY:
        return back, "in nine cases of ten none"
    return back, f"in one case of ten more than {_money(projection, peak.value, peak.error)}"
