"""`questionnaire judge`, as it is called."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from questionnaire.cli import main
from questionnaire.cli.judging import HELP
from tests.unit.verdict.cases import CASE, demo, vendor

pytestmark = pytest.mark.sqlite_only


def test_a_case_is_judged_and_the_result_is_json(capsys):
    assert main(["judge", str(CASE)]) == 0
    printed = capsys.readouterr()
    result = json.loads(printed.out)
    assert printed.err == ""
    assert list(result["vendors"]) == list(demo()["vendors"])
    assert {
        "tier", "conditions", "mandatory_gaps", "major_gaps", "requirements", "met",
        "section_scores", "section_quality", "trial_mean", "trial_score", "quality_score",
        "price_utility", "value", "cost", "seat_share", "rank", "availability",
        "failed_mandatory", "findings",
    } <= set(result["vendors"]["CR"])  # fmt: skip
    assert set(result["inhouse"]["cost"]) == {"hour", "contact", "resolved", "loss", "adjusted"}


def test_a_case_can_come_through_standard_input(capsys, monkeypatch):
    typed = io.TextIOWrapper(io.BytesIO(CASE.read_bytes()), encoding="ascii")
    monkeypatch.setattr(sys, "stdin", typed)
    assert main(["judge", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["order"]["recommended"] == ["CR", "US"]


def test_people_get_a_table(capsys):
    assert main(["judge", str(CASE), "--table"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:3] == ["Tier", "Mandatory", "Major"]
    assert lines[1].startswith("CR        recommended ")
    assert any(line.startswith("in-house") and line.endswith("6.00") for line in lines)
    assert "Amounts in USD, judged on 2026-11-23." in lines
    assert any(line.startswith("Close call: ") for line in lines)
    assert any("in the contract: " in line for line in lines)


def test_a_case_that_cannot_be_taken_is_refused_with_every_fault(capsys, tmp_path):
    case = demo()
    del case["buyer"]["seats_needed"]
    case["vendors"]["CR"]["answers"]["quality.mood"] = 1
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case), encoding="utf-8")
    assert main(["judge", str(file)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines() == [
        "buyer.seats_needed: is missing.",
        "vendors.CR.answers.quality.mood: there is no such question.",
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{", "is no JSON that can be read"),
        (b"\xff\xfe", "is no JSON that can be read"),
        (b'{"buyer": 1, "buyer": 2}', "'buyer' stands twice in one object"),
        (b'{"buyer": NaN}', "NaN is no number"),
        (b'{"buyer": Infinity}', "Infinity is no number"),
        (b'{"buyer": -Infinity}', "-Infinity is no number"),
        (b'{"vendors": {"A": {}, "A": {}}}', "'A' stands twice in one object"),
        (b"", "is no JSON that can be read"),
        (b"\xef\xbb\xbf{}", "is no JSON that can be read"),
        (b"1" * 10_000, "is no JSON that can be read"),
        (b"[" * 200_000, "is no JSON that can be read"),
        (b"[]", "must be an object"),
    ],
)
def test_a_file_that_holds_no_case_is_refused(capsys, tmp_path: Path, content, says):
    file = tmp_path / "case.json"
    file.write_bytes(content)
    assert main(["judge", str(file)]) == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("huge", ["1e400", "-1e400", "1e300", "9" * 4000])
def test_a_number_that_no_rule_can_hold_is_refused_by_its_path(capsys, tmp_path, huge):
    file = tmp_path / "case.json"
    text = json.dumps(demo()).replace('"seats_needed": 45', f'"seats_needed": {huge}')
    file.write_text(text, encoding="utf-8")
    assert main(["judge", str(file)]) == 2
    assert capsys.readouterr().err.startswith("buyer.seats_needed: ")


@pytest.mark.parametrize("deep", ["[" * 900 + "]" * 900, '{"a":' * 900 + "1" + "}" * 900])
def test_a_value_that_is_nested_deeply_is_refused_by_its_path(capsys, tmp_path, deep):
    file = tmp_path / "case.json"
    text = json.dumps(demo()).replace('"seats_needed": 45', f'"seats_needed": {deep}')
    file.write_text(text, encoding="utf-8")
    assert main(["judge", str(file)]) == 2
    assert capsys.readouterr().err.startswith("buyer.seats_needed: ")


def test_the_result_is_utf_8_whatever_the_terminal_speaks(tmp_path):
    command = [sys.executable, "-m", "questionnaire.cli", "judge", str(CASE)]
    ran = subprocess.run(
        command, capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": "ascii"}
    )
    assert json.loads(ran.stdout.decode("utf-8"))["vendors"]["LV"]["name"] == vendor("LV")["name"]


def test_help_tells_what_may_be_left_out(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["judge", "--help"])
    assert ended.value.code == 0
    assert HELP in capsys.readouterr().out


def test_a_file_that_is_not_there_is_refused(capsys, tmp_path):
    assert main(["judge", str(tmp_path / "none.json")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_reader_who_has_seen_enough_is_no_error(tmp_path):
    # So many vendors that a pipe does not hold the result: its reader is gone before its end.
    case = demo()
    case["vendors"] = {f"V{number}": case["vendors"]["IN"] for number in range(20)}
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case), encoding="utf-8")
    command = [sys.executable, "-m", "questionnaire.cli", "judge", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline() == b"{\n"
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0
