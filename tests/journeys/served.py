"""The service in this process with Ada in it, for journeys that need no process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from questionnaire import migrating
from questionnaire.accounts import hash_password
from questionnaire.app import create_app
from questionnaire.config import Config
from questionnaire.edge import database
from tests.cast import PASSWORD, make_member, make_organisation
from tests.harness.listening import listening
from tests.harness.service import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Page


def served(empty_database_url: str, tmp_path: Path) -> Iterator[str]:
    """The service with Ada in it; passkeys want the name localhost, or https."""
    port = free_port()
    base_url = f"http://localhost:{port}"
    config = Config.for_tests(database_url=empty_database_url, folder=tmp_path, base_url=base_url)
    with listening(port, lambda: _with_ada(config)):
        yield base_url


def _with_ada(config: Config) -> tuple[Flask, sa.Engine]:
    app = create_app(config)
    with app.app_context():
        engine = database.engine
        hashed = hash_password(PASSWORD)
    migrating.upgrade(engine)
    with Session(engine) as session:
        organisation = make_organisation(session)
        make_member(session, organisation, "Ada Marsh", ("buyer", "admin"), password_hash=hashed)
        session.commit()
    return app, engine


def enter_password(page: Page, address: str) -> None:
    """Sign in as Ada on this page, as far as the password leads."""
    page.goto(f"{address}/sign-in")
    page.get_by_label("E-mail address").fill("ada@brightlane.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
