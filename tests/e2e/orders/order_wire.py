"""The wire of order_server.py: HTTP/1.1 over plain sockets, one thread a connection, and the faults that a network or a
gateway can put between a client and its answer.

A fault is a dictionary; every field may be left out:

    delay        seconds to wait before the answer
    hold         a name: the answer waits until the control interface releases it
    drop         "unread"  the connection is reset when the head has come, nothing is looked at
                 "head"    closed after the head, before the body is read
                 "body"    closed after the whole request was read (what is created is the order plan's affair)
    cut          bytes of the whole answer (status line, head and body) that are sent before the connection ends;
                 negative: that many are missing at the end
    cut_body     the same, counted from the first byte of the body
    pause_at     bytes after which the answer pauses until `hold` is released (instead of before it)
    end          "close" (default) or "reset": how a cut or dropped connection ends
    framing      "length" (default), "chunked", or "close" (no length: a cut body cannot be told from a whole one)
"""

import json
import socket
import struct
import threading
import time
import urllib.parse

REASONS = {200: "OK", 201: "Created", 202: "Accepted", 301: "Moved Permanently", 302: "Found",
           307: "Temporary Redirect",
           400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
           407: "Proxy Authentication Required", 408: "Request Timeout", 409: "Conflict", 425: "Too Early",
           429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable",
           504: "Gateway Timeout"}


class Dropped(Exception):
    """The connection is over."""


class Request:
    """One request as it came. `headers` has names in lower case."""

    def __init__(self, method, target, headers):
        self.method, self.target, self.headers = method, target, headers
        self.path, _, self.query_text = target.partition("?")
        self.body = b""
        self.time = time.time()

    def query(self):
        pairs = [part.partition("=") for part in self.query_text.split("&") if part]
        return {name: urllib.parse.unquote_plus(value) for name, _, value in pairs}

    def json(self):
        return json.loads(self.body) if self.body else {}


class Answer:
    """Status, headers and body. `body` is text, bytes or anything that JSON can write."""

    def __init__(self, status=200, body="", headers=None):
        self.status, self.headers = status, dict(headers or {})
        if not isinstance(body, (str, bytes)):
            body = json.dumps(body)
            self.headers.setdefault("Content-Type", "application/json")
        self.body = body.encode() if isinstance(body, str) else body

    def bytes(self, date, framing="length"):
        """The whole answer, and where its body begins."""
        lines = [f"HTTP/1.1 {self.status} {REASONS.get(self.status, 'Unnamed')}", f"Date: {date}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        body = self.body
        if framing == "length":
            lines.append(f"Content-Length: {len(body)}")
        elif framing == "chunked":
            lines.append("Transfer-Encoding: chunked")
            pieces = [body[at:at + 64] for at in range(0, len(body), 64)] + [b""]
            body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
        else:
            lines.append("Connection: close")
        head = ("\r\n".join(lines) + "\r\n\r\n").encode()
        return head + body, len(head)


class Holds:
    """Names that a thread can wait for. `forget` lets every waiting thread end with Dropped."""

    def __init__(self):
        self.changed = threading.Condition()
        self.released, self.waiting, self.generation = set(), [], 0

    def wait(self, name):
        with self.changed:
            generation = self.generation
            self.waiting.append(name)
            self.changed.notify_all()
            try:
                self.changed.wait_for(lambda: name in self.released or self.generation != generation)
                if self.generation != generation:
                    raise Dropped
            finally:
                if self.generation == generation:
                    self.waiting.remove(name)

    def release(self, name):
        with self.changed:
            self.released.add(name)
            self.changed.notify_all()

    def forget(self):
        with self.changed:
            self.released, self.waiting = set(), []
            self.generation += 1
            self.changed.notify_all()


class Connection:
    """One accepted socket."""

    def __init__(self, peer):
        self.peer, self.unread = peer, b""
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _more(self):
        try:
            piece = self.peer.recv(65536)
        except OSError:
            raise Dropped from None
        if not piece:
            raise Dropped
        self.unread += piece

    def head(self):
        while b"\r\n\r\n" not in self.unread:
            self._more()
        head, _, self.unread = self.unread.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ", 2)
        pairs = (line.partition(":") for line in lines)
        return Request(method, target, {name.strip().lower(): value.strip() for name, _, value in pairs})

    def read_body(self, request):
        size = int(request.headers.get("content-length") or 0)
        if size and request.headers.get("expect", "").lower() == "100-continue":
            self.peer.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        while len(self.unread) < size:
            self._more()
        request.body, self.unread = self.unread[:size], self.unread[size:]

    def end(self, how="close"):
        if how == "reset":
            self.peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            try:
                self.peer.shutdown(socket.SHUT_WR)
            except OSError:
                pass
        raise Dropped

    def send(self, data):
        try:
            self.peer.sendall(data)
        except OSError:
            raise Dropped from None

    def deliver(self, answer, date, fault, holds):
        """Sends the answer through the fault. Raises Dropped where the connection is over afterwards."""
        framing = fault.get("framing", "length")
        data, body_at = answer.bytes(date, framing)
        if fault.get("delay"):
            time.sleep(fault["delay"])
        pause = fault.get("pause_at")
        if fault.get("hold") and pause is None:
            holds.wait(fault["hold"])
        cut = fault.get("cut")
        if fault.get("cut_body") is not None:
            cut = fault["cut_body"] if fault["cut_body"] < 0 else body_at + fault["cut_body"]
        if cut is not None:
            whole, data = data, data[:cut]
            if len(whole) == len(data):
                cut = None
        if pause is not None:
            self.send(data[:pause])
            holds.wait(fault["hold"])
            data = data[pause:]
        self.send(data)
        if cut is not None or framing == "close":
            self.end(fault.get("end", "close"))


def listen(serve):
    """Serves on a free port of the loopback, a daemon thread for each connection: the port."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)

    def run_one(peer):
        with peer:
            try:
                connection = Connection(peer)
                while True:
                    serve(connection)
            except (Dropped, ValueError):
                pass

    def run():
        while True:
            peer, _ = listener.accept()
            threading.Thread(target=run_one, args=(peer,), daemon=True).start()

    threading.Thread(target=run, daemon=True).start()
    return listener.getsockname()[1]
