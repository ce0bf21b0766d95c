"""Formulas in Excel's words: operators, brackets, constants, and a clear refusal of what Excel lacks."""

import re

import numpy as np
import pytest

from model.finance import annuity_factor
from model.formula import Name, last, ratio, total
from model.lines import LINES
from model.metrics import METRICS
from report.workbook.excel_formula import NotInExcel, Places, excel, text

A, B, C = Name("a"), Name("b"), Name("c")
PLACES = Places(
    cell=str,
    series=lambda name: f"{name.upper()}1:{name.upper()}9",
    helper=lambda function, name: f"{function}_of_{name}",
    in_horizon="flags",
    months="months",
    horizon="n",
)


@pytest.mark.parametrize(
    ("tree", "written"),
    [
        (A + B * C, "a+b*c"),
        ((A + B) * C, "(a+b)*c"),
        (A - (B - C), "a-(b-c)"),
        (A / (B / C), "a/(b/c)"),
        (A * (B * C), "a*(b*c)"),
        (A ** (B**C), "a^(b^c)"),
        ((A**B) ** C, "(a^b)^c"),
        (-(A**2), "-(a^2)"),
        ((-A) ** 2, "(-a)^2"),
        (-A / 12, "-a/12"),
        (-(A + B), "-(a+b)"),
        (A ** (-B / 12), "a^(-b/12)"),
        (A ** (1 / 12), "a^(1/12)"),
        (0.5**A, "0.5^a"),
        (A * (1 / 3), "a*(1/3)"),
        (A * 0.1234567890123, "a*0.1234567890123"),
        (A + -2, "a+(-2)"),
        (A * (B <= 12 * C), "a*(b<=12*c)"),
        (np.minimum(1, A / 12), "MIN(1,a/12)"),
        (np.maximum(0, A - B), "MAX(0,a-b)"),
        (1 - np.exp(-A * B), "1-EXP(-a*b)"),
        (np.where(A == "s_curve", B, np.where(A == 'a "word"', 1, C)), 'IF(a="s_curve",b,IF(a="a ""word""",1,c))'),
        (ratio(A, B + C, 1), "IF(b+c=0,1,a/(b+c))"),
        (total(A), "SUMPRODUCT(flags*A1:A9)"),
        (total((A + B) * C) / total(B), "SUMPRODUCT(flags*((A1:A9+B1:B9)*C1:C9))/SUMPRODUCT(flags*B1:B9)"),
        (2 * annuity_factor(A / B - 1, 60), "2*PV(a/b-1,60,-1)"),
        (last(A) < 0, "INDEX(A1:A9,1,n)<0"),
        (-np.minimum(0, np.min(A, axis=-1, keepdims=True)), "-MIN(0,SUMPRODUCT(MIN(A1:A9+10^300*(1-flags))))"),
    ],
)  # fmt: skip
def test_a_tree_is_written_with_excels_precedence(tree, written):
    assert excel(tree, PLACES) == written


@pytest.mark.parametrize(
    ("tree", "message"),
    [
        (total(np.minimum(A, B)), "'minimum' cannot stand inside a sum"),
        (last(A + B), "'last' is taken of a line only"),
        (np.tanh(A), "'tanh' has no Excel formula yet"),
    ],
)
def test_what_excel_lacks_is_refused_by_name(tree, message):
    with pytest.raises(NotInExcel, match=re.escape(message)):
        excel(tree, PLACES)


def test_every_formula_of_the_model_can_be_written():
    for item in (*LINES.values(), *METRICS.values()):
        assert excel(item.expression, PLACES)
    for item in METRICS.values():
        for undefined in item.undefined:
            assert excel(undefined.when.expression, PLACES)


def test_a_text_constant_doubles_its_quotes():
    assert text('say "so"') == '"say ""so"""'
