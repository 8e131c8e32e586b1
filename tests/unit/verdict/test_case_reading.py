"""A case out of JSON: what is taken, what stands in, and every fault by its path."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from questionnaire.cli.judging import HELP
from questionnaire.core.basis import Basis
from questionnaire.core.brief_reading import OPTIONAL_FIELDS, UNJUDGED_LISTS
from questionnaire.core.case_reading import OPTIONAL, InvalidDocument, WholeCase, read_case
from questionnaire.core.cost import Cost
from questionnaire.core.gazetteer import Place
from questionnaire.core.truth import Unsure
from questionnaire.core.verdict import reach
from tests.unit.verdict.cases import bank, demo, vendor

pytestmark = pytest.mark.sqlite_only

GONE = object()


def put(path: str, value: Any) -> dict[str, Any]:
    """The demo's case with one thing changed; GONE takes it away. Steps are parted by `/`."""
    case = demo()
    *way, last = path.split("/")
    at: Any = case
    for step in way:
        at = at[int(step)] if isinstance(at, list) else at[step]
    if value is GONE:
        del at[last]
    else:
        at[last] = value
    return case


def faults(document: object) -> dict[str, str]:
    with pytest.raises(InvalidDocument) as refusal:
        read_case(document, bank())
    return dict(refusal.value.faults)


def read(path: str, value: Any) -> WholeCase:
    return read_case(put(path, value), bank())


def basis(path: str, value: Any) -> Basis:
    return read(path, value).basis


ANSWERS = "vendors/CR/answers"
TRIAL = "vendors/CR/trial"


@pytest.mark.parametrize(
    ("path", "value", "place", "says"),
    [
        ("evaluation_date", GONE, "evaluation_date", "is missing"),
        ("evaluation_date", "tomorrow", "evaluation_date", "must be a date"),
        ("evaluation_date", 20261123, "evaluation_date", "must be a date"),
        ("evaluation_date", "20261123", "evaluation_date", "must be a date"),
        ("vendors/ ", vendor("CR"), "vendors. ", "no code for a vendor"),
        ("vendors/CR/name", "\ud800", "vendors.CR.name", "cannot be kept"),
        ("buyer/needs", 3, "buyer.needs", "must be a list"),
        ("buyer/needs", [{"need": "Kindness", "weight": 6}], "buyer.needs[0].weight", "5 or less"),
        ("buyer/needs", [7], "buyer.needs[0]", "must be an object"),
        ("buyer/brand_traits", ["warm", 7], "buyer.brand_traits[1]", "must be a text"),
        ("buyer/customer_countries", ["Chile"], "buyer.customer_countries[0]", "no country code"),
        ("surprise", 1, "surprise", "is not known here"),
        ("buyer", GONE, "buyer", "is missing"),
        ("buyer", [], "buyer", "must be an object"),
        ("vendors", GONE, "vendors", "is missing"),
        ("vendors/CR", None, "vendors.CR", "must be an object"),
        ("buyer/rto_hours", GONE, "buyer.rto_hours", "is missing"),
        ("buyer/rto_hours", None, "buyer.rto_hours", "is missing"),
        ("buyer/sector", "", "buyer.sector", "is missing"),
        ("buyer/rto_hours", "eight", "buyer.rto_hours", "number"),
        ("buyer/rto_hours", -1, "buyer.rto_hours", "0"),
        ("buyer/sector", "magic", "buyer.sector", "magic"),
        ("buyer/contract_start", "1 March", "buyer.contract_start", "date"),
        ("buyer/languages", [{"language": "en"}], "buyer.languages", "lowest level"),
        ("buyer/inhouse/csat", GONE, "buyer.inhouse.csat", "is missing"),
        ("buyer/inhouse/mood", 1, "buyer.inhouse.mood", "is not known here"),
        ("buyer/inhouse", 7, "buyer.inhouse", "must be an object"),
        ("buyer/mood", 1, "buyer.mood", "is not known here"),
        ("buyer/name", 1, "buyer.name", "must be a text"),
        ("buyer/medicare", "no", "buyer.medicare", ""),
        ("buyer/price_weight", 0.31, "buyer.price_weight", "must be 0.30 or less"),
        ("buyer/price_weight", "0.2", "buyer.price_weight", "must be a number"),
        ("buyer/shrinkage", 1, "buyer.shrinkage", "must be less than 1"),
        ("buyer/office/latitude", 40, "buyer.office.longitude", "is missing"),
        ("buyer/profiles", GONE, "buyer.profiles", "is missing"),
        ("buyer/profiles", "R", "buyer.profiles", "must be a list"),
        ("buyer/profiles", ["R", "X"], "buyer.profiles[1]", "there is no profile 'X'"),
        ("buyer/profiles", ["P"], "buyer.profiles", "exactly one of R, H, L"),
        ("buyer/profiles", ["R", "H"], "buyer.profiles", "exactly one of R, H, L"),
        ("vendors/CR/country", GONE, "vendors.CR.country", "is missing"),
        ("vendors/CR/country", "Costa Rica", "vendors.CR.country", "is no country code"),
        ("vendors/CR/city", GONE, "vendors.CR.city", "is missing"),
        ("vendors/CR/mood", 1, "vendors.CR.mood", "is not known here"),
        ("vendors/CR/answers", GONE, "vendors.CR.answers", "is missing"),
        (f"{ANSWERS}/quality.mood", 1, "vendors.CR.answers.quality.mood", "no such question"),
        (f"{ANSWERS}/quality.csat", "88", "vendors.CR.answers.quality.csat", ""),
        (f"{ANSWERS}/quality.csat", 101, "vendors.CR.answers.quality.csat", "100"),
        (f"{ANSWERS}/services.hours", "x99", "vendors.CR.answers.services.hours", ""),
        (f"{ANSWERS}/clients.list/1/seats", "many", "vendors.CR.answers.clients.list[1].seats",
         ""),
        (TRIAL, [], "vendors.CR.trial", "must be an object"),
        (f"{TRIAL}/criteria", GONE, "vendors.CR.trial.criteria", "is missing"),
        (f"{TRIAL}/criteria/charm", 4, "vendors.CR.trial.criteria.charm", "no such criterion"),
        (f"{TRIAL}/criteria/reach", 6, "vendors.CR.trial.criteria.reach", "must be 5 or less"),
        (f"{TRIAL}/criteria/reach", 0, "vendors.CR.trial.criteria.reach", "must be 1 or more"),
        (f"{TRIAL}/criteria/reach", True, "vendors.CR.trial.criteria.reach", "must be a number"),
        (f"{TRIAL}/n", 2.5, "vendors.CR.trial.n", "must be a whole number"),
        (f"{TRIAL}/n", -1, "vendors.CR.trial.n", "must be 0 or more"),
        (f"{TRIAL}/csat", 120, "vendors.CR.trial.csat", "must be 100 or less"),
        (f"{TRIAL}/aht", 0, "vendors.CR.trial.aht", "must be more than 0"),
        (f"{TRIAL}/mood", 1, "vendors.CR.trial.mood", "is not known here"),
        (f"{TRIAL}/observations", {"charm": 3}, "vendors.CR.trial.observations.charm", "no such"),
        ("exchange_rates", {"EUR": 1.1}, "exchange_rates.date", "is missing"),
        ("exchange_rates", {"date": "2026-11-20", "EUR": 0}, "exchange_rates.EUR", "more than 0"),
        ("exchange_rates", {"date": "2026-11-20", "XXY": 1}, "exchange_rates.XXY", "no currency"),
        ("vendors/CR/price_parts", {}, "vendors.CR.price_parts", "must be a list"),
        ("vendors/CR/price_parts", [{"model": "hybrid", "rate": 1}],
         "vendors.CR.price_parts[0].model", "must be one of productive_hour"),
        ("vendors/CR/price_parts", [{"model": "contact"}], "vendors.CR.price_parts[0].rate",
         "is missing"),
        ("vendors/CR/price_parts", [{"model": "contact", "rate": 1, "currency": "XXY"}],
         "vendors.CR.price_parts[0].currency", "no currency"),
    ],
)  # fmt: skip
def test_one_fault_is_named_alone_by_its_path(path, value, place, says):
    found = faults(put(path, value))
    assert list(found) == [place]
    assert says in found[place]


def test_all_faults_are_named_at_once():
    case = put("buyer/rto_hours", GONE)
    case["vendors"]["CR"]["answers"]["quality.mood"] = 1
    case["vendors"]["US"]["trial"]["n"] = "many"
    case["vendors"]["US"]["answers"]["clients.list"][0] |= {"seats": "x", "status": "y"}
    assert set(faults(case)) == {
        "buyer.rto_hours", "vendors.CR.answers.quality.mood", "vendors.US.trial.n",
        "vendors.US.answers.clients.list[0].seats", "vendors.US.answers.clients.list[0].status",
    }  # fmt: skip


@pytest.mark.parametrize("document", [None, [], "case", 3])
def test_what_is_no_object_is_no_case(document):
    assert "must be an object" in faults(document)["the case"]


def test_every_field_is_needed_that_has_no_stated_default():
    for field in bank().brief:
        path = f"buyer/{field.name.replace('.', '/')}"
        if field.name not in (*OPTIONAL_FIELDS, *UNJUDGED_LISTS):
            assert list(faults(put(path, GONE))) == [f"buyer.{field.name}"]


def test_what_may_be_left_out_has_its_stated_default():
    case = basis("evaluation_date", "2026-11-23")
    assert {name: case.brief[name] for name in OPTIONAL_FIELDS} == dict(OPTIONAL_FIELDS)
    assert (case.price_weight, case.shrinkage) == (Decimal("0.20"), Decimal("0.30"))
    assert basis("buyer/medicare", True).brief["medicare"] is True
    assert basis("buyer/price_weight", 0).price_weight == 0
    assert basis("buyer/shrinkage", 0.25).shrinkage == Decimal("0.25")


def test_what_no_rule_looks_at_may_be_stated_and_changes_nothing():
    said = {
        "reasons": ["hours"], "brand_traits": ["warm"], "tone_examples": [], "needs":
        [{"need": "Kindness", "weight": 5}], "disconnect_points": ["humour"],
        "customer_countries": ["US", "CA"],
    }  # fmt: skip
    case = demo()
    case["buyer"] |= said
    plain, more = read_case(demo(), bank()), read_case(case, bank())
    one, other = (reach(of.basis, of.offers[2]) for of in (plain, more))
    assert (one.tier, one.quality, one.cost) == (other.tier, other.quality, other.cost)


def test_everything_that_may_be_left_out_is_told_with_what_is_taken_then():
    left_out = {place for place in OPTIONAL if place.startswith("buyer.")}
    assert left_out >= {f"buyer.{name}" for name in OPTIONAL_FIELDS}
    for place in left_out:
        assert place in HELP
        way = place.replace(".", "/")
        case = demo()
        at, _, last = way.removeprefix("buyer/").rpartition("/")
        (case["buyer"][at] if at else case["buyer"]).pop(last, None)
        read_case(case, bank())
    for field in bank().brief:
        optional = field.name in (*OPTIONAL_FIELDS, *UNJUDGED_LISTS)
        assert (f"buyer.{field.name}" in OPTIONAL) is optional


def test_null_is_not_known_and_nothing_is_blank():
    answers = read(f"{ANSWERS}/quality.csat", None).offers[2].answers
    assert answers["quality.csat"].state == "dont_know"
    assert "quality.csat" not in read(f"{ANSWERS}/quality.csat", GONE).offers[2].answers


def test_without_a_trial_it_was_not_held():
    for value in (None, GONE):
        (_, _, quetzal, *_) = read(TRIAL, value).offers
        assert quetzal.trial is None


def test_a_figure_that_was_not_measured_is_none():
    case = put(f"{TRIAL}/csat", None)
    del case["vendors"]["CR"]["trial"]["drill_h"]
    case["vendors"]["CR"]["trial"]["criteria"]["reach"] = None
    trial = read_case(case, bank()).offers[2].trial
    assert trial is not None
    assert (trial.csat, trial.drill_hours) == (None, None)
    assert "reach" not in trial.means


def test_the_office_may_state_where_it_is():
    case = put("buyer/office/city", "A hamlet")
    assert isinstance(read_case(case, bank()).basis.office, Unsure)
    case["buyer"]["office"] |= {
        "latitude": 40.7, "longitude": -74, "time_zone": "America/New_York",
    }  # fmt: skip
    office = read_case(case, bank()).basis.office
    assert office == Place("A hamlet", "US", 40.7, -74.0, "America/New_York")


def cost(**changes: Any) -> Cost:
    case = demo()
    case["vendors"] = {"X": vendor("CR") | changes.pop("offer", {})}
    case["vendors"]["X"]["answers"] |= changes.pop("answers", {})
    whole = read_case(case | changes, bank())
    return reach(whole.basis, whole.offers[0]).cost


def test_another_currency_is_changed_at_the_stated_rate_only():
    euro = {"price.rate": {"amount": 18, "currency": "EUR"}}
    assert isinstance(cost(answers=euro).hour, Unsure)
    rates = {"date": "2026-11-20", "EUR": 1.1}
    assert cost(answers=euro, exchange_rates=rates).hour == Decimal("19.8")


def test_a_hybrid_price_needs_its_parts():
    hybrid = {"price.model": "hybrid"}
    assert isinstance(cost(answers=hybrid).contact, Unsure)
    parts = [{"model": "base_month", "rate": 38000}, {"model": "contact", "rate": 2}]
    assert cost(answers=hybrid, offer={"price_parts": parts}).contact == 3


def test_the_country_and_city_of_a_vendor_may_be_anywhere():
    whole = read("vendors/CR/city", "A hamlet")
    assert isinstance(reach(whole.basis, whole.offers[2]).shore.type, Unsure)


def test_no_vendors_are_a_case_too():
    assert read("vendors", {}).offers == ()
