"""A synthetic town at a coast in OpenStreetMap's model, with a hostile name."""

from geo import BBox
from tests.layers.osm.scene import Scene

from .hostile import IMG as HOSTILE

EXTENT = BBox(130.43, 42.29, 130.47, 42.31)


def block(scene, west, south, width, height, **tags):
    corners = [(west, south), (west + width, south), (west + width, south + height), (west, south + height)]
    ring = [scene.node(pair) for pair in corners]
    return scene.way([*ring, ring[0]], **tags)


def town(path):
    """Write the extract."""
    scene = Scene()
    coast = [(130.1, 42.29), (130.44, 42.292), (130.8, 42.291)]
    scene.way([scene.node(pair) for pair in coast], natural="coastline")  # the land to the north
    for row in range(10):
        lat = 42.296 + row * 0.001
        scene.way([scene.node((130.43, lat)), scene.node((130.47, lat))], highway="residential", name=f"Street {row}")
        for column in range(30):
            block(scene, 130.431 + column * 0.0013, lat + 0.0002, 0.0007, 0.0005, building="yes")
    block(scene, 130.436, 42.2931, 0.0007, 0.0005, building="school", amenity="school", name="School")
    block(scene, 130.45, 42.2935, 0.006, 0.002, leisure="park", name=HOSTILE)
    block(scene, 130.46, 42.2935, 0.006, 0.002, natural="water", name="Pond", name__ko="못")
    block(scene, 130.3, 42.35, 0.02, 0.02, landuse="forest")
    scene.way([scene.node((130.2, 42.305)), scene.node((130.7, 42.3055))], highway="primary", name="Main Road")
    scene.way([scene.node((130.44, 42.32)), scene.node((130.45, 42.32))], highway="primary", tunnel="yes")
    scene.way([scene.node((130.2, 42.311)), scene.node((130.7, 42.3115))], railway="rail", bridge="yes")
    scene.way([scene.node((130.44, 42.3112)), scene.node((130.46, 42.3113))], railway="rail", service="yard")
    scene.node((130.452, 42.2985), place="village", name="Деревня", name__en="Village", name__ko="마을")
    return scene.write(path)
