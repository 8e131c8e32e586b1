"""The `questionnaire` command, as a person types it."""

from __future__ import annotations

import socket

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire import db, migrating
from questionnaire.cli import main
from questionnaire.config import Config
from questionnaire.models import Message, Organisation, StaffInvitation
from questionnaire.services.links import Links, hash_of


@pytest.fixture
def settings(monkeypatch, tmp_path, empty_database_url):
    """A service of its own, by its settings; nothing of the machine's own settings is read."""
    import os

    for name in [one for one in os.environ if one.startswith("QUESTIONNAIRE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("QUESTIONNAIRE_FOLDER", str(tmp_path / "var"))
    monkeypatch.setenv("QUESTIONNAIRE_DATABASE_URL", empty_database_url)
    monkeypatch.setenv("QUESTIONNAIRE_BASE_URL", "http://q.example")
    return empty_database_url


@pytest.fixture
def rows(settings):
    """Call it with a statement: what the database answers."""

    def rows(statement):
        engine = db.make_engine(settings)
        try:
            with Session(engine) as session:
                return list(session.scalars(statement))
        finally:
            engine.dispose()

    return rows


def test_without_a_command_it_tells_the_commands(capsys) -> None:
    assert main([]) == 0
    said = capsys.readouterr().out
    assert all(one in said for one in ("run", "worker", "migrate", "bank", "organisation", "demo"))


def test_the_bank_that_is_shipped_is_sound_and_its_missing_wordings_are_told(capsys) -> None:
    assert main(["bank", "check"]) == 0
    said = capsys.readouterr()
    assert "16 sections, 121 questions, 223 requirements" in said.out
    assert said.err == ""


def test_each_missing_wording_is_named_when_asked_for(capsys) -> None:
    from question_bank.check import missing_wordings
    from question_bank.loader import load_bank

    assert main(["bank", "check", "--wordings"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:-1] == [str(one) for one in missing_wordings(load_bank())]


def test_a_bank_with_faults_names_file_question_and_field_and_fails(
    capsys, monkeypatch, tmp_path
) -> None:
    import shutil
    from pathlib import Path

    import question_bank
    from question_bank import documents

    folder = tmp_path / "bank"
    shutil.copytree(Path(question_bank.__file__).parent, folder)
    section = folder / "sections" / "scripting.yaml"
    text = section.read_text(encoding="utf-8")
    section.write_text(text.replace("kind: yes_no", "kind: perhaps", 1), encoding="utf-8")
    monkeypatch.setattr(documents, "FOLDER", folder)
    assert main(["bank", "check"]) == 1
    said = capsys.readouterr().err
    assert "sections/scripting.yaml: scripting." in said
    assert ": kind: " in said


def test_migrating_makes_an_empty_database_ready_and_repeats_without_effect(
    settings, capsys
) -> None:
    assert main(["migrate"]) == 0
    assert main(["migrate"]) == 0
    assert f"revision {migrating.head()}" in capsys.readouterr().out


def test_a_new_organisation_gets_a_link_for_its_first_admin(settings, rows, capsys) -> None:
    add = ["organisation", "add", "Brightlane Retail", "--admin", "Ada@Brightlane.example"]
    assert main(add) == 0
    link = capsys.readouterr().out.splitlines()[-1].strip()
    (invitation,) = rows(sa.select(StaffInvitation))
    assert link.startswith("http://q.example/join/")
    assert hash_of(link.rpartition("/")[2]) == invitation.token_hash
    assert invitation.roles == ["buyer", "admin"]
    (message,) = rows(sa.select(Message))
    assert (message.state, message.kind) == ("waiting", "member_invitation")
    config = Config.from_environment()
    assert link == Links(config.base_url, config.secret_key).member(invitation.id)


def test_a_wrong_address_makes_no_organisation(settings, rows, capsys) -> None:
    assert main(["organisation", "add", "Brightlane Retail", "--admin", "ada"]) == 2
    assert "not an e-mail address" in capsys.readouterr().err
    assert rows(sa.select(Organisation.name)) == []


def test_unlocking_an_account_needs_one(settings, capsys) -> None:
    assert main(["account", "unlock", "nobody@b.example"]) == 2
    assert "There is no account with the address nobody@b.example." in capsys.readouterr().err


def test_production_names_everything_that_is_missing_in_one_message(
    settings, monkeypatch, capsys
) -> None:
    monkeypatch.setenv("QUESTIONNAIRE_MODE", "production")
    monkeypatch.setenv("QUESTIONNAIRE_SECRET_KEY", "changeme")
    for command in (["run"], ["worker"], ["migrate"]):
        assert main(command) == 2
        said = capsys.readouterr().err
        for name in ("SMTP_URL", "EVIDENCE_URL", "SECRET_KEY", "PASSWORD_SALT", "TOTP_SECRET"):
            assert f"QUESTIONNAIRE_{name}" in said
        assert "https://" in said


def test_a_wrong_address_of_the_mail_server_is_told_before_anything_runs(
    settings, monkeypatch, capsys
) -> None:
    monkeypatch.setenv("QUESTIONNAIRE_SMTP_URL", "mail.example:25")
    for command in (["run"], ["worker"]):
        assert main(command) == 2
        assert "QUESTIONNAIRE_SMTP_URL must be like" in capsys.readouterr().err


def test_a_worker_does_not_run_on_an_old_schema(settings, capsys) -> None:
    assert main(["worker"]) == 2
    assert "questionnaire migrate" in capsys.readouterr().err


def test_a_database_that_is_away_is_told_in_a_sentence(settings, monkeypatch, capsys) -> None:
    url = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
    monkeypatch.setenv("QUESTIONNAIRE_DATABASE_URL", url)
    for command in (["migrate"], ["worker"], ["run"]):
        assert main(command) == 2
        assert "The database cannot be reached" in capsys.readouterr().err


def test_a_port_that_is_taken_is_told_with_what_to_do(settings, capsys) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["run", "--port", str(port)]) == 2
    assert "Choose another with --host and --port" in capsys.readouterr().err


def test_the_demo_does_not_go_into_a_database_that_is_used(settings, rows, capsys) -> None:
    assert main(["organisation", "add", "Brightlane Retail", "--admin", "ada@b.example"]) == 0
    assert main(["demo", "load"]) == 2
    assert "needs an empty one" in capsys.readouterr().err
    assert rows(sa.select(Organisation.name)) == ["Brightlane Retail"]


def test_the_demo_goes_into_an_empty_database(settings, rows, capsys) -> None:
    assert main(["demo", "load"]) == 0
    assert "Loaded in" in capsys.readouterr().out
    assert len(rows(sa.select(Organisation.name))) == 1
