"""Carriers, transfers, labels, speeds: impossible ones are refused, others accepted by a network."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo import (
    Carrier,
    CostModel,
    Edge,
    InvalidDateError,
    InvalidNetworkError,
    InvalidQuantityError,
    Label,
    LonLat,
    Network,
    Node,
    Speeds,
    Transfer,
)
from tests.geo.line import EDGES, NODES

BOGIES = Transfer(
    id="bogies",
    kind="bogie_change",
    node_id="tumangang",
    from_carrier=Carrier("rail", 1520),
    to_carrier=Carrier("rail", 1435),
    hours=6.0,
    sources=("rzd",),
    explanation="wagon by wagon",
)
BORDER = Transfer(id="border", kind="border_crossing", edge_id="bridge", hours=4.0, assumption="as elsewhere")
PORT = replace(
    BOGIES, id="port", kind="port_handling", from_carrier=Carrier("rail", 1435), to_carrier=Carrier("sea"), hours=None
)


@pytest.mark.parametrize(
    ("transfer", "change", "error", "message"),
    [
        (BOGIES, {"id": ""}, InvalidNetworkError, "the id of a transfer"),
        (BOGIES, {"kind": "bogies"}, InvalidNetworkError, r"kind must be one of .*got 'bogies' \(transfer 'bogies'\)"),
        (BOGIES, {"status": "open"}, InvalidNetworkError, "status must be one of"),
        (BOGIES, {"hours": -1.0}, InvalidQuantityError, r"hours must be a finite number >= 0, got -1\.0"),
        (BOGIES, {"hours": float("nan")}, InvalidQuantityError, "hours must be .* got nan"),
        (BOGIES, {"sources": ()}, InvalidNetworkError, "a source or a stated assumption, got neither"),
        (BOGIES, {"node_id": ""}, InvalidNetworkError, "a bogie_change lies at a node: give node_id"),
        (BOGIES, {"edge_id": "bridge"}, InvalidNetworkError, "give node_id, and no edge_id"),
        (BORDER, {"edge_id": ""}, InvalidNetworkError, "a border crossing lies on an edge: give edge_id"),
        (BORDER, {"node_id": "rajin"}, InvalidNetworkError, "and no node_id"),
        (BORDER, {"to_carrier": Carrier("sea")}, InvalidNetworkError, "keeps the carrier, got None to sea"),
        (BOGIES, {"to_carrier": Carrier("rail", 1520)}, InvalidNetworkError, "needs two different carriers"),
        (BOGIES, {"to_carrier": None}, InvalidNetworkError, "two different carriers, got rail:1520 to None"),
        (BOGIES, {"to_carrier": Carrier("road")}, InvalidNetworkError, "between two gauges of rail, got .* to road"),
        (PORT, {"to_carrier": Carrier("road")}, InvalidNetworkError, "a port handles a ship or a ferry"),
    ],
)
def test_impossible_transfers_are_refused(transfer, change, error, message):
    with pytest.raises(error, match=message):
        replace(transfer, **change)


def test_a_transfer_states_its_source_or_assumption():
    assert str(BOGIES) == "bogie change, rail:1520 → rail:1435, 6 h; wagon by wagon [rzd]"
    assert str(BORDER) == "border crossing, 4 h (assumed: as elsewhere)"
    assert "hours not known" in str(PORT)
    assert (PORT.hours_of("general"), BOGIES.hours_of("coal")) == (0.0, 6.0)
    assert (BOGIES.changes_gauge, PORT.changes_gauge, BORDER.changes_gauge) == (True, False, False)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rial:1520", "mode must be one of"),
        ("road:1520", "only rail has a gauge"),
        ("rail:", "such as 'rail:1520'"),
        ("rail:1520 ", "such as 'rail:1520'"),
        ("", "mode must be one of"),
    ],
)
def test_impossible_carriers_are_refused(text, message):
    with pytest.raises(InvalidNetworkError, match=message):
        Carrier.parse(text)


@pytest.mark.parametrize("text", ["rail:1520", "rail", "road", "sea", "ferry"])
def test_a_carrier_reads_back_its_text(text):
    assert str(Carrier.parse(text)) == text


def test_labels_have_a_regime_and_dates():
    label = Label("UNSCR 2375", "2017-09-11", "2018", "coal", ("un",))
    assert str(label) == "UNSCR 2375 (2017-09-11 to 2018): coal [un]"
    assert label.to_dict()["to_date"] == "2018"
    with pytest.raises(InvalidNetworkError, match="needs a regime"):
        replace(label, regime="")
    with pytest.raises(InvalidDateError):
        replace(label, from_date="last year")
    with pytest.raises(InvalidNetworkError, match="must end after it begins"):
        replace(label, to_date="2016")


@pytest.mark.parametrize("value", [0, -1, float("inf"), float("nan")])
def test_speeds_are_above_zero(value):
    with pytest.raises(InvalidQuantityError, match=r"rail must be a finite number > 0"):
        Speeds(rail=value)


def test_costs_are_not_below_zero():
    assert CostModel(sea=0).rate("sea") == 0
    with pytest.raises(InvalidQuantityError, match=r"per_hour must be a finite number >= 0, got -1"):
        CostModel(per_hour=-1)


def test_hours_follow_the_speed_of_the_mode():
    assert Speeds(sea=20).hours("sea", 50_000.0) == 2.5


@pytest.mark.parametrize("code", ["RUS", "ru", "R", "R1", "ру"])
def test_a_country_is_two_capital_letters(code):
    with pytest.raises(InvalidNetworkError, match=f"two capital letters such as 'KP', got '{code}'"):
        Node("a", LonLat(130, 42), country=code)


def test_an_edge_may_state_its_hours():
    edge = Edge(id="e", from_node="a", to_node="b", mode="rail", length_m=1.0, hours=2.0)
    assert edge.hours == 2.0
    with pytest.raises(InvalidQuantityError, match=r"hours .* got -2\.0 \(edge 'e'\)"):
        replace(edge, hours=-2.0)


def test_a_network_takes_transfers():
    net = Network(NODES, EDGES, transfers=[BOGIES, BORDER], withheld_transfers=[PORT], speeds=Speeds(rail=10))
    assert net.transfers == (BOGIES, BORDER)
    assert net.withheld_transfers == (PORT,)
    assert net.speeds.rail == 10


@pytest.mark.parametrize(
    ("transfer", "message"),
    [
        (replace(BOGIES, node_id="nowhere"), "transfer 'bogies' lies at 'nowhere', which is not among the nodes"),
        (replace(BORDER, edge_id="nowhere"), "transfer 'border' lies on 'nowhere', which is not among the edges"),
    ],
)
def test_transfers_that_do_not_fit_are_named(transfer, message):
    with pytest.raises(InvalidNetworkError, match=message):
        Network(NODES, EDGES, transfers=[transfer])
    with pytest.raises(InvalidNetworkError, match=message):
        Network(NODES, EDGES, withheld_transfers=[transfer])
    with pytest.raises(InvalidNetworkError, match="transfer 'border' comes twice"):
        Network(NODES, EDGES, transfers=[BORDER, BORDER])
