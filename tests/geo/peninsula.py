"""A small network with one transfer of every kind.

ussuri -1520- khasan =1520= tumangang =four-rail= rajin =four-rail= sonbong -1435- chongjin -1435- hamhung
                                                    |                                 |
                                                   sea                              road
                                                    |                                 |
                                                  busan -1435- daegu                 mine
"""

from __future__ import annotations

from geo import Carrier, Edge, Label, LonLat, Network, Node, Transfer, distance

BROAD, STANDARD, LORRY, SHIP = Carrier("rail", 1520), Carrier("rail", 1435), Carrier("road"), Carrier("sea")
EXEMPT = Label("UNSCR 2375", "2017-09-11", None, "coal from abroad by way of Rajin is exempt", ("un",))
_AT = {
    "ussuri": (131.9, 43.8, "RU"),
    "khasan": (130.64, 42.43, "RU"),
    "tumangang": (130.60, 42.42, "KP"),
    "rajin": (130.29, 42.25, "KP"),
    "sonbong": (130.38, 42.35, "KP"),
    "chongjin": (129.8, 41.78, "KP"),
    "hamhung": (127.5, 39.9, "KP"),
    "mine": (129.6, 41.9, "KP"),
    "busan": (129.04, 35.11, "KR"),
    "daegu": (128.6, 35.87, "KR"),
}
NODES = tuple(Node(name, LonLat(lon, lat), name.title(), 10.0, country) for name, (lon, lat, country) in _AT.items())
_LONLATS = {node.id: node.lonlat for node in NODES}


def edge(one: str, other: str, mode: str = "rail", *gauges: int, factor: float = 1.1, **more: object) -> Edge:
    length = distance(_LONLATS[one], _LONLATS[other]) * factor
    name = f"{one}-{other}"
    return Edge(id=name, from_node=one, to_node=other, mode=mode, length_m=length, gauges_mm=gauges, **more)


EDGES = (
    edge("ussuri", "khasan", "rail", 1520),
    edge("khasan", "tumangang", "rail", 1520, countries=("RU", "KP")),
    edge("tumangang", "rajin", "rail", 1435, 1520, line="Rajin Line"),
    edge("rajin", "sonbong", "rail", 1435, 1520),
    edge("sonbong", "chongjin", "rail", 1435),
    edge("chongjin", "hamhung", "rail", 1435),
    edge("chongjin", "mine", "road"),
    edge("rajin", "busan", "sea", labels=(EXEMPT,)),
    edge("busan", "daegu", "rail", 1435),
)
CHECKS = Transfer(
    id="checks", kind="border_crossing", edge_id="khasan-tumangang", hours=5.0, assumption="as at other borders"
)
BOGIES = Transfer(
    id="bogies",
    kind="bogie_change",
    node_id="tumangang",
    from_carrier=BROAD,
    to_carrier=STANDARD,
    hours=6.0,
    sources=("rzd",),
    explanation="wagons are lifted one by one",
)
QUAY = Transfer(
    id="quay", kind="port_handling", node_id="rajin", from_carrier=Carrier("rail"), to_carrier=SHIP, hours=24.0,
    sources=("port",),
)  # fmt: skip
PIER = Transfer(
    id="pier", kind="port_handling", node_id="busan", from_carrier=SHIP, to_carrier=STANDARD, hours=12.0,
    sources=("port",),
)  # fmt: skip
YARD = Transfer(
    id="yard", kind="loading", node_id="chongjin", from_carrier=STANDARD, to_carrier=LORRY, hours=2.0,
    assumption="a guess",
)  # fmt: skip
TRANSFERS = (CHECKS, BOGIES, QUAY, PIER, YARD)


def network(**options: object) -> Network:
    given = {"transfers": TRANSFERS, "as_of": "2014-11-24"} | options
    return Network(NODES, given.pop("edges", EDGES), **given)
