"""Builds what stands in the small files: profiles, brief, claims, document types, policy."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError

from question_bank.model import BriefField, Cures, Preset, Profile, Scorecard
from question_bank.needs import Needs
from question_bank.reading import flatten
from question_bank.schema_cures import CuresSchema
from question_bank.schema_lists import (
    BriefFieldSchema,
    BriefSchema,
    ClaimsSchema,
    DocumentTypesSchema,
    PolicySchema,
    PresetsSchema,
    ProfileSchema,
    RolesSchema,
    read_policy_table,
)
from question_bank.schema_needs import NeedsSchema
from question_bank.schema_scorecard import ScorecardSchema
from question_bank.shelf import Shelf, name_of

_PROFILE = ProfileSchema()
_BRIEF_FIELD = BriefFieldSchema()


class ListFiles:
    """The small files, each read when it is asked for."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def presets(self) -> tuple[Preset, ...]:
        document = self.shelf.single(PresetsSchema(), "presets.yaml") or {}
        return tuple(document.get("presets", ()))

    def roles(self) -> dict[str, str]:
        document = self.shelf.single(RolesSchema(), "roles.yaml") or {}
        return dict(document.get("roles", {}))

    def profiles(self, names: tuple[str, ...]) -> tuple[Profile, ...]:
        found = []
        for file in self.shelf.listed("profiles", names):
            profile = self.shelf.reading.load(_PROFILE, self.shelf.documents[file], file)
            if profile is None:
                self.shelf.leave_out(file)
                continue
            if f"profiles/{profile.id}.yaml" != file:
                message = f"{profile.id!r} is not the name of the file."
                self.shelf.reading.add(file, "", "id", message)
            found.append(profile)
        return tuple(found)

    def brief(self) -> tuple[BriefField, ...]:
        document = self.shelf.single(BriefSchema(), "brief.yaml") or {"fields_": []}
        found = []
        for number, field in enumerate(document["fields_"], start=1):
            place = f"fields[{name_of(field, 'name', number)}]"
            values = self.shelf.reading.load(_BRIEF_FIELD, field, "brief.yaml", place=place)
            if values is not None and self.shelf.borrow(
                values, "brief.yaml", "", f"{place}.same_choices_as"
            ):
                found.append(BriefField(**values))
            else:
                self.shelf.reading.broken.add(f"@buyer.{name_of(field, 'name', number)}")
        return tuple(found)

    def claims(self) -> dict[str, Any]:
        document = self.shelf.single(ClaimsSchema(), "claims.yaml") or {"claims": ()}
        return {claim.id: claim for claim in document["claims"]}

    def document_types(self) -> dict[str, Any]:
        document = self.shelf.single(DocumentTypesSchema(), "document_types.yaml")
        return {one["code"]: one["label"] for one in (document or {}).get("document_types", ())}

    def scorecard(self) -> Scorecard | None:
        """None where the documents hold none: editions that were made before there was one."""
        if "scorecard.yaml" not in self.shelf.documents:
            return None
        found: Scorecard | None = self.shelf.single(ScorecardSchema(), "scorecard.yaml")
        return found

    def cures(self) -> Cures | None:
        """None where the documents hold none: editions that were made before there were any."""
        if "cures.yaml" not in self.shelf.documents:
            return None
        found: Cures | None = self.shelf.single(CuresSchema(), "cures.yaml")
        return found

    def customers(self) -> Needs | None:
        """None where the documents hold none: editions that were made before there were any."""
        if "needs.yaml" not in self.shelf.documents:
            return None
        found: Needs | None = self.shelf.single(NeedsSchema(), "needs.yaml")
        return found

    def policy(self) -> dict[str, object]:
        found: dict[str, object] = {}
        for name, table in (self.shelf.single(PolicySchema(), "policy.yaml") or {}).items():
            try:
                found[name] = read_policy_table(table)
            except ValidationError as error:
                self.shelf.reading.broken.add(f"@policy.{name}")
                for path, message in flatten(error.messages, table):
                    place = ".".join(filter(None, (name, path)))
                    self.shelf.reading.add("policy.yaml", "", place, message)
        return found
