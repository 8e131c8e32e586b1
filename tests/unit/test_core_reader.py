"""Who is told why something was refused: whoever asked for it, in their language."""

from __future__ import annotations

import threading

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from questionnaire import paths
from questionnaire.core import catalogues
from questionnaire.core.phrases import english, read_in, reader, worded, worded_count
from questionnaire.services.faults import Refused

_LATER = english("Somebody else was faster.")


@pytest.fixture(autouse=True)
def _latvian(tmp_path, monkeypatch):
    catalogue = Catalog(locale="lv")
    catalogue.add("At most {n} fit.", "Ietilpst ne vairāk kā {n}.")
    catalogue.add(("{n} fits.", "{n} fit."), ("Ietilpst {n}.", "Ietilpst {n}s.", "Neietilpst."))
    catalogue.add(_LATER, "Kāds bija ātrāks.")
    folder = tmp_path / "lv" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.po").open("wb") as file:
        write_po(file, catalogue)
    monkeypatch.setattr(paths, "translations", lambda: tmp_path)
    catalogues.of.cache_clear()
    yield
    catalogues.of.cache_clear()


def test_a_refusal_speaks_to_the_one_who_asked():
    with read_in("lv"):
        assert Refused("At most {n} fit.", n=3).sentence == "Ietilpst ne vairāk kā 3."
        assert Refused(_LATER).sentence == "Kāds bija ātrāks."
        assert worded_count("{n} fits.", "{n} fit.", 21) == "Ietilpst 21."
    assert Refused("At most {n} fit.", n=3).sentence == "At most 3 fit."


def test_what_is_in_the_readers_language_already_passes_through():
    with read_in("lv"):
        assert Refused("Kāds teica: {tā}.").sentence == "Kāds teica: {tā}."


def test_the_language_is_asked_for_when_the_sentence_is_made():
    spoken = ["en"]
    with read_in(lambda: spoken[0]):
        spoken[0] = "lv"
        assert worded("At most {n} fit.", n=3) == "Ietilpst ne vairāk kā 3."


def test_nobody_hears_the_language_of_another_thread():
    heard = []
    with read_in("lv"):
        thread = threading.Thread(target=lambda: heard.append(reader()))
        thread.start()
        thread.join()
    assert heard == ["en"]
