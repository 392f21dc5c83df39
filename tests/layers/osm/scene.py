"""A synthetic OpenStreetMap extract of the lower Tumen: our sections with deviations, cut into short ways, and other objects."""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import osmium
from osmium.osm.mutable import Node, Relation, Way
from shapely.geometry import LineString, shape

import layers
from geo import BBox
from layers.record.store import PACKAGED

DATE = "2026-02-03"
BOX = BBox(130.2, 42.15, 130.75, 42.5)
PLAIN = layers.catalog(data=PACKAGED)
SECTIONS = {row["id"]: row for row in PLAIN.features("railways")}
STATIONS = {row["id"]: row for row in PLAIN.features("stations")}
CROSSINGS = {row["id"]: row for row in PLAIN.features("crossings")}
PORTS = {row["id"]: row for row in PLAIN.features("ports")}
# From Khasan over the bridge to the piers of Rajin.
LINE = (
    "station/khasan", "station/tumangang", "station/chokchi", "station/hongui", "station/mulgol", "station/ungsang",
    "station/sonbong", "station/kwangok", "station/rajin", "station/rajinhang",
)  # fmt: skip


@dataclass
class Scene:
    """Objects on their way into a file."""

    nodes: dict = field(default_factory=dict)
    tags: dict = field(default_factory=dict)
    ways: list = field(default_factory=list)
    relations: list = field(default_factory=list)
    again: list = field(default_factory=list)

    def node(self, lonlat, **tags):
        number = len(self.nodes) + 1
        self.nodes[number] = (float(lonlat[0]), float(lonlat[1]))
        self.tags[number] = {key.replace("__", ":"): value for key, value in tags.items()}
        return number

    def way(self, nodes, **tags):
        self.ways.append((len(self.ways) + 1, list(nodes), {k.replace("__", ":"): v for k, v in tags.items()}))
        return len(self.ways)

    def track(self, pairs, start=None, end=None, ways_of=5, **tags):
        """Track through places, in ways of a few nodes each; gives its first and last node."""
        numbers = [start or self.node(pairs[0]), *map(self.node, pairs[1:-1]), end or self.node(pairs[-1])]
        for first in range(0, len(numbers) - 1, ways_of - 1):
            self.way(numbers[first : first + ways_of], **({"railway": "rail"} | tags))
        return numbers[0], numbers[-1]

    def write(self, path, *, header=True):
        head = osmium.io.Header()
        if header:
            head.add_box(osmium.osm.Box(*BOX))
            head.set("osmosis_replication_timestamp", f"{DATE}T20:21:22Z")
        with osmium.SimpleWriter(str(path), header=head, overwrite=True) as writer:
            for number in sorted([*self.nodes, *self.again]):
                writer.add_node(Node(id=number, location=self.nodes[number], tags=self.tags[number], version=1))
            for number, nodes, tags in self.ways:
                writer.add_way(Way(id=number, nodes=nodes, tags=tags, version=1))
            for relation in self.relations:
                writer.add_relation(relation)
        return path


def wiggle(coordinates, amplitude_m=40.0, step_m=150.0):
    """Places along a line, swung to both sides, its ends left alone."""
    line = LineString(coordinates)
    metres = line.length * 100_000
    shares = np.linspace(0, 1, max(int(metres / step_m), 6))
    points = np.array([line.interpolate(share, normalized=True).coords[0] for share in shares])
    swing = np.sin(shares * np.pi * 8) * amplitude_m / 111_000
    return [(lon, lat + off) for (lon, lat), off in zip(points, swing, strict=True)]


def section_between(one, other):
    """Coordinates of the section of ours between two stations, in that direction."""
    for row in SECTIONS.values():
        ends = (row["properties"]["from_node"], row["properties"]["to_node"])
        if ends == (one, other):
            return row["geometry"]["coordinates"]
        if ends == (other, one):
            return row["geometry"]["coordinates"][::-1]
    raise LookupError(f"no section {one}–{other}")


def tumen_scene(*, without=(), moved=None, gauge="1520;1435"):
    """Khasan–Rajin with bridge, piers, a power line over the border, and things that are in the way."""
    scene = Scene()
    end = None
    shift = {"station/hongui": (0.003, 0.001)} if moved is None else moved
    spots = {key: np.array(STATIONS[key]["geometry"]["coordinates"]) + shift.get(key, (0, 0)) for key in LINE}
    for one, other in pairwise(LINE):
        course = [spots[one], *section_between(one, other)[1:-1], spots[other]]
        tags = {"gauge": gauge} if gauge else {}
        _, end = scene.track(wiggle(course), start=end, **tags)
    scene.relations = [Relation(id=1, version=1, members=[("w", 1, "")], tags={"type": "boundary"})]
    for key in LINE:
        if key in without:
            continue
        p = STATIONS[key]["properties"]
        names = {"name": p["name_ko"] + "역", "name__en": f"{p['name']} Station"}
        if key == "station/khasan":
            names = {"name": "Хасан", "name__ko": "하싼"}
        scene.node(spots[key] + (0.0002, 0.0002), railway="station", **names)
    scene.node(spots["station/ungsang"] + (0.004, 0.004), railway="halt", name="새로운역")
    return scene


def add_structures(scene):
    bridge = CROSSINGS["crossing/friendship-bridge"]["geometry"]["coordinates"]
    middle = scene.node((bridge[1][0], bridge[1][1] + 0.00002))
    first, last = (scene.node(pair) for pair in (bridge[0], bridge[-1]))
    # Cut at the border, and drawn the other way round, as bridges are.
    scene.way([last, middle], railway="rail", bridge="yes", gauge="1520;1435")
    scene.way([middle, first], railway="rail", bridge="viaduct", gauge="1520;1435")
    for number in (1, 2):
        pairs = PORTS[f"pier/rajin-{number}"]["geometry"]["coordinates"]
        ring = shape({"type": "LineString", "coordinates": pairs}).buffer(0.0003, cap_style="flat").exterior.coords[:-1]
        nodes = [scene.node(pair) for pair in ring]
        scene.way([*nodes, nodes[0]], man_made="pier")
    scene.way([scene.node((130.287, 42.223)), scene.node((130.288, 42.222))], man_made="pier", name="Новый причал")
    scene.way([scene.node(p) for p in [(130.70, 42.43), (130.60, 42.40)]], power="line", voltage="110000")
    return scene


def add_basemap(scene):
    """Coast, an island, the river with an islet, a lagoon, a stream and a road, as OpenStreetMap draws them."""
    coast = [(130.1, 42.2), (130.4, 42.22), (130.6, 42.27), (130.8, 42.32)]
    scene.way([scene.node(pair) for pair in coast], natural="coastline")  # the land on its left, to the north
    island = [scene.node(pair) for pair in [(130.5, 42.18), (130.52, 42.18), (130.52, 42.2), (130.5, 42.2)]]
    scene.way([*island, island[0]], natural="coastline")
    bank = [scene.node(pair) for pair in [(130.63, 42.40), (130.65, 42.40), (130.65, 42.43), (130.63, 42.43)]]
    islet = [scene.node(pair) for pair in [(130.638, 42.41), (130.642, 42.41), (130.642, 42.415), (130.638, 42.415)]]
    outer, inner = scene.way([*bank, bank[0]]), scene.way([*islet, islet[0]])
    members = [("w", outer, "outer"), ("w", inner, "inner")]
    tags = {"type": "multipolygon", "natural": "water", "water": "river"}
    scene.relations.append(Relation(id=2, version=1, members=members, tags=tags))
    lagoon = [scene.node(pair) for pair in [(130.5, 42.35), (130.52, 42.35), (130.52, 42.37), (130.5, 42.37)]]
    scene.way([*lagoon, lagoon[0]], natural="water")
    scene.way([scene.node(pair) for pair in [(130.3, 42.4), (130.35, 42.38), (130.4, 42.36)]], waterway="river")
    scene.way([scene.node(pair) for pair in [(130.3, 42.3), (130.4, 42.35), (130.5, 42.42)]], highway="secondary")
    scene.way([scene.node(pair) for pair in [(130.3, 42.3), (130.31, 42.31)]], highway="residential")
    return scene
