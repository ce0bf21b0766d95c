"""The Skills screen: the team by skill area, and where an hour of training closes most of what is missing."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from dashboard.components.browser import is_narrow
from dashboard.components.chart_cards import card, image_buttons
from dashboard.components.layout import chart_grid, heading, metric_card, metric_grid
from dashboard.components.text import literal
from dashboard.components.widgets import number_in_force, number_input
from dashboard.screens.skills import editor
from dashboard.session import compute, current, edits, memory, messages
from dashboard.shell import notices
from model.assumptions import ASSUMPTIONS
from model.reading.faults import ScenarioError
from model.reading.number_rules import rule_of
from model.scenario import Scenario
from model.skills.areas import competent_share, starting_areas, weighted, weighted_gap
from model.skills.training_plan import HALF_HOURS, WHOLE_HOURS, TrainingPlan, plan_training
from model.units import MONEY, RATIO, SHARE
from report.charts import skills
from report.tables.skills_tables import (
    AREA,
    COLUMNS,
    LEARNING,
    OWN_JUDGEMENT,
    plan_rows,
    points,
    skills_sentences,
    worth_sentences,
)
from report.words.headings import what_hours_close
from report.words.stamp import years

_BUDGET, _STEP = "skills budget", "skills step"
_STEPS = {"Whole hours": WHOLE_HOURS, "Half hours": HALF_HOURS, "Exact": None}
_USUAL_STEP = "Whole hours"
_HINT = (
    "Type 45 or 45 %. Rows copied from a spreadsheet can be pasted into the table; rows ticked at its left edge can "
    "be deleted."
)


def draw() -> None:
    """The screen."""
    scenario = current.scenario()
    projection = compute.projection(scenario)
    areas = scenario.skills or starting_areas(scenario.number("competent_share_start"))
    plan = plan_training(scenario, areas, _budget(scenario), _STEPS[memory.kept(_STEP, _USUAL_STEP)])
    heading(
        what_hours_close(plan, scenario.format),
        "Which skills to train first: judge the team area by area, and each hour goes where it closes most.",
    )
    # What comes and goes has a place of its own: else the table below would lose its focus.
    with st.container():
        notices.warnings(projection)
    st.markdown(literal(" ".join(skills_sentences(plan, scenario.format)), 1000))
    st.markdown(literal(" ".join(worth_sentences(plan, scenario)), 1000))
    with st.container():
        _whose(scenario)
    with chart_grid():
        with st.container(gap="small"):
            editor.draw(areas, scenario)
            st.caption(f"{OWN_JUDGEMENT} {_HINT}")
        card(skills.CHART, skills.Trained(plan, projection))
    _metrics(plan, scenario)
    _use(scenario)
    _hours(plan, scenario)
    st.caption(LEARNING)
    notices.footer(projection)
    image_buttons()


def _whose(scenario: Scenario) -> None:
    """Say so where nobody has judged the areas yet."""
    if not scenario.skills:
        st.info(
            "These areas are a place to start, not a finding: equally important, each at the plan’s own share. "
            "Change a cell, paste rows or open a CSV file, and they travel with the scenario.",
            icon=":material/edit_note:",
        )


def _budget(scenario: Scenario) -> float:
    """Hours per person and year to spread: the plan's own unless others were entered."""
    return number_in_force(_BUDGET, scenario.number("training_hours"))


def _metrics(plan: TrainingPlan, scenario: Scenario) -> None:
    text = scenario.format
    wanted = weighted(plan.areas, lambda area: area.wanted)
    closing, horizon = plan.worth.closing, years(scenario.horizon_years)
    figures = (
        ("Competent today, weighted", text.rounded(competent_share(plan.areas), SHARE),
         f"the plan starts from {text.rounded(scenario.number('competent_share_start'), SHARE)}"),
        ("After the hours", text.rounded(plan.competent_share, SHARE), f"wanted {text.rounded(wanted, SHARE)}"),
        ("Weighted gap today", f"{points(text, weighted_gap(plan.areas))} points",
         f"{points(text, plan.gap)} points after the hours"),
        ("Hours per person and year", text.rounded(sum(plan.hours), RATIO),
         f"of a budget of {text.rounded(plan.budget, RATIO)}"),
        ("Closing the gap is worth", text.rounded(closing.over_the_horizon, MONEY),
         f"over {horizon}, before what it costs"),
        ("An hour a year costs", text.rounded(plan.worth.hour_costs, MONEY),
         f"the whole team, over {horizon}"),
    )  # fmt: skip
    with metric_grid(3):
        for label, value, beside in figures:
            metric_card(label, value, beside)


def _use(scenario: Scenario) -> None:
    """The button that makes the weighted share what the projection starts from."""
    label = ASSUMPTIONS["competent_share_start"].label
    if not scenario.skills:
        st.caption(f"Once the areas are your own, their weighted share can be used as “{label}”.")
        return
    share = edits.competence_of_skills(scenario)
    in_use = share == scenario.number("competent_share_start")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button("Use as part already competent", disabled=in_use, on_click=_use_share)
        start = scenario.format.rounded(scenario.number("competent_share_start"), SHARE)
        told = ", is what the projection starts from" if in_use else f"; the projection starts from {start}"
        shown = scenario.format.rounded(share, SHARE)
        st.caption(literal(f"{shown}, weighted over {len(scenario.skills)} areas{told}.", 300), width="content")
    if not in_use:
        _used(scenario)


def _used(scenario: Scenario) -> None:
    """Say what the weighted share would make of the plan's worth."""
    try:
        other = edits.with_competence_of_skills(scenario)
    except ScenarioError:
        return
    now, then = (
        scenario.format.rounded(compute.projection(one).metrics["npv"] or 0.0, MONEY) for one in (scenario, other)
    )
    reference = ASSUMPTIONS["competent_share_reference"]
    st.caption(
        literal(
            f"Used, it takes the plan's net present value from {now} to {then}: the more of the team are competent "
            "today, the less training adds. Its uplift is that of firms in which "
            f"{scenario.stated(reference.name)} were (grade {reference.grade_text}).",
            500,
        )
    )


def _use_share() -> None:
    try:
        current.replace(edits.with_competence_of_skills(current.scenario()))
    except ScenarioError as error:
        messages.refuse("The part already competent stays as it was", error)


def _hours(plan: TrainingPlan, scenario: Scenario) -> None:
    st.markdown("## Hours by area")
    text, own = scenario.format, scenario.number("training_hours")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number_input(
            "Budget (hours per person and year)", _BUDGET, rule_of(ASSUMPTIONS["training_hours"]), text,
            usual=own, width=280,
            help=f"Cleared, it is the plan’s own training, {text.plain(own, RATIO)} hours. Changing it here changes "
            "no plan.",
        )  # fmt: skip
        memory.show_kept(_STEP, _USUAL_STEP)
        st.segmented_control(
            "Hours in steps", _STEPS, required=True, key=_STEP, on_change=memory.keep_entered, args=(_STEP,)
        )
    if "training_programme" not in scenario.measures:
        st.caption("Training is switched off in this plan: these are the hours that a programme would spend.")
    _hours_table(plan, scenario)


def _hours_table(plan: TrainingPlan, scenario: Scenario) -> None:
    import pandas as pd

    rows = plan_rows(plan)
    columns = zip(COLUMNS, zip(*(values for _, values in rows), strict=True), strict=True)
    table = pd.DataFrame(
        {
            AREA: [literal(name) for name, _ in rows],
            **{head: pd.array(values, "Float64") for head, values in columns},
        }
    )
    writers: dict[Any, Any] = {head: partial(write, scenario.format) for head, write in COLUMNS.items()}
    shown, words = table.style.format(writers, na_rep=""), "Hours by skill area"
    if is_narrow():
        # Wider than the page: this one is scrolled by keys too, and its areas stay.
        pinned = {AREA: st.column_config.TextColumn(pinned=True, width=130)}
        st.dataframe(shown, hide_index=True, height="content", column_config=pinned, alt=words)
        return
    st.table(shown, hide_index=True, border="horizontal", alt=words)
