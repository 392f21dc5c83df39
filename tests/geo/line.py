"""The line from Khasan to Chongjin: a small network with all features of routes.

Lengths are the chainage of the Hambuk and Hongui lines; positions are rounded.
"""

from __future__ import annotations

from geo import Edge, LonLat, Network, Node

NODES = (
    Node("khasan", LonLat(130.6449, 42.4301), "Khasan", 20.0),
    Node("tumangang", LonLat(130.6081, 42.4214), "Tumangang", 100.0),
    Node("hongui", LonLat(130.5366, 42.4255), "Hongui", 100.0),
    Node("sonbong", LonLat(130.3794, 42.3527), "Sonbong", 150.0),
    Node("rajin", LonLat(130.2892, 42.2497), "Rajin", 100.0),
    Node("chongjin", LonLat(129.8, 41.78), "Chongjin", 200.0),
    Node("busan", LonLat(129.04, 35.11), "Busan", 50.0),
)
BRIDGE = Edge(
    id="bridge",
    from_node="khasan",
    to_node="tumangang",
    mode="rail",
    length_m=5000.0,
    uncertainty_m=100.0,
    gauges_mm=(1520,),
    countries=("RU", "KP"),
    sources=("osm",),
    geometry_method="osm",
)
HONGUI = Edge(
    id="hongui-line",
    from_node="hongui",
    to_node="tumangang",
    mode="rail",
    line="Hongui Line",
    length_m=9400.0,
    chainages_km=(0.0, 9.5),
    uncertainty_m=200.0,
    gauges_mm=(1435, 1520),
    countries=("KP",),
    sources=("hambuk",),
    geometry_method="surveyed",
    coordinates=((130.5366, 42.4255), (130.57, 42.43), (130.6081, 42.4214)),
)
SONBONG = Edge(
    id="hambuk-1",
    from_node="hongui",
    to_node="sonbong",
    mode="rail",
    line="Hambuk Line",
    length_m=27000.0,
    chainages_km=(285.6, 313.0),
    uncertainty_m=300.0,
    gauges_mm=(1435, 1520),
    countries=("KP",),
    sources=("hambuk",),
    geometry_method="schematic",
)
RAJIN = Edge(
    id="hambuk-2",
    from_node="sonbong",
    to_node="rajin",
    mode="rail",
    line="Hambuk Line",
    length_m=15000.0,
    chainages_km=(313.0, 328.2),
    uncertainty_m=400.0,
    gauges_mm=(1435, 1520),
    countries=("KP",),
    sources=("hambuk", "rzd"),
    geometry_method="schematic",
)
PYONGRA = Edge(
    id="pyongra",
    from_node="rajin",
    to_node="chongjin",
    mode="rail",
    line="Pyongra Line",
    length_m=90000.0,
    uncertainty_m=1000.0,
    gauges_mm=(1435,),
    status="suspended",
    geometry_method="schematic",
)
EDGES = (BRIDGE, HONGUI, SONBONG, RAJIN, PYONGRA)


def network() -> Network:
    return Network(NODES, EDGES, as_of="2014-11-24")
