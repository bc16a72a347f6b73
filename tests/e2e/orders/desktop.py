"""A desktop for one test: an X server, a session bus and, on it, the accessibility service. No window manager:
`Keyboard` says which window has the focus, and presses, holds and releases keys as a keyboard does (through XTEST).

Needs xvfb, dbus, at-spi2-core (which brings libXtst)."""

import atexit
import ctypes
import os
import subprocess
import time


class Desktop:
    """Started on construction; from then on this process and its children belong to it."""

    def __init__(self, size="1600x1000"):
        self.processes = []
        atexit.register(self.stop)
        for name in ("DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "QT_QPA_PLATFORM",
                     "WAYLAND_DISPLAY"):
            os.environ.pop(name, None)
        reading, writing = os.pipe()
        self.processes.append(subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=[writing], stderr=subprocess.DEVNULL))
        os.close(writing)
        with os.fdopen(reading) as numbers:
            number = numbers.readline().strip()
        assert number, "the X server did not start"
        os.environ.update({"DISPLAY": ":" + number, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "LC_ALL": "C.UTF-8",
                           "NO_AT_BRIDGE": "0", "QT_FORCE_STDERR_LOGGING": "1", "GVFS_DISABLE_FUSE": "1"})
        bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True)
        self.processes.append(bus)
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()

    def stop(self):
        atexit.unregister(self.stop)
        for process in reversed(self.processes):
            process.terminate()
            process.wait(10)
        self.processes = []


class Keyboard:
    """The keyboard and mouse of the display."""

    def __init__(self):
        self.x = ctypes.CDLL("libX11.so.6")
        self.test = ctypes.CDLL("libXtst.so.6")
        pointer, number = ctypes.c_void_p, ctypes.c_ulong
        self.x.XOpenDisplay.restype = pointer
        self.x.XDefaultRootWindow.restype = self.x.XInternAtom.restype = self.x.XStringToKeysym.restype = number
        self.display = pointer(self.x.XOpenDisplay(None))
        assert self.display, "no display"
        # A window may go while it is asked about: no reason to end.
        self.handler = ctypes.CFUNCTYPE(ctypes.c_int, pointer, pointer)(lambda display, error: 0)
        self.x.XSetErrorHandler(self.handler)

    def _property(self, window, name):
        """Items of a window's property: bytes, or the first number."""
        atom = self.x.XInternAtom(self.display, name.encode(), False)
        kind, size, count, left = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_ulong(), ctypes.c_ulong()
        data = ctypes.POINTER(ctypes.c_ubyte)()
        failed = self.x.XGetWindowProperty(
            self.display, ctypes.c_ulong(window), ctypes.c_ulong(atom), 0, 1024, False, ctypes.c_ulong(0),
            ctypes.byref(kind), ctypes.byref(size), ctypes.byref(count), ctypes.byref(left), ctypes.byref(data))
        if failed or not data or not count.value:
            return None
        found = bytes(data[:count.value]) if size.value == 8 else \
            ctypes.cast(data, ctypes.POINTER(ctypes.c_ulong))[0]
        self.x.XFree(data)
        return found

    def windows(self, pid):
        """(id, title) of the process's windows, the lowest first."""
        root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
        children = ctypes.POINTER(ctypes.c_ulong)()
        self.x.XQueryTree(self.display, ctypes.c_ulong(self.x.XDefaultRootWindow(self.display)), ctypes.byref(root),
                          ctypes.byref(parent), ctypes.byref(children), ctypes.byref(count))
        found = []
        for window in children[:count.value]:
            if self._property(window, "_NET_WM_PID") == pid:
                found.append((window, (self._property(window, "_NET_WM_NAME") or b"").decode()))
        return found

    def activate(self, pid, title):
        """The process's window whose title begins so comes to the top and gets what is typed: whether there is one."""
        for window, name in self.windows(pid):
            if name.startswith(title):
                self.x.XRaiseWindow(self.display, ctypes.c_ulong(window))
                self.x.XSetInputFocus(self.display, ctypes.c_ulong(window), 1, ctypes.c_ulong(0))
                self.x.XSync(self.display, False)
                return True
        return False

    def close(self, pid, title):
        """As by a window manager's button: whether there is such a window."""
        class ClientMessage(ctypes.Structure):
            _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int),
                        ("display", ctypes.c_void_p), ("window", ctypes.c_ulong), ("message_type", ctypes.c_ulong),
                        ("format", ctypes.c_int), ("data", ctypes.c_long * 5), ("rest", ctypes.c_long * 12)]
        atom = lambda name: self.x.XInternAtom(self.display, name, False)
        for window, name in self.windows(pid):
            if name.startswith(title):
                event = ClientMessage(type=33, display=self.display, window=window, message_type=atom(b"WM_PROTOCOLS"),
                                      format=32)
                event.data[0] = atom(b"WM_DELETE_WINDOW")
                self.x.XSendEvent(self.display, ctypes.c_ulong(window), False, ctypes.c_long(0), ctypes.byref(event))
                self.x.XSync(self.display, False)
                return True
        return False

    def _code(self, key):
        symbol = self.x.XStringToKeysym({"-": "minus", "_": "underscore", " ": "space"}.get(key, key).encode())
        return self.x.XKeysymToKeycode(self.display, ctypes.c_ulong(symbol))

    def down(self, key):
        """Until `up` the X server repeats it, as of a key held down."""
        self.test.XTestFakeKeyEvent(self.display, self._code(key), True, 0)
        self.x.XSync(self.display, False)

    def up(self, key):
        self.test.XTestFakeKeyEvent(self.display, self._code(key), False, 0)
        self.x.XSync(self.display, False)

    def press(self, key, *holding):
        """A key by its X name (Return, Tab, a), with others held down (Control_L, Alt_L)."""
        for other in holding:
            self.down(other)
        self.down(key)
        self.up(key)
        for other in reversed(holding):
            self.up(other)

    def type(self, text):
        for letter in text:
            self.press(letter.lower(), *(["Shift_L"] if letter.isupper() or letter == "_" else []))

    def hold(self, key, seconds):
        self.down(key)
        time.sleep(seconds)
        self.up(key)

    def click(self, x, y, times=1, button=1):
        """`times` clicks with nothing between them."""
        self.test.XTestFakeMotionEvent(self.display, -1, int(x), int(y), 0)
        for _ in range(times):
            self.test.XTestFakeButtonEvent(self.display, button, True, 0)
            self.test.XTestFakeButtonEvent(self.display, button, False, 0)
        self.x.XSync(self.display, False)
