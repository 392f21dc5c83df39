"""Events, people and organisations: what they name is on the record."""

import pytest

import geo
import layers

SOURCES = layers.sources()
CATALOG = layers.catalog()
FEATURES = {str(row["id"]) for record in CATALOG for row in CATALOG.features(record.name)}
PEOPLE = {person.id: person for person in layers.people()}
ORGANISATIONS = {organisation.id: organisation for organisation in layers.organisations()}


@pytest.mark.parametrize("event", layers.events(), ids=lambda event: event.id)
class TestEvent:
    def test_is_sourced(self, event):
        assert event.sources
        assert {*event.sources, *(other.source for other in event.dates)} <= set(SOURCES)

    def test_does_not_end_before_it_begins(self, event):
        assert event.first.earliest <= event.last.latest

    def test_names_what_is_on_the_record(self, event):
        assert set(event.people) <= set(PEOPLE)
        assert {*event.organisations, event.target} - {""} <= set(ORGANISATIONS)
        assert {*event.features, event.place} - {""} <= FEATURES

    def test_states_countries_by_code(self, event):
        assert all(len(code) == 2 and code.isupper() for code in event.countries)


@pytest.mark.parametrize("organisation", layers.organisations(), ids=lambda organisation: organisation.id)
class TestOrganisation:
    def test_is_sourced(self, organisation):
        cited = {source for relation in organisation.relations for source in relation.sources}
        assert organisation.sources
        assert {*organisation.sources, *cited} <= set(SOURCES)

    def test_is_related_to_what_is_on_the_record(self, organisation):
        assert {relation.to for relation in organisation.relations} <= set(ORGANISATIONS) | FEATURES


def test_events_come_oldest_first():
    dates = [event.first.earliest for event in layers.events()]
    assert dates == sorted(dates)


@pytest.mark.parametrize(("day", "known"), [("2014-05-04", False), ("2014-05-05", True), ("2014-05", True)])
def test_as_of_is_inclusive(day, known):
    assert ("event/debt-law-2014" in {event.id for event in layers.events(as_of=day)}) is known


def test_a_day_that_is_none_is_refused():
    with pytest.raises(geo.InvalidDateError):
        layers.events(as_of="May 2014")


def test_shares_of_a_joint_venture_are_whole():
    owners = [row for row in ORGANISATIONS["organisation/rasoncontrans"].relations if row.type == "owned_by"]
    assert sum(row.share_pct for row in owners) == 100


def test_the_vote_of_december_2014():
    event = next(event for event in layers.events() if event.id == "event/unsc-vote-2014")
    assert dict(event.votes) == {"for": 11, "against": 2, "abstaining": 2}
    assert sum(event.votes.values()) == 15  # members of the council
    assert event.form == "procedural"


def test_no_two_people_share_a_spelling():
    names = [name for person in PEOPLE.values() for name in person.names]
    assert len(names) == len(set(names))
