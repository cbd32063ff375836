"""A true screen without a monitor, and keys and clicks as a keyboard and a mouse give them: for what headless browsers cannot show."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator

XVFB = shutil.which("Xvfb")
XDOTOOL = shutil.which("xdotool")


class Screen:
    """`display` is its X display."""

    def __init__(self, display: str) -> None:
        self.display = display

    def _tool(self, *words: str) -> str:
        done = subprocess.run(
            [str(XDOTOOL), *words],
            env=os.environ | {"DISPLAY": self.display},
            check=True,
            capture_output=True,
            text=True,
            timeout=20,
        )
        return done.stdout.strip()

    def press(self, *keys: str) -> None:
        """Keys one after the other, each as xdotool names it: `alt+shift+f`, `Tab`."""
        for key in keys:
            self._tool("key", key)

    def click(self, left: float, top: float, button: int = 1) -> None:
        """A click there, from the screen's left upper corner; the third button opens menus."""
        self._tool("mousemove", str(round(left)), str(round(top)), "click", str(button))

    def windows(self) -> list[str]:
        """Those that are shown: menus and popups have one of their own."""
        with contextlib.suppress(subprocess.CalledProcessError):
            return self._tool("search", "--onlyvisible", "--name", ".*").split()
        return []


@contextlib.contextmanager
def screen() -> Iterator[Screen]:
    """A screen of its own, gone at the end."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [str(XVFB), "-displayfd", str(writing), "-screen", "0", "1280x1000x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as output:
            yield Screen(f":{output.readline().strip()}")
    finally:
        server.terminate()
        server.wait(timeout=10)
