"""Who may use each route. A route that is not here does not exist: test_routes.py fails.

The cells of test_routes.py follow from it: every route with every method is tried as every role,
and where its address names a thing, with a thing of one's own, a stranger's and an unknown one.
"""

from __future__ import annotations

from enum import Enum


class Who(Enum):
    """Who gets past the gate of a route."""

    EVERYBODY = "everybody"
    #: Anybody who is signed in, whatever the role.
    MEMBER = "member"
    BUYER = "buyer"
    REVIEWER = "reviewer"
    ADMIN = "admin"
    #: A buyer or a reviewer.
    STAFF = "staff"
    #: Who came by an invitation's link and entered the code; knows nothing of roles.
    VENDOR = "vendor"
    #: Who came by a rater's link and entered the code.
    RATER = "rater"


#: The roles that a gate lets through; a vendor is no role but a session of its own.
ROLES: dict[Who, frozenset[str]] = {
    Who.MEMBER: frozenset({"buyer", "reviewer", "admin"}),
    Who.BUYER: frozenset({"buyer"}),
    Who.REVIEWER: frozenset({"reviewer"}),
    Who.ADMIN: frozenset({"admin"}),
    Who.STAFF: frozenset({"buyer", "reviewer"}),
}

ROSTER: dict[str, Who] = {
    "static": Who.EVERYBODY,
    "bootstrap.static": Who.EVERYBODY,
    "healthz": Who.EVERYBODY,
    "home": Who.MEMBER,
    "security.login": Who.EVERYBODY,
    "security.logout": Who.EVERYBODY,
    "security.two_factor_token_validation": Who.EVERYBODY,
    "security.two_factor_rescue": Who.EVERYBODY,
    "security.tf_select": Who.EVERYBODY,
    "security.forgot_password": Who.EVERYBODY,
    "security.reset_password": Who.EVERYBODY,
    "security.mf_recovery": Who.EVERYBODY,
    "security.wan_signin": Who.EVERYBODY,
    "security.wan_signin_response": Who.EVERYBODY,
    "security.verify": Who.MEMBER,
    "security.two_factor_setup": Who.MEMBER,
    "security.two_factor_setup_validate": Who.MEMBER,
    "security.change_password": Who.MEMBER,
    "security.mf_recovery_codes": Who.MEMBER,
    "security.wan_register": Who.MEMBER,
    "security.wan_register_response": Who.MEMBER,
    "security.wan_delete": Who.MEMBER,
    "security.wan_verify": Who.MEMBER,
    "security.wan_verify_response": Who.MEMBER,
    "admin.account": Who.MEMBER,
    "admin.messages": Who.ADMIN,
    "admin.message": Who.ADMIN,
    "admin.repeat": Who.ADMIN,
    "admin.switch": Who.MEMBER,
    "admin.join": Who.EVERYBODY,
    "admin.audit": Who.ADMIN,
    "admin.members": Who.ADMIN,
    "admin.invite": Who.ADMIN,
    "admin.revoke": Who.ADMIN,
    "admin.member": Who.ADMIN,
    "admin.change_roles": Who.ADMIN,
    "admin.end": Who.ADMIN,
    "reviewer.queue": Who.REVIEWER,
    "reviewer.flag": Who.REVIEWER,
    "reviewer.decide": Who.REVIEWER,
    "reviewer.ask": Who.REVIEWER,
    "reviewer.take_back": Who.REVIEWER,
    "reviewer.note": Who.REVIEWER,
    "reviewer.undo": Who.REVIEWER,
    "reviewer.evidence": Who.REVIEWER,
    "reviewer.reviews": Who.REVIEWER,
    "reviewer.review": Who.REVIEWER,
    "reviewer.change_lock": Who.REVIEWER,
    "reviewer.review_file": Who.REVIEWER,
    "reviewer.documents": Who.REVIEWER,
    "reviewer.document": Who.REVIEWER,
    "reviewer.review_document": Who.REVIEWER,
    "reviewer.document_file": Who.REVIEWER,
    "reviewer.assessment": Who.REVIEWER,
    "reviewer.together": Who.REVIEWER,
    "reviewer.preview": Who.REVIEWER,
    "reviewer.decide_together": Who.REVIEWER,
    "reviewer.choose_again": Who.REVIEWER,
    "reviewer.batch": Who.REVIEWER,
    "buyer.requirements": Who.BUYER,
    "buyer.requirement": Who.BUYER,
    "buyer.revise": Who.BUYER,
    "buyer.restore": Who.BUYER,
    "buyer.remove_requirement": Who.BUYER,
    "buyer.new_requirement": Who.BUYER,
    "buyer.add_requirement": Who.BUYER,
    "buyer.answers": Who.BUYER,
    "buyer.evidence": Who.BUYER,
    "buyer.basics": Who.BUYER,
    "buyer.state_basics": Who.BUYER,
    "buyer.board": Who.BUYER,
    "buyer.counts": Who.BUYER,
    "buyer.history": Who.BUYER,
    "buyer.brief": Who.BUYER,
    "buyer.state_brief": Who.BUYER,
    "buyer.checklist": Who.BUYER,
    "buyer.discard": Who.BUYER,
    "buyer.confirm_discard": Who.BUYER,
    "buyer.send": Who.BUYER,
    "buyer.vendors": Who.BUYER,
    "buyer.add_vendor": Who.BUYER,
    "buyer.paste_vendors": Who.BUYER,
    "buyer.contact": Who.BUYER,
    "buyer.change_contact": Who.BUYER,
    "buyer.remove_vendor": Who.BUYER,
    "buyer.invite_added": Who.BUYER,
    "buyer.preview": Who.BUYER,
    "buyer.prices": Who.BUYER,
    "buyer.open_prices": Who.BUYER,
    "buyer.verdict": Who.BUYER,
    "buyer.report": Who.BUYER,
    "buyer.report_files": Who.BUYER,
    "buyer.make_report": Who.BUYER,
    "buyer.report_file": Who.BUYER,
    "buyer.questions": Who.BUYER,
    "buyer.choose_questions": Who.BUYER,
    "buyer.use_preset": Who.BUYER,
    "buyer.rfis": Who.BUYER,
    "buyer.new": Who.BUYER,
    "buyer.create": Who.BUYER,
    "buyer.vendor": Who.BUYER,
    "buyer.resend": Who.BUYER,
    "buyer.renew": Who.BUYER,
    "buyer.revoke": Who.BUYER,
    "buyer.extend_vendor": Who.BUYER,
    "buyer.withdraw_vendor": Who.BUYER,
    "buyer.deadline": Who.BUYER,
    "buyer.extend": Who.BUYER,
    "buyer.withdraw": Who.BUYER,
    "buyer.trials": Who.BUYER,
    "buyer.begin_trial": Who.BUYER,
    "buyer.trial": Who.BUYER,
    "buyer.trial_plan": Who.BUYER,
    "buyer.plan_calls": Who.BUYER,
    "buyer.change_calls": Who.BUYER,
    "buyer.calls_csv": Who.BUYER,
    "buyer.figures": Who.BUYER,
    "buyer.state_figures": Who.BUYER,
    "buyer.summary": Who.BUYER,
    "buyer.state_summary": Who.BUYER,
    "buyer.end_summary": Who.BUYER,
    "buyer.raters": Who.BUYER,
    "buyer.appoint_rater": Who.BUYER,
    "buyer.mail_rater": Who.BUYER,
    "buyer.renew_rater": Who.BUYER,
    "buyer.revoke_rater": Who.BUYER,
    "vendor.invitation": Who.EVERYBODY,
    "vendor.send_code": Who.EVERYBODY,
    "vendor.code": Who.EVERYBODY,
    "vendor.check_code": Who.EVERYBODY,
    "vendor.start": Who.VENDOR,
    "vendor.section": Who.VENDOR,
    "vendor.save_section": Who.VENDOR,
    "vendor.save_answer": Who.VENDOR,
    "vendor.paste_rows": Who.VENDOR,
    "vendor.show_typed": Who.VENDOR,
    "vendor.attach": Who.VENDOR,
    "vendor.remove_file": Who.VENDOR,
    "vendor.file": Who.VENDOR,
    "vendor.check": Who.VENDOR,
    "vendor.submit": Who.VENDOR,
    "vendor.decline": Who.VENDOR,
    "vendor.say_no": Who.VENDOR,
    "vendor.replies": Who.VENDOR,
    "vendor.save_replies": Who.VENDOR,
    "rater.invitation": Who.EVERYBODY,
    "rater.send_code": Who.EVERYBODY,
    "rater.code": Who.EVERYBODY,
    "rater.check_code": Who.EVERYBODY,
    "rater.calls": Who.RATER,
    "rater.call": Who.RATER,
    "rater.rate": Who.RATER,
}

#: Things that are named beside the address, in a body or a query: endpoint -> control -> variable.
NAMED_BESIDE: dict[str, dict[str, str]] = {
    "buyer.begin_trial": {"assessment": "assessment_id"},
    "admin.switch": {"organisation": "organisation_id"},
    "reviewer.together": {"flag": "flag_id"},
    "reviewer.preview": {"flag": "flag_id", "all": "flag_id"},
    "reviewer.decide_together": {"flag": "flag_id", "all": "flag_id"},
    "reviewer.choose_again": {"flag": "flag_id", "all": "flag_id"},
}

#: Where several things are named at once: what is not one's own is left out, whosever it is.
LEFT_OUT = {
    "reviewer.together",
    "reviewer.preview",
    "reviewer.decide_together",
    "reviewer.choose_again",
}
