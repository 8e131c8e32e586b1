"""The shape of needs.yaml."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, post_load

from question_bank.needs import Disconnect, Need, Needs, Told
from question_bank.schema_fields import Name, Names, Truth, Tuple, Words


class _ToldSchema(Schema):
    finding = Name(required=True)
    meets = Words(required=True)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Told:
        return Told(**values)


class _NeedSchema(Schema):
    id = Name(required=True)
    title = Words(required=True)
    met = Words(required=True)
    partly = Words(required=True)
    weak = Words(required=True)
    sections = Names(load_default=())
    questions = Names(load_default=())
    findings = Names(load_default=())
    criteria = Names(load_default=())
    drill = Truth(load_default=False)
    told = Tuple(fields.Nested(_ToldSchema), load_default=())

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Need:
        return Need(**values)


class _DisconnectSchema(Schema):
    id = Name(required=True)
    title = Words(required=True)
    topic = Name(required=True)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Disconnect:
        return Disconnect(**values)


class NeedsSchema(Schema):
    needs = Tuple(fields.Nested(_NeedSchema), required=True)
    disconnects = Tuple(fields.Nested(_DisconnectSchema), required=True)
    heard = Name(required=True)

    @post_load
    def make(self, values: dict[str, Any], **_: Any) -> Needs:
        return Needs(**values)
