"""Whatever is given as an experiment or as results is understood or refused in words, never more."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from model.history.experiments.experiment import FIGURES
from model.history.experiments.spec import read_spec
from model.history.experiments.table import read_experiments
from model.history.importing.data_file import DataFile
from model.history.results.table import read_results
from model.history.results.taken_over import take_over
from model.presets import PRESETS
from model.reading.faults import ScenarioError

ODD = [
    "",
    "-",
    "1e999",
    "nan",
    "inf",
    "0",
    "-5",
    "1.000,5",
    "20%",
    "=1+1",
    "2024-03-04",
    "\u202e",
    "(1, 2)",
    "1 (0, 2)",
    "é" * 300,
]
CELLS = st.sampled_from([*ODD, "social", "TV", "4", "60000", "0.5"])
PARTS = st.lists(st.tuples(st.sampled_from([*FIGURES, "spent", ""]), CELLS), max_size=8)


def table_of(heading):
    """Tables with this heading and odd cells."""
    rows = st.lists(st.lists(CELLS, min_size=len(heading), max_size=len(heading)), min_size=1, max_size=4)
    return rows.map(lambda found: "\n".join(";".join(row) for row in (heading, *found)).encode())


@given(
    st.sampled_from(["social", "tv", "x", "="]),
    CELLS | st.just("2024-03-04..2024-04-28"),
    PARTS,
    st.text(max_size=20),
)
def test_lines(channel, when, parts, more):
    written = ",".join([channel, when, *(f"{name}={value}" for name, value in parts)])
    for text in (written, more, f"{written},{more}"):
        with suppress(ScenarioError):
            assert read_spec(text).error > 0


@given(table_of(["channel", "start", "end", "spend", "extra", "revenue", "low", "high", "level", "share"]))
def test_tables_of_experiments(content):
    with suppress(ScenarioError):
        assert read_experiments(DataFile("tests.csv", content)).experiments


@given(table_of(["channel", "kind", "spend", "roi", "ci_lo", "ci_hi", "mroi", "slope", "ec", "theta"]))
def test_tables_of_results(content):
    with suppress(ScenarioError):
        over = take_over(read_results(DataFile("mix.csv", content)), PRESETS["social-plan"])
        assert over.scenario.ranges.keys() == {belief.name for belief in over.mapped.beliefs}
