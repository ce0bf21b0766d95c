"""The history to try is a simulation by the model's own lines, which the tests make once more without them."""

from pathlib import Path

from model.history.example import example_history
from tests.model.history.simulated import written
from tests.model.history.study import example

DOCS = Path(__file__).parents[3] / "docs" / "example-history.csv"


def test_it_is_the_file_of_the_documentation_and_what_another_simulator_makes():
    made = example_history().content
    assert made == example_history().content
    assert made.decode() == DOCS.read_text(encoding="utf-8") == written(example())
