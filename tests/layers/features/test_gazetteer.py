"""Places by any name, id or coordinate."""

import json
import shutil

import pytest

import geo
import layers
from layers.features.gazetteer import match_keys, plain_names


@pytest.mark.parametrize(
    "text", ["Rajin", "rajin", "라진", "나진", "Раджин", "罗津", "Najin", "Rashin", "station/rajin", " Rajin "]
)
def test_rajin_by_any_name(text):
    assert layers.find(text).id == "station/rajin"


def test_what_shares_name_and_place_is_named():
    assert {"port/rajin", "place/rajin"} <= set(layers.find("Rajin").same_place)


def test_coordinate_is_as_accurate_as_its_last_decimal():
    coarse, fine = layers.find("130.29,42.25"), layers.find("130.2892,42.2497")
    assert coarse.lonlat == geo.LonLat(130.29, 42.25)
    assert 400 < coarse.accuracy_m < 800
    assert fine.accuracy_m == pytest.approx(coarse.accuracy_m / 100, rel=0.01)


@pytest.mark.parametrize("text", ["130.29;42.25", "42°15'N 130°17'E", "1,2,3", "130,29 42,25"])
def test_position_written_otherwise_is_told_how_to_write_it(text):
    with pytest.raises(geo.InvalidCoordinateError, match=r"written 'lon,lat' in decimal degrees"):
        layers.find(text)


def test_no_name_or_id_of_ours_is_taken_for_a_position():
    from geo.lonlat import is_meant_as_position

    known = layers.gazetteer()
    assert not [name for place in known for name in (place.id, place.name, *place.names) if is_meant_as_position(name)]


def test_swapped_coordinate_is_reported():
    with pytest.raises(geo.InvalidCoordinateError, match="are lon and lat swapped"):
        layers.find("42.25,130.29")


@pytest.mark.parametrize("text", ["Rajinn", "Radjin", "Rajim", "Rjain", "Раджын"])
def test_a_single_typo_is_tolerated(text):
    assert layers.find(text).id == "station/rajin"


def test_two_typos_list_the_nearest():
    with pytest.raises(layers.UnknownPlaceError, match="Rajjinn") as caught:
        layers.find("Rajjinn")
    assert "station/rajin" in caught.value.candidates[0]


def test_a_typo_between_two_places_is_not_guessed():
    with pytest.raises(layers.AmbiguousPlaceError) as caught:
        layers.find("Tumenn")
    assert {"station/tumen", "station/tumangang"} <= {line.split()[0] for line in caught.value.candidates}


def test_a_short_name_must_be_right():
    with pytest.raises(layers.UnknownPlaceError):
        layers.find("Rajn")


def test_unknown_id_lists_the_nearest():
    with pytest.raises(layers.UnknownPlaceError, match="station/khasan"):
        layers.find("station/kasan")


def test_an_unknown_name_explains_valid_input():
    with pytest.raises(layers.UnknownPlaceError, match="lon,lat"):
        layers.find("qqqqqqqq")


def test_tumen_is_never_guessed():
    with pytest.raises(layers.AmbiguousPlaceError) as caught:
        layers.find("Tumen")
    assert {"station/tumen", "station/tumangang"} <= {line.split()[0] for line in caught.value.candidates}


@pytest.mark.parametrize(
    ("prefer", "expected"),
    [
        ((), "station/rajin"),
        ("ports", "port/rajin"),
        ("stations", "station/rajin"),
        (("airports", "ports"), "port/rajin"),
        ("airports", "station/rajin"),
    ],
)
def test_the_preferred_layer_is_used_and_the_others_are_named(prefer, expected):
    place = layers.find("Rajin", prefer=prefer)
    assert place.id == expected
    assert {"station/rajin", "port/rajin", "place/rajin"} == {place.id, *place.same_place} & {
        "station/rajin",
        "port/rajin",
        "place/rajin",
    }


def test_preference_decides_between_places_far_apart():
    with pytest.raises(layers.AmbiguousPlaceError):
        layers.find("Dandong")
    assert layers.find("Dandong", prefer="ports").id == "port/dandong"
    assert layers.find("Dandong", prefer="stations").id == "station/dandong"
    assert "port/dandong" not in layers.find("Dandong", prefer="stations").same_place


def test_preference_does_not_decide_between_two_of_its_layer():
    with pytest.raises(layers.AmbiguousPlaceError, match="may be several") as caught:
        layers.find("Tumen", prefer="stations")
    assert all(line.startswith("station/") for line in caught.value.candidates)


def test_an_id_and_a_typo_are_found_with_a_preference_too():
    assert layers.find("station/rajin", prefer="ports").id == "station/rajin"
    assert layers.find("Dangjinn", prefer="ports").id == "port/dangjin"


def test_a_layer_without_places_is_no_preference():
    with pytest.raises(layers.UnknownLayerError, match="did you mean 'ports'"):
        layers.find("Rajin", prefer="port")


@pytest.mark.parametrize("text", ["", "   ", "-", "\u200b"])
def test_empty_name_is_refused(text):
    with pytest.raises(layers.UnknownPlaceError):
        layers.find(text)


def ids_found(name):
    """Ids that a name leads to, whether to one place or to several."""
    try:
        found = layers.find(name)
    except layers.AmbiguousPlaceError as error:
        return {line.split()[0] for line in error.candidates}
    return {found.id, *found.same_place}


def test_every_place_is_found_by_each_of_its_names():
    places = layers.gazetteer()
    for place in places[::7]:
        for name in (place.name, *place.names):
            assert place.id in ids_found(name)


def test_every_port_is_found_by_its_name_without_qualifier_and_without_the_word_for_a_port():
    """The class of "Shanghai", on record as "Shanghai (Waigaoqiao)" and "Порт Шанхай (Вайгаоцяо)"."""
    ports = [place for place in layers.gazetteer() if place.layer == "ports" and place.kind == "port"]
    assert any("(" in port.name for port in ports)
    for port in ports:
        for name in plain_names((port.name, *port.names), port=True):
            assert layers.find(name, prefer="ports").id == port.id or port.id in ids_found(name), name


def test_ports_that_a_planner_types_are_found_in_four_languages():
    typed = {
        "port/shanghai": "Shanghai 상하이 Шанхай 上海",
        "port/ningbo": "Ningbo 닝보 Нинбо 宁波",
        "port/qingdao": "Qingdao 칭다오 Циндао 青岛",
        "port/tianjin": "Tianjin 톈진 Тяньцзинь 天津",
        "port/tangshan": "Tangshan 탕산 Таншань 唐山",
        "port/bayuquan": "Yingkou 잉커우 Инкоу 营口",
        "port/busan": "Busan 부산 Пусан 釜山",
        "port/vostochny": "Vostochny 보스토치니 Восточный 沃斯托奇内",
        "port/niigata": "Niigata 니가타 Ниигата 新潟",
    }
    for port, names in typed.items():
        assert {layers.find(name, prefer="ports").id for name in names.split()} == {port}


def test_what_is_called_just_so_goes_before_a_port_elsewhere_unless_a_port_is_asked_for():
    assert layers.find("天津").id == "station/tianjin"
    assert layers.find("天津", prefer=("stations", "checkpoints")).id == "station/tianjin"
    assert layers.find("天津", prefer="ports").id == "port/tianjin"


def test_every_place_is_found_by_its_id():
    assert all(layers.find(place.id) == place for place in layers.gazetteer()[::11])


def test_reading_single_lines_equals_reading_the_whole_gazetteer(tmp_path):
    """A gazetteer that is not written by the line, and one without keys, lead to the same places."""
    own = tmp_path / "data"
    shutil.copytree(layers.data_directory(), own)
    content = json.loads((own / "gazetteer.json").read_bytes())
    (own / "gazetteer.json").write_text(json.dumps(content, indent=1), encoding="utf-8")
    names = ["Rajin", "라진", "Sŏnbong", "station/khasan", "Ra-jin", "Shanghai", "上海"]
    assert [layers.find(name, data=own) for name in names] == [layers.find(name) for name in names]
    for row in content["places"]:
        del row["keys"], row["plain"]
    (own / "gazetteer.json").write_text(json.dumps(content), encoding="utf-8")
    assert [layers.find(name, data=own) for name in names] == [layers.find(name) for name in names]


def test_keys_of_the_gazetteer_are_those_of_its_names_and_a_station_shares_them_with_its_town():
    rows = json.loads((layers.data_directory() / "gazetteer.json").read_bytes())["places"]
    own = {row["id"]: set(match_keys([row["name"], *row["names"]])) for row in rows}
    for row in rows:
        others = [other["id"] for other in rows if other["name"] == row["name"] and other["layer"] != row["layer"]]
        assert own[row["id"]] <= set(row["keys"])
        assert set(row["keys"]) <= own[row["id"]].union(*(own[other] for other in others))
    keys = {row["id"]: set(row["keys"]) for row in rows}
    assert keys["station/khasan"] == keys["place/khasan"]


@pytest.mark.parametrize("text", ['"', '","', "places", "keys", '{"places":[', "\n", "\\"])
def test_no_name_reaches_into_the_file(text):
    with pytest.raises(layers.PlaceError):
        layers.find(text)
