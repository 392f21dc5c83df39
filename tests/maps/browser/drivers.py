"""Firefox by its built-in WebDriver BiDi, and WebKitGTK by its WebDriver: both from Debian, without a helper program."""

import itertools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

SIZE = (1280, 800)
START_S = 60


class Browser:
    """What both can do: open an address, evaluate an expression, click."""

    errors: list

    def until(self, expression, seconds=60):
        end = time.monotonic() + seconds
        while not self.evaluate(expression):
            assert time.monotonic() < end, f"never true: {expression}; {self.errors}"
            time.sleep(0.05)

    def click(self, finder):
        """Click in the middle of the element that an expression gives, with a pointer; it must lie on top there."""
        spot = (
            f"(() => {{ const one = {finder}; const box = one.getBoundingClientRect();"
            " const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];"
            " const top = document.elementFromPoint(x, y); return one.contains(top) ? [x, y] : null; })()"
        )
        self.until(spot, 10)  # a map that is moving comes to rest
        self.point(*(round(value) for value in self.evaluate(spot)))

    def pointer(self, x, y):
        moves = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        return [{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": moves}]


class Firefox(Browser):
    """Firefox without a window."""

    names = ("firefox-esr", "firefox")

    def __init__(self, folder):
        from websockets.sync.client import connect

        self.errors = []
        self.numbers = itertools.count(1)
        program = next(filter(None, map(shutil.which, self.names)))
        command = [program, "--headless", "--no-remote", "--profile", folder, "--remote-debugging-port=0"]
        command += ["--width", str(SIZE[0]), "--height", str(SIZE[1]), "about:blank"]
        self.process = started(command, stderr=subprocess.PIPE, text=True)
        address = next(
            filter(None, (re.search(r"BiDi listening on (ws://\S+)", line) for line in self.process.stderr))
        )[1]
        self.opening = connect(f"{address}/session", max_size=None)
        self.socket = self.opening.__enter__()
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["log.entryAdded"])
        self.tab = self.send("browsingContext.create", type="tab")["context"]
        self.send("browsingContext.setViewport", context=self.tab, viewport={"width": SIZE[0], "height": SIZE[1]})

    def send(self, method, **params):
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv(START_S))
            if message.get("method") == "log.entryAdded" and message["params"]["level"] in {"warn", "error"}:
                self.errors.append(message["params"]["text"])
            if message.get("id") == number:
                assert message["type"] == "success", message
                return message["result"]

    def open(self, address):
        self.send("browsingContext.navigate", context=self.tab, url="about:blank", wait="complete")
        self.errors.clear()
        self.send("browsingContext.navigate", context=self.tab, url=address, wait="complete")

    def evaluate(self, expression):
        told = self.send(
            "script.evaluate",
            expression=f"JSON.stringify({expression})",
            target={"context": self.tab},
            awaitPromise=False,
        )
        assert told["type"] == "success", told
        return json.loads(told["result"].get("value", "null"))

    def point(self, x, y):
        self.send("input.performActions", context=self.tab, actions=self.pointer(x, y))

    def close(self):
        self.opening.__exit__(None, None, None)
        ended(self.process)
        self.process.stderr.close()


class WebKit(Browser):
    """WebKitGTK's small browser, on a screen that nobody sees."""

    names = ("WebKitWebDriver",)

    def __init__(self, folder):
        self.errors = []
        told, say = os.pipe()
        command = ["Xvfb", "-displayfd", str(say), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
        self.screen = started(command, stderr=subprocess.DEVNULL, pass_fds=[say])
        os.close(say)
        with os.fdopen(told) as lines:
            display = f":{lines.readline().strip()}"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        home = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), folder)
        self.process = started(
            [shutil.which(*self.names), f"--port={port}"], env={**os.environ, **home, "DISPLAY": display}
        )
        self.address = f"http://127.0.0.1:{port}"
        self.session = ""
        self.session = f"/session/{self.begun()['sessionId']}"
        self.send("/window/rect", {"width": SIZE[0], "height": SIZE[1] + 60})

    def begun(self):
        end = time.monotonic() + START_S
        while True:
            try:
                return self.send("/session", {"capabilities": {}})
            except urllib.error.URLError:
                assert time.monotonic() < end, "WebKitWebDriver does not answer"
                time.sleep(0.1)

    def send(self, path, body=None, method=None):
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(self.address + self.session + path, data=data, method=method)  # noqa: S310 - our own driver
        with urllib.request.urlopen(asked, timeout=START_S) as answer:  # noqa: S310 - likewise
            return json.load(answer)["value"]

    def open(self, address):
        self.send("/url", {"url": "about:blank"})
        self.errors.clear()
        self.send("/url", {"url": address})
        self.evaluate(
            "(window.failed_ = [], window.addEventListener('error', ({ message }) => window.failed_.push(message)), 0)"
        )

    def evaluate(self, expression):
        told = self.send(
            "/execute/sync", {"script": f"return JSON.stringify([{expression}, window.failed_])", "args": []}
        )
        value, self.errors[:] = json.loads(told)
        return value

    def point(self, x, y):
        self.send("/actions", {"actions": self.pointer(x, y)})

    def close(self):
        self.send("", method="DELETE")
        ended(self.process)
        ended(self.screen)


def started(command, **settings):
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True, **settings
    )


def ended(process):
    """End a browser with the processes of its own group."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def is_there(browser):
    """Whether a browser can be driven here."""
    screen = browser is not WebKit or shutil.which("Xvfb")
    return bool(screen and os.name == "posix" and any(map(shutil.which, browser.names)))
