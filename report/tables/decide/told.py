"""How each subject that can be asked about a decision is told; a new one is an entry here and in `report.asked`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, NamedTuple

from model.choice.counter.words import counter_in_words
from model.command_line.decide.counter_command import counter_data
from model.command_line.decide.pilot_output import pilot_data
from model.command_line.decide.stages_command import stages_data_of
from model.pilot.pilots import Pilots
from model.pilot.words import DECISION, QUESTION, own_figures, result_decides
from model.stages.words import staged_in_words
from report.material import Material
from report.tables.chart_table import ChartTable
from report.tables.decide.counter import deal_rows, deals, limit_rows, prices
from report.tables.decide.stages import contract_rows, end_rows, gate_ends, policies, policy_rows
from report.tables.decide.tests import pilot_rows, pilots_in_brief
from report.tables.document_tables import Table
from report.words.decision import CHANGES_OUR_MIND, TESTS
from report.words.headings import net_message, offer_message, what_stopping_is_worth, whether_to_test

STOPPING, OFFER = "What being able to stop is worth", "What finance could be offered"
_BESIDE_NEVER, _BEFORE_GATES = "Stopping beside never stopping", "What can be lost before each gate"
# Limits and what is decided are told in words, so that all columns beside them are of words.
_NO_NUMBERS = 9
_BESIDE_ASK, _PRICES = "The ask beside the counter-offer", "What each limit costs"


class Rows(NamedTuple):
    """Rows at full precision and what they are."""

    title: str
    table: ChartTable


@dataclass(frozen=True)
class Telling:
    """An answer about a decision: in a few words, in sentences, as tables for readers, as rows, as plain data.

    The first sentence is the answer. Tables stand under their titles, rows under the names of their files.
    """

    message: str
    sentences: tuple[str, ...]
    tables: Mapping[str, Table]
    rows: Mapping[str, Rows]
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Subject:
    """What can be asked about a decision: the heading of its answer, its sheet and what that holds, how it is asked.

    `tell` tells the answer of a material that has it.
    """

    title: str
    sheet: str
    holds: str
    asked: str
    tell: Callable[[Material], Telling]


def _tests(material: Material) -> Telling:
    found = material.answers.tests
    assert found
    return Telling(
        net_message(found),
        (f"{whether_to_test(found)}.", *_decides(found), DECISION, QUESTION, *filter(None, (own_figures(found),))),
        {TESTS: pilots_in_brief(found)},
        {"tests": Rows("Each test at its best size", pilot_rows(found))},
        pilot_data(found),
    )


def _decides(found: Pilots) -> tuple[str, ...]:
    """What the result of the test to run first decides; nothing where none is."""
    first = found.first
    return (result_decides(first, first.best),) if first and first.best else ()


def _stages(material: Material) -> Telling:
    found, made = material.answers.stages, material.contract
    assert found
    assert made
    # What can be lost before each gate stands in the table.
    worth, *words = staged_in_words(found)
    return Telling(
        what_stopping_is_worth(found).partition(";")[0],
        (worth, *words[len(found.gates) :]),
        {_BESIDE_NEVER: policies(found), _BEFORE_GATES: gate_ends(found)},
        {
            "stages": Rows(_BESIDE_NEVER, policy_rows(found)),
            "gates": Rows(_BEFORE_GATES, end_rows(found)),
            "contract": Rows(f"{CHANGES_OUR_MIND}: fixed beforehand", contract_rows(made)),
        },
        stages_data_of(found, made),
    )


def _counter(material: Material) -> Telling:
    found = material.answers.counter
    assert found
    limited = bool(found.prices)
    # What each limit costs stands in the table.
    first, second, *words = counter_in_words(found)
    return Telling(
        offer_message(found),
        (first, second, *words[len(found.prices) if found.fits else 0 :]),
        {_BESIDE_ASK: replace(deals(found), values_from=_NO_NUMBERS)}
        | ({_PRICES: replace(prices(found), values_from=_NO_NUMBERS)} if limited else {}),
        {"ask-and-offer": Rows(_BESIDE_ASK, deal_rows(found))}
        | ({"limits": Rows(_PRICES, limit_rows(found))} if limited else {}),
        counter_data(found),
    )


# In the order in which files tell them, under the names of the fields in `Asked` and `Answers`.
SUBJECTS: Mapping[str, Subject] = MappingProxyType(
    {
        "tests": Subject(
            TESTS, "Tests", "What each test before deciding is worth and costs, as values",
            "what each test before deciding is worth", _tests,
        ),
        "counter": Subject(
            OFFER, "Counter-offer", "The best part of the ask inside finance's limits, and their prices, as values",
            "the best part of the ask inside finance's limits", _counter,
        ),
        "stages": Subject(
            STOPPING, "Stages", "What being able to stop is worth, the gates and the contract, as values",
            "what being able to stop at the plan's gates is worth", _stages,
        ),
    }
)  # fmt: skip


def answers_of(material: Material) -> Mapping[str, Telling]:
    """Every answer of a material, by subject, in the order in which files tell them."""
    found = material.answers.names
    return {name: subject.tell(material) for name, subject in SUBJECTS.items() if name in found}
