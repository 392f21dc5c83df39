"""`tumen serve`: a real server on this machine, with real requests."""

import http.client
import signal
import subprocess
import sys
import urllib.request

import pytest

from maps.errors import ServeError
from maps.site.serve import serve

pytest.importorskip("uvicorn")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served") / "site"
    folder.mkdir()
    (folder / "index.html").write_text("<title>Maps</title>", encoding="utf-8")
    (folder / "zones.geojson").write_bytes(b"0123456789")
    (folder.parent / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    return folder


@pytest.fixture(scope="module")
def port(folder):
    command = [sys.executable, "-m", "maps", "serve", folder, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        yield int(address.rstrip("/").rpartition(":")[2])
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


def get(port, path, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_the_folder_opens_at_its_index(port):
    answer, body = get(port, "/")
    assert (answer.status, body) == (200, b"<title>Maps</title>")
    assert answer.headers["content-type"].startswith("text/html")


def test_types_ranges_and_etags(port):
    answer, body = get(port, "/zones.geojson", Range="bytes=2-4")
    assert (answer.status, body, answer.headers["content-type"]) == (206, b"234", "application/geo+json")
    again, _ = get(port, "/zones.geojson", If_None_Match=answer.headers["etag"])
    assert again.status == 304


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "//etc/passwd", "/link.txt", "/none.html"]
)
def test_nothing_outside_the_folder(port, path):
    answer, body = get(port, path)
    assert answer.status == 404
    assert b"secret" not in body


def test_another_name_is_refused(port):
    answer, body = get(port, "/zones.geojson", Host="evil.example")
    assert answer.status == 400
    assert b"0123" not in body


def test_only_reading(port):
    request = urllib.request.Request(f"http://127.0.0.1:{port}/index.html", data=b"x", method="PUT")
    with pytest.raises(urllib.error.HTTPError, match="405"):
        urllib.request.urlopen(request, timeout=20)  # noqa: S310


def test_what_cannot_be_served_is_told(folder, port, tmp_path):
    with pytest.raises(ServeError, match="no such folder"):
        serve(tmp_path / "none")
    with pytest.raises(ServeError, match=f"port {port}.*--port 0"):
        serve(folder, port=port)
