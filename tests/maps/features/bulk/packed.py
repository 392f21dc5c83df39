"""Packed columns read back, as the page's script reads them."""

import base64
import itertools
import json
import zlib

import numpy as np

from maps.features.bulk.shape import degrees
from maps.features.bulk.varint import read_varints


def stream(bulk, name):
    return opened(bulk, bulk.about["streams"][name])


def exact(bulk, which):
    """Vertices or shapes of all segments."""
    parts = [opened(bulk, segment[which]) for segment in bulk.about["segments"]]
    return np.concatenate(parts) if parts else np.zeros(0, np.uint8)


def opened(bulk, told):
    text = b"".join(base64.b64decode(piece) for piece in bulk.pieces[slice(*told["pieces"])])
    raw = zlib.decompress(text)
    assert len(raw) == told["bytes"]
    return np.frombuffer(raw, {"u8": np.uint8, "i32": "<i4"}[told["type"]])


def chunks(bulk, which):
    """Columns of all chunks, one behind the other."""
    columns = {}
    for told in bulk.about[which]:
        at = 0
        for length in told["lengths"]:
            text = bulk.pieces[told["piece"]][at : at + length]
            at += length
            for name, values in json.loads(zlib.decompress(base64.b64decode(text))).items():
                columns.setdefault(name, []).extend(values)
    return columns


def rows(bulk, detail=None):
    """Zoom, kind and parts (lon, lat) of each row, in the order of the page; of a level of detail where a block has it."""
    boxes = stream(bulk, "boxes").reshape(-1, 4)
    starts, zooms = [], []
    done = 0
    for zoom, count in bulk.about["levels"]:
        starts += range(done, done + count, bulk.about["block"])
        zooms += [zoom] * count
        done += count
    starts.append(done)
    streams = {}
    for which in ("xy", "shape"):
        if f"{which} lengths" in bulk.about["streams"]:
            lengths = stream(bulk, f"{which} lengths")
            streams[which] = np.split(exact(bulk, which), np.cumsum(lengths)[:-1])
        if detail is not None:
            lengths = stream(bulk, f"{which} {detail} lengths")
            coarse = np.split(stream(bulk, f"{which} {detail}"), np.cumsum(lengths)[:-1])
            streams[which] = [own if len(own) else whole for own, whole in zip(coarse, streams[which], strict=True)]
    result = []
    for block, (begin, end) in enumerate(itertools.pairwise(starts)):
        numbers = read_varints(streams["xy"][block])
        deltas = ((numbers >> 1) ^ -(numbers & 1)).reshape(-1, 2)
        lonlat = degrees(np.cumsum(deltas, axis=0) + boxes[block, :2])
        shape = iter(read_varints(streams["shape"][block]).tolist()) if "shape" in streams else None
        at = 0
        for row in range(begin, end):
            head = next(shape) if shape else 0
            counts = [next(shape) for _ in range((head >> 2) + 1)] if shape else [1]
            parts = []
            for count in counts:
                parts.append(lonlat[at : at + count])
                at += count
            result.append((zooms[row], head & 3, parts))
        assert at == len(lonlat)
    return result
