"""Sizes, print, colours, files; and that nothing else changes."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
import pytest
from in_figures import FIGURES, ROWS, every_figure, frame
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb
from matplotlib.text import Text

import zhibiao.plot
from zhibiao.errors import ArgumentError
from zhibiao.plot._style import LEVELS, WIDTHS, folded
from zhibiao.plot.coverage import STATES
from zhibiao.stats.coverage import STATES as OF_STATS

if TYPE_CHECKING:
    from pathlib import Path

MODULES = [m.name for m in pkgutil.walk_packages(zhibiao.plot.__path__, "zhibiao.plot.")]
FUNCTIONS = [name for name in zhibiao.plot.__all__ if name[0].islower()]


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name: str) -> None:
    assert not doctest.testmod(importlib.import_module(name)).failed


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_an_example(name: str) -> None:
    assert ">>>" in (getattr(zhibiao.plot, name).__doc__ or "")


@pytest.mark.parametrize("module", ["zhibiao", "zhibiao.stats"])
def test_matplotlib_is_imported_by_figures_alone(module: str) -> None:
    code = (
        f"import sys, {module}; print('matplotlib' in sys.modules, 'zhibiao.plot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["False", "False"]


def test_what_is_not_installed_is_named_with_its_extra() -> None:
    code = "import sys; sys.modules['matplotlib'] = None; import zhibiao.plot"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    told = done.stderr.splitlines()[-1]
    assert "matplotlib is not installed; run: pip install 'zhibiao[plot]'" in told


@every_figure
def test_nothing_is_shown_and_no_setting_changes(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plt, "show", lambda *_, **__: pytest.fail("shown"))
    with mpl.rc_context():
        mpl.rcdefaults()  # else what a figure before this one has changed would not be noticed
        before = dict(mpl.rcParams)
        axes = FIGURES[name](language="en")
        axes.figure.canvas.draw()
        assert dict(mpl.rcParams) == before


@every_figure
@pytest.mark.parametrize("width", WIDTHS)
def test_figures_have_the_width_of_a_column(name: str, width: Any) -> None:
    figure = FIGURES[name](language="en", width=width).figure
    assert figure.get_figwidth() * 2.54 == pytest.approx({"single": 8.6, "double": 17.8}[width])
    taller = FIGURES[name](language="en", width=width, height=9).figure
    assert taller.get_figheight() * 2.54 == pytest.approx(9)


@every_figure
def test_axes_that_are_given_are_drawn_on(name: str) -> None:
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
    assert FIGURES[name](language="en", ax=right) is right
    assert plt.get_fignums() == [figure.number]
    assert left.get_legend() is None
    assert right.get_legend() is not None
    assert figure.get_figwidth() == 9


def _boxes(axes: Any) -> list[tuple[str, Any]]:
    found = axes.figure.findobj(Text)
    # Labels of ticks beyond the limits are never drawn.
    ticks = [*axes.xaxis.get_major_ticks(), *axes.yaxis.get_major_ticks()]
    low, high = sorted(axes.get_xlim())
    hidden = {id(t.label1) for t in axes.xaxis.get_major_ticks() if not low <= t.get_loc() <= high}
    low, high = sorted(axes.get_ylim())
    hidden |= {id(t.label1) for t in axes.yaxis.get_major_ticks() if not low <= t.get_loc() <= high}
    hidden |= {id(tick.label2) for tick in ticks}
    shown = [text for text in found if text.get_text().strip() and text.get_visible()]
    return [(t.get_text(), t.get_window_extent()) for t in shown if id(t) not in hidden]


@every_figure
@pytest.mark.parametrize(
    ("width", "language"), [("single", "en"), ("single", "auto"), ("double", "en")]
)
def test_no_text_is_cut_and_none_lies_on_another(name: str, width: Any, language: Any) -> None:
    axes = FIGURES[name](language=language, width=width)
    axes.figure.canvas.draw()
    page, boxes = axes.figure.bbox, _boxes(axes)
    assert len(boxes) > 5
    for text, box in boxes:
        assert box.x0 >= page.x0 - 1, text
        assert box.x1 <= page.x1 + 1, text
        assert box.y0 >= page.y0 - 1, text
        assert box.y1 <= page.y1 + 1, text
    for number, (text, box) in enumerate(boxes):
        for other, below in boxes[number + 1 :]:
            over_x = min(box.x1, below.x1) - max(box.x0, below.x0)
            over_y = min(box.y1, below.y1) - max(box.y0, below.y0)
            assert min(over_x, over_y) <= 1.5, (text, other)


@every_figure
def test_the_legend_lies_over_no_data(name: str) -> None:
    axes = FIGURES[name](language="en")
    axes.figure.canvas.draw()
    assert axes.get_legend().get_window_extent().y0 >= axes.get_window_extent().y1 - 1


@every_figure
@pytest.mark.parametrize("given", [False, True])
def test_print_is_of_7_to_9_points(name: str, given: bool) -> None:
    """Also on axes that were made with the print of matplotlib."""
    asked = {"ax": plt.subplots()[1]} if given else {}
    axes = FIGURES[name](language="en", **asked)
    axes.figure.canvas.draw()
    texts = [text for text in axes.figure.findobj(Text) if text.get_text().strip()]
    assert {7 <= text.get_fontsize() <= 9 for text in texts} == {True}


def _lightness(colour: str) -> float:
    """L* of CIELAB, from 0 (black) to 100 (white)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    y = float(np.dot(linear, (0.2126, 0.7152, 0.0722)))
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


#: How people without one kind of cones see linear RGB (Viénot, Brettel and Mollon 1999).
PROTAN = np.array([[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]])
DEUTAN = np.array([[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]])


def test_colours_of_levels_are_apart_in_grey_and_without_red_or_green() -> None:
    colours = [colour for colour, _, _ in LEVELS.values()]
    grey = sorted(map(_lightness, colours))
    assert min(np.diff(grey)) > 8
    for matrix in (PROTAN, DEUTAN):
        seen = [np.clip(matrix @ np.array(to_rgb(colour)), 0, 1) for colour in colours]
        pairs = [np.linalg.norm(a - b) for n, a in enumerate(seen) for b in seen[n + 1 :]]
        assert min(pairs) > 0.15
    assert len({mark for _, _, mark in LEVELS.values()}) == len(LEVELS)
    assert len({str(line) for _, line, _ in LEVELS.values()}) >= len(LEVELS) - 1


@pytest.mark.parametrize("side", ["target", "actual"])
def test_states_of_a_map_are_apart_in_grey_by_lightness_or_hatching(side: Any) -> None:
    looks = [STATES[state] for state in (*OF_STATS[side], "unknown", "no_row")]
    for number, (colour, hatch) in enumerate(looks):
        for other, lines in looks[number + 1 :]:
            assert hatch != lines or abs(_lightness(colour) - _lightness(other)) > 8


def test_a_number_is_the_darkest_state() -> None:
    others = [colour for state, (colour, _) in STATES.items() if "stated" not in state]
    assert _lightness(STATES["stated"][0]) < min(map(_lightness, others)) - 8


def test_a_pdf_holds_letters_as_truetype(tmp_path: Path) -> None:
    axes = zhibiao.plot.over_time(frame(ROWS), "荆州市")
    before = dict(mpl.rcParams)
    path = zhibiao.plot.save(axes, tmp_path / "a.pdf")
    assert b"/Type3" not in path.read_bytes()
    assert b"/FontFile2" in path.read_bytes()
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("ending", ["pdf", "svg", "png"])
def test_the_same_figure_is_the_same_file(tmp_path: Path, ending: str) -> None:
    first, second = (
        zhibiao.plot.save(FIGURES["scatter by level"](), tmp_path / f"{name}.{ending}", dpi=100)
        for name in "ab"
    )
    assert first.read_bytes() == second.read_bytes()


def test_a_figure_keeps_its_size_as_a_file(tmp_path: Path) -> None:
    path = zhibiao.plot.save(FIGURES["over_time"]().figure, tmp_path / "a.png", dpi=254)
    assert plt.imread(path).shape[1] == 860


def test_what_cannot_be_made_says_why(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="its ending is none of"):
        zhibiao.plot.save(FIGURES["over_time"](), tmp_path / "a.doc")
    with pytest.raises(ArgumentError, match=r"expected 'single' \(8.6 cm\) or 'double'"):
        FIGURES["over_time"](width="triple")
    with pytest.raises(ArgumentError, match="expected centimetres"):
        FIGURES["over_time"](height=0)
    with pytest.raises(ArgumentError, match="expected centimetres"):
        FIGURES["coverage by level"](height=0)


def test_lines_are_folded_where_they_may_be() -> None:
    assert folded("one |two |three\nfour", 8) == ["one two", "three", "four"]
    assert folded("one |two |three", 80) == ["one two three"]
    assert folded("整数，|半数", 8) == ["整数，", "半数"]
