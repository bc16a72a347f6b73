"""A desktop's session manager (X Session Management Protocol, libSM's own server side): programs sign in to it, and it
ends the session, as a desktop does when a person signs out. Runs its connections in a thread of its own."""

import ctypes
import os
import select
import threading

ICE = ctypes.CDLL("libICE.so.6")
SM = ctypes.CDLL("libSM.so.6")

P = ctypes.c_void_p
REGISTER = ctypes.CFUNCTYPE(ctypes.c_int, P, P, P)
INTERACT = ctypes.CFUNCTYPE(None, P, P, ctypes.c_int)
INTERACT_DONE = ctypes.CFUNCTYPE(None, P, P, ctypes.c_int)
SAVE_REQUEST = ctypes.CFUNCTYPE(None, P, P, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_int)
PHASE2 = ctypes.CFUNCTYPE(None, P, P)
SAVE_DONE = ctypes.CFUNCTYPE(None, P, P, ctypes.c_int)
CLOSE = ctypes.CFUNCTYPE(None, P, P, ctypes.c_int, P)
SET_PROPERTIES = ctypes.CFUNCTYPE(None, P, P, ctypes.c_int, P)
GET_PROPERTIES = ctypes.CFUNCTYPE(None, P, P)
NEW_CLIENT = ctypes.CFUNCTYPE(ctypes.c_int, P, P, ctypes.POINTER(ctypes.c_ulong), P, P)
IO_ERROR = ctypes.CFUNCTYPE(None, P)
MAY_CONNECT = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p)

LOCAL, BOTH = 1, 2
NO_INTERACTION, ANY_INTERACTION = 0, 2
FALSE, TRUE = 0, 1

for function, answer, arguments in (
        (ICE.IceSetIOErrorHandler, P, [IO_ERROR]),
        (ICE.IceListenForConnections, ctypes.c_int, [P, P, ctypes.c_int, P]),
        (ICE.IceComposeNetworkIdList, ctypes.c_char_p, [ctypes.c_int, P]),
        (ICE.IceGetListenConnectionNumber, ctypes.c_int, [P]),
        (ICE.IceSetHostBasedAuthProc, None, [P, MAY_CONNECT]),
        (ICE.IceAcceptConnection, P, [P, P]),
        (ICE.IceConnectionStatus, ctypes.c_int, [P]),
        (ICE.IceConnectionNumber, ctypes.c_int, [P]),
        (ICE.IceProcessMessages, ctypes.c_int, [P, P, P]),
        (SM.SmsInitialize, ctypes.c_int, [ctypes.c_char_p, ctypes.c_char_p, NEW_CLIENT, P, MAY_CONNECT, ctypes.c_int, P]),
        (SM.SmsGenerateClientID, P, [P]),
        (SM.SmsRegisterClientReply, ctypes.c_int, [P, P]),
        (SM.SmsSaveYourself, None, [P, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_int]),
        (SM.SmsReturnProperties, None, [P, ctypes.c_int, P]),
        (SM.SmsInteract, None, [P]),
        (SM.SmsDie, None, [P])):
    function.restype, function.argtypes = answer, arguments


class SessionManager:
    """`address` belongs into the variable SESSION_MANAGER."""

    def __init__(self):
        self.clients = []          # that have signed in
        self.saved = set()         # those that saved their state since it was asked for
        self.asked_to_stay = False  # a client wants to ask the person something
        self.ends = False
        self.callbacks = self._callbacks()
        self.may_connect = MAY_CONNECT(lambda host: TRUE)
        self.new_client = NEW_CLIENT(self._welcome)
        self.gone = IO_ERROR(lambda connection: None)  # the library's own ends the process
        ICE.IceSetIOErrorHandler(self.gone)
        problem = ctypes.create_string_buffer(256)
        if not SM.SmsInitialize(b"test", b"1", self.new_client, None, self.may_connect, 256, problem):
            raise OSError(problem.value.decode())
        count, self.listeners = ctypes.c_int(), ctypes.POINTER(P)()
        if not ICE.IceListenForConnections(ctypes.byref(count), ctypes.byref(self.listeners), 256, problem):
            raise OSError(problem.value.decode())
        self.count = count.value
        for n in range(self.count):
            ICE.IceSetHostBasedAuthProc(self.listeners[n], self.may_connect)
        self.address = ICE.IceComposeNetworkIdList(self.count, self.listeners).decode()
        self.connections = []
        self.wake_read, self.wake_write = os.pipe()
        self.wanted = []  # what the thread is to do next
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def end_session(self):
        """Every client saves its state, and is then told to go."""
        self.wanted.append(self._end)
        os.write(self.wake_write, b"x")

    def _callbacks(self):
        def register(connection, data, previous):
            SM.SmsRegisterClientReply(connection, SM.SmsGenerateClientID(connection))
            SM.SmsSaveYourself(connection, LOCAL, FALSE, NO_INTERACTION, FALSE)
            self.clients.append(connection)
            return TRUE

        def interact(connection, data, kind):
            self.asked_to_stay = True
            SM.SmsInteract(connection)

        def saved(connection, data, success):
            if self.ends:
                self.saved.add(connection)
                SM.SmsDie(connection)

        def nothing(*arguments):
            pass

        return [REGISTER(register), INTERACT(interact), INTERACT_DONE(nothing), SAVE_REQUEST(nothing), PHASE2(nothing),
                SAVE_DONE(saved), CLOSE(nothing), SET_PROPERTIES(nothing), SET_PROPERTIES(nothing),
                GET_PROPERTIES(lambda connection, data: SM.SmsReturnProperties(connection, 0, None))]

    def _welcome(self, connection, data, mask, callbacks, failure):
        mask[0] = (1 << len(self.callbacks)) - 1
        places = ctypes.cast(callbacks, ctypes.POINTER(P))
        for n, callback in enumerate(self.callbacks):
            places[2 * n] = ctypes.cast(callback, P).value
            places[2 * n + 1] = None
        return TRUE

    def _end(self):
        self.ends = True
        for connection in self.clients:
            SM.SmsSaveYourself(connection, BOTH, TRUE, ANY_INTERACTION, FALSE)

    def _run(self):
        while True:
            listening = {ICE.IceGetListenConnectionNumber(self.listeners[n]): self.listeners[n]
                         for n in range(self.count)}
            talking = {ICE.IceConnectionNumber(one): one for one in self.connections}
            ready, _, _ = select.select([*listening, *talking, self.wake_read], [], [])
            for number in ready:
                if number == self.wake_read:
                    os.read(self.wake_read, 1)
                    self.wanted.pop(0)()
                elif number in listening:
                    status = ctypes.c_int()
                    one = ICE.IceAcceptConnection(listening[number], ctypes.byref(status))
                    if one:
                        self.connections.append(one)
                elif ICE.IceProcessMessages(talking[number], None, None) != 0:
                    self.connections.remove(talking[number])  # an error, or its end
