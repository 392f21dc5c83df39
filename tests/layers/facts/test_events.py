"""Events, people and organisations refer only to things on the record."""

import pytest

import geo
import layers

SOURCES = layers.sources()
CATALOG = layers.catalog()
FEATURES = {str(row["id"]) for record in CATALOG for row in CATALOG.features(record.name)}
PEOPLE = {person.id: person for person in layers.people()}
ORGANISATIONS = {organisation.id: organisation for organisation in layers.organisations()}


class TestEvents:
    def test_are_sourced(self):
        for event in layers.events():
            assert event.sources, event.id
            assert {*event.sources, *(other.source for other in event.dates)} <= set(SOURCES), event.id

    def test_do_not_end_before_they_begin(self):
        assert [event.id for event in layers.events() if event.first.earliest > event.last.latest] == []

    def test_name_what_is_on_the_record(self):
        for event in layers.events():
            assert set(event.people) <= set(PEOPLE), event.id
            assert {*event.organisations, event.target} - {""} <= set(ORGANISATIONS), event.id
            assert {*event.features, event.place} - {""} <= FEATURES, event.id

    def test_state_countries_by_code(self):
        codes = {code for event in layers.events() for code in event.countries}
        assert {code for code in codes if len(code) != 2 or not code.isupper()} == set()


class TestOrganisations:
    def test_are_sourced(self):
        for organisation in ORGANISATIONS.values():
            cited = {source for relation in organisation.relations for source in relation.sources}
            assert organisation.sources, organisation.id
            assert {*organisation.sources, *cited} <= set(SOURCES), organisation.id

    def test_are_related_to_what_is_on_the_record(self):
        related = {relation.to for organisation in ORGANISATIONS.values() for relation in organisation.relations}
        assert related - set(ORGANISATIONS) - FEATURES == set()


def test_events_come_oldest_first():
    dates = [event.first.earliest for event in layers.events()]
    assert dates == sorted(dates)


@pytest.mark.parametrize(("day", "known"), [("2014-05-04", False), ("2014-05-05", True), ("2014-05", True)])
def test_as_of_is_inclusive(day, known):
    assert ("event/debt-law-2014" in {event.id for event in layers.events(as_of=day)}) is known


def test_an_invalid_day_is_refused():
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
