"""The closed lists of the bank: languages, kinds, operators, quantifiers, severities."""

from __future__ import annotations

LANGUAGES = ("en", "lv", "es")

#: How a question can be asked, and what its answer is as JSON (brief 2.1a).
KINDS = (
    "yes_no", "single_choice", "multi_choice", "number", "percentage", "money", "date",
    "text", "long_text", "file", "countries", "table",
)  # fmt: skip

#: How a field of the brief is asked: question kinds, and three of its own. `country` is one country
#: code, `names` a list of texts, `languages` rows of language, min_spoken, agents_needed, hours.
BRIEF_KINDS = (
    "yes_no", "single_choice", "multi_choice", "number", "percentage", "money", "date", "text",
    "countries", "country", "names", "languages",
)  # fmt: skip

#: What a table's column can hold.
COLUMN_KINDS = (
    "text", "number", "percentage", "money", "date", "time", "year", "yes_no", "country",
    "language", "choice", "multi_choice",
)  # fmt: skip

OPERATORS = (
    "equals", "at_least", "at_most", "one_of", "includes_all", "includes_any", "includes_none",
    "only_from", "not_older_than", "evidence_required", "row",
)  # fmt: skip

QUANTIFIERS = (
    "any", "all", "none", "count", "sum", "distinct", "ratio", "each_buyer_language",
    "any_valid_cert",
)  # fmt: skip

#: The roles and the field of the brief without which `any_valid_cert` cannot be judged.
CERTIFICATE_ROLES = (
    "certificates", "certificates.standard", "certificates.edition", "certificates.scope_sites",
    "certificates.covers_contact_service", "certificates.accredited", "certificates.status",
    "certificates.issued", "certificates.expires", "sites.name", "sites.primary",
)  # fmt: skip
CERTIFICATE_DATE = "contract_start"
#: The policy tables that say something about a standard of a certificate.
POLICY_ON_STANDARDS = (
    "certificate_editions", "next_editions", "next_editions_after", "report_valid_days",
)  # fmt: skip

#: Most severe first; points as in brief 5.4 (the same steps HECVAT 4 uses).
SEVERITIES = ("mandatory", "major", "minor")

#: What stands behind an answer, weakest first; the place in this list is the level (brief 5.3.1).
ASSURANCES = ("claimed", "supplied", "reviewed", "attested", "observed")

#: What one cell, or one figure over many rows, is compared by.
ROW_OPERATORS = ("equals", "at_least", "at_most", "one_of", "not_in")

#: What a condition compares by; a condition on another answer may also be `answered`.
CONDITION_OPERATORS = (
    "equals", "at_least", "at_most", "one_of", "includes_all", "includes_any", "includes_none",
    "only_from",
)  # fmt: skip
