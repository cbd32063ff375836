"""A proxy before a server that falls silent: connections stay open, new ones are taken, and not a byte passes any more."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class SilentProxy:
    """Passes everything on until `silent` is set; connections from then on stay silent for ever. With `full` set, new ones
    alone do."""

    def __init__(self, to: tuple[str, int]) -> None:
        self.silent, self.full = threading.Event(), threading.Event()
        self._to = to
        self._sockets: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                theirs = self._listening.accept()[0]
                self._sockets.append(theirs)
                if self.silent.is_set() or self.full.is_set():
                    continue
                ours = socket.create_connection(self._to)
                self._sockets.append(ours)
                for source, sink in ((theirs, ours), (ours, theirs)):
                    threading.Thread(target=self._pass, args=(source, sink), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if self.silent.is_set():
                    return
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Close everything."""
        for each in (self._listening, *self._sockets):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


@contextmanager
def silent_proxy(host: str, port: int) -> Iterator[SilentProxy]:
    """A proxy before the server at this address."""
    proxy = SilentProxy((host, port))
    try:
        yield proxy
    finally:
        proxy.close()
