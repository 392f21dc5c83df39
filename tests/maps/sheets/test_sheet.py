"""Sheets: their options, the browser that makes them, and its errors."""

import os
import re
import shutil
import stat
import subprocess
import time
from pathlib import Path

import pytest

import maps
from maps.cli import main
from maps.sheets.chromium import NAMES, VARIABLE, find_chromium, run_chromium
from maps.sheets.sheet import parse_size

ONE_PDF = b"%PDF-1.4\n/CreationDate (D:20261122005744+00'00')\n/ModDate (D:20261122005744+00'00')\n"


def program(path, text):
    path.write_text("#!/bin/sh\n" + text, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def page(tmp_path):
    return maps.Page("A", "<!DOCTYPE html><title>A</title>").save(tmp_path / "a.html")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"width": 100}, "width must be from 320 to 8000 pixels, got 100"),
        ({"height": 9000}, "height must be"),
        ({"scale": 0.5}, "scale must be from 1 to 4"),
        ({"scale": float("nan")}, "scale must be"),
        ({"width": 8000, "scale": 3}, "no side of the picture more than 16,000"),
        ({"scheme": "drak"}, "one of light, dark"),
    ],
)
def test_impossible_pictures_are_refused(arguments, said):
    with pytest.raises(maps.SheetError, match=re.escape(said)):
        maps.PngSheet(**arguments)


@pytest.mark.parametrize(("paper", "orientation"), [("A5", "portrait"), ("A4", "upright"), ("a4", "portrait")])
def test_impossible_papers_are_refused(paper, orientation):
    with pytest.raises(maps.SheetError, match="must be one of"):
        maps.PdfSheet(paper, orientation)


@pytest.mark.parametrize("text", ["", "1600", "x", "1600x", "-1x5", "1600x1000x2", "1e3x1e3", "٣٠٠x٣٠٠"])
def test_invalid_sizes_are_refused(text):
    with pytest.raises(maps.SheetError, match="such as 1600x1000"):
        parse_size(text)


def test_the_variable_names_the_browser(monkeypatch, tmp_path):
    mine = program(tmp_path / "mine", "exit 0\n")
    monkeypatch.setenv(VARIABLE, str(mine))
    assert find_chromium() == mine
    monkeypatch.setenv(VARIABLE, str(tmp_path / "gone"))
    with pytest.raises(maps.BrowserError, match="gone"):
        find_chromium()


def test_the_first_on_the_path_is_found(monkeypatch, tmp_path):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    chrome = program(tmp_path / NAMES[2], "exit 0\n")
    assert find_chromium() == chrome


def test_without_a_browser_it_says_how_to_get_one_before_any_work(monkeypatch, tmp_path, capsys):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["build", "zones", "--lang", "en", "--out", str(tmp_path / "site"), "--pdf"]) == 1
    error = capsys.readouterr().err
    assert "apt install chromium" in error
    assert VARIABLE in error
    assert not (tmp_path / "site").exists()


def test_dates_in_a_pdf_are_replaced_and_its_length_kept(tmp_path, page):
    (tmp_path / "made.pdf").write_bytes(ONE_PDF)
    browser = program(
        tmp_path / "browser",
        f'for word; do case "$word" in --print-to-pdf=*) cp "{tmp_path}/made.pdf" "${{word#*=}}";; esac; done\n',
    )
    made = maps.save_sheet(page, tmp_path / "a.pdf", maps.PdfSheet(), browser=browser).read_bytes()
    assert made.count(b"(D:19700101000000+00'00')") == 2
    assert len(made) == len(ONE_PDF)


def test_arguments_of_the_browser(tmp_path, page):
    browser = program(tmp_path / "browser", f'printf "%s\\n" "$@" > "{tmp_path}/told"\n')
    with pytest.raises(maps.BrowserError, match="made no PDF"):
        maps.save_sheet(page, tmp_path / "a.pdf", maps.PdfSheet("A3", "portrait"), browser=browser)
    told = (tmp_path / "told").read_text(encoding="utf-8").splitlines()
    assert told[-1] == f"{page.as_uri()}#sheet=A3-portrait"
    assert "--host-resolver-rules=MAP * ~NOTFOUND" in told
    assert ("--no-sandbox" in told) == (os.geteuid() == 0)
    (profile,) = (word.split("=", 1)[1] for word in told if word.startswith("--user-data-dir="))
    assert not Path(profile).exists()
    assert not (tmp_path / "a.pdf").exists()


def test_a_picture_of_another_size_is_refused(tmp_path, page):
    png = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (800).to_bytes(4, "big") + (600).to_bytes(4, "big")
    (tmp_path / "made.png").write_bytes(png)
    browser = program(
        tmp_path / "browser",
        f'for word; do case "$word" in --screenshot=*) cp "{tmp_path}/made.png" "${{word#*=}}";; esac; done\n',
    )
    assert maps.save_sheet(page, tmp_path / "a.png", maps.PngSheet(800, 600), browser=browser).read_bytes() == png
    with pytest.raises(maps.BrowserError, match=r"of \(800, 600\) pixels, expected \(1600, 1200\)"):
        maps.save_sheet(page, tmp_path / "b.png", maps.PngSheet(800, 600, scale=2), browser=browser)
    assert not (tmp_path / "b.png").exists()


def test_a_failing_browser_is_reported(tmp_path, page):
    browser = program(tmp_path / "browser", "echo broken >&2; exit 3\n")
    with pytest.raises(maps.BrowserError, match="failed with code 3: broken"):
        maps.save_sheet(page, tmp_path / "a.pdf", maps.PdfSheet(), browser=browser)
    with pytest.raises(maps.BrowserError, match="cannot be started"):
        run_chromium(tmp_path / "gone", [], "file:///")


def test_a_browser_that_hangs_is_ended_with_its_children_and_nobody_else(tmp_path):
    browser = program(tmp_path / "browser", f'sleep 60 & echo $! > "{tmp_path}/child"; wait\n')
    with subprocess.Popen(["sleep", "60"]) as other:
        begin = time.monotonic()
        with pytest.raises(maps.BrowserError, match=r"not done after 0\.5 s"):
            run_chromium(browser, [], "file:///", timeout_s=0.5)
        assert time.monotonic() - begin < 20
        child = int((tmp_path / "child").read_text(encoding="utf-8"))
        assert _state(child) in {None, "Z"}
        assert other.poll() is None
        other.kill()


def _state(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(") ", 1)[1][0]
    except FileNotFoundError:
        return None


def test_a_page_that_is_not_there(tmp_path):
    with pytest.raises(maps.SheetError, match="no page"):
        maps.save_sheet(tmp_path / "gone.html", tmp_path / "a.pdf", maps.PdfSheet(), browser=Path(shutil.which("true")))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--paper", "A3"], "add --pdf"),
        (["--size", "800x600", "--scheme", "dark"], "--size, --scheme applies to a PNG"),
        (["--pdf", "--paper", "A5"], "paper must be one of A4, A3, got 'A5'"),
        (["--png", "--size", "10x10"], "width must be"),
        (["--png", "--scheme", "sepia"], "light, dark"),
    ],
)
def test_options_that_do_not_fit(options, said, tmp_path, capsys):
    assert main(["build", "zones", "--out", str(tmp_path / "site"), *options]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "site").exists()
