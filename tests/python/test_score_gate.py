"""The gate: floors that hold, fall, are missing; tables and texts that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gate
import pytest
from check import Check
from figures import Figure

if TYPE_CHECKING:
    from pathlib import Path

SUMS = {"given tables": "aa", "texts of the corpus": "bb"}
MEASURED = {"facts, sample: facts": 0.98, "facts, given: facts": 0.9765}


@pytest.fixture
def floors(tmp_path: Path) -> Path:
    path = tmp_path / "floors.tsv"
    assert gate.renew(MEASURED, SUMS, "", path) == 0
    return path


def test_floors_stand_a_little_below_what_was_measured(floors: Path) -> None:
    assert floors.read_text(encoding="utf-8").splitlines() == [
        "# given tables: aa",
        "# texts of the corpus: bb",
        "figure\tfloor\treason",
        "facts, sample: facts\t0.978\tmeasured",
        "facts, given: facts\t0.974\tmeasured",
    ]


def test_the_gate_is_open_at_the_floor_and_closed_below(
    floors: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "facts, given: facts"
    assert gate.judge({**MEASURED, name: 0.974}, SUMS, floors) == 0
    assert gate.judge({**MEASURED, name: 0.9739}, SUMS, floors) == 1
    assert "facts, given: facts: 0.9739 is below the floor of 0.974" in capsys.readouterr().out


def test_a_figure_that_is_not_measured_closes_the_gate(
    floors: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gate.judge({"facts, sample: facts": 0.98}, SUMS, floors) == 1
    assert "facts, given: facts: has a floor of 0.974, but was not" in capsys.readouterr().out


def test_other_tables_close_the_gate_and_it_says_how_to_go_on(
    floors: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gate.judge(MEASURED, {**SUMS, "given tables": "cc"}, floors) == 1
    printed = capsys.readouterr().out
    assert "the given tables are not those that the floors were measured on" in printed
    assert "--renew-floors" in printed
    assert "texts of the corpus are not" not in printed


def test_without_a_corpus_the_sample_is_judged_alone(
    floors: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gate.judge({"facts, sample: facts": 0.98}, {}, floors) == 0
    assert gate.judge({"facts, sample: facts": 0.97}, {}, floors) == 1
    assert "NO CORPUS" in capsys.readouterr().out
    assert gate.renew(MEASURED, {}, "", floors) == 1


def test_floors_rise_by_themselves_and_fall_for_a_reason(floors: Path) -> None:
    name = "facts, given: facts"
    assert gate.renew({**MEASURED, name: 0.99}, SUMS, "", floors) == 0
    assert gate.read(floors)[1][name].value == 0.988
    assert gate.renew({**MEASURED, name: 0.98}, SUMS, "", floors) == 1
    assert gate.read(floors)[1][name].value == 0.988
    assert gate.renew({**MEASURED, name: 0.98}, SUMS, "more tables", floors) == 0
    assert gate.read(floors)[1][name] == gate.Floor(0.978, "more tables")
    # Within the margin nothing fell, so that nothing is lowered.
    assert gate.renew({**MEASURED, name: 0.979}, SUMS, "a whim", floors) == 0
    assert gate.read(floors)[1][name] == gate.Floor(0.978, "more tables")


def test_a_figure_that_went_away_keeps_its_floor_without_a_reason(floors: Path) -> None:
    less = {"facts, sample: facts": 0.98}
    assert gate.renew(less, SUMS, "", floors) == 1
    assert "facts, given: facts" in gate.read(floors)[1]
    assert gate.renew(less, SUMS, "no longer told", floors) == 0
    assert "facts, given: facts" not in gate.read(floors)[1]


def test_what_floors_can_stand_under() -> None:
    figures = [
        Figure("facts, given: facts", 0.9, "", 0.8, 0.95),
        Figure("facts, given: growth_targets", 0.9, "", 0.8, 0.95),
        Figure("facts, given, peer: facts", 0.4, "", 0.4, 0.4),
        Figure("further metrics, own, looked at: facts", 0.7, "", 0.6, 0.8),
    ]
    checks = [Check("copies", is_exact=True, checked=2, failures=["x"]), Check("others")]
    assert gate.values(figures, checks) == {
        "facts, given: facts": 0.9,
        "facts, given: growth_targets": 0.9,
        "facts, given: growth_targets, precision": 0.95,
        "further metrics, own, looked at: facts": 0.7,
        "further metrics, own, looked at: facts, recall": 0.6,
        "further metrics, own, looked at: facts, precision": 0.8,
        "copies": 0.5,
    }


def test_sums_tell_which_part_changed(tmp_path: Path) -> None:
    own, corpus = tmp_path / "own", tmp_path / "shared"
    for folder in (own, corpus / "gold", corpus / "corpus" / "reports"):
        folder.mkdir(parents=True)
    (own / "facts.tsv").write_text("a", encoding="utf-8")
    (corpus / "corpus" / "reports" / "甲县.txt").write_bytes(b"text")
    before = gate.fingerprints(own, corpus)
    (own / "README.md").write_text("not a table", encoding="utf-8")
    assert gate.fingerprints(own, corpus) == before
    (corpus / "corpus" / "reports" / "甲县.txt").write_bytes(b"other")
    after = gate.fingerprints(own, corpus)
    assert [part for part in after if after[part] != before[part]] == ["texts of the corpus"]
    (own / "facts.tsv").rename(own / "named_otherwise.tsv")
    renamed = gate.fingerprints(own, corpus)["tables of this repository"]
    assert renamed != before["tables of this repository"]
