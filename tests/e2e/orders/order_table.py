"""The table of orders: whatever goes wrong, one restore, never two, never unnoticed.

    order_table.py PART… [--only TEXT] [--list]      PART: the name of a file rows_PART.py, or FILE.FUNCTION of some of
                                                     its rows

Variables: ORDER_AGENT, STEP_SHIM (rows that need it are left out without it), for rows_windows.py TIDEMARK. Every row
is played against an order_server.py (order_play.py, for windows order_windows.py); jobs are counted there. A row that
is known to show a fault of the program says so (known_wrong) and is an error as soon as it passes."""

import argparse
import importlib
import os
import queue
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.dirname(HERE)]
from order_client import OrderServer
from order_play import Failed, Play

AT_ONCE = 3  # most of a row is waiting


class Part:
    """The rows of one PART, and who plays them."""

    def __init__(self, name):
        file, _, function = name.partition(".")
        module = importlib.import_module("rows_" + file)
        self.rows = getattr(module, function or "rows")
        self.player = getattr(module, "PLAYER", Play)
        self.at_once = getattr(module, "AT_ONCE", AT_ONCE)
        getattr(module, "prepare", lambda: None)()


def play(server, row, player):
    """What went wrong, or nothing."""
    try:
        player(server, row).run()
    except Failed as failed:
        return str(failed)
    except Exception as error:  # of the row or of the tools: it says where
        return f"{type(error).__name__}: {error}; {traceback.extract_tb(error.__traceback__)[-1]}"
    return ""


def tell(row, wrong, seconds):
    """Whether it came out as the row says."""
    if bool(wrong) == bool(row.known_wrong):
        print(f"ok    {seconds:4.1f} s  {row.name}" + (f" (known: {wrong})" if wrong else ""), flush=True)
        return True
    print(f"WRONG {seconds:4.1f} s  {row.name}\n      " + (wrong or f"it passes, but is marked: {row.known_wrong}"),
          flush=True)
    return False


def run(part, rows):
    """How many rows came out otherwise than they say."""
    servers = queue.Queue()
    for _ in range(part.at_once):
        servers.put(OrderServer())

    def one(row):
        server = servers.get()
        begun = time.monotonic()
        try:
            wrong = play(server, row, part.player)
        finally:
            servers.put(server)
        return tell(row, wrong, time.monotonic() - begun)

    with ThreadPoolExecutor(part.at_once) as threads:
        return sum(not is_right for is_right in threads.map(one, rows))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="+")
    parser.add_argument("--only", default="")
    parser.add_argument("--list", action="store_true")
    wanted = parser.parse_args()
    names, wrong = [], 0
    for part in [Part(name) for name in wanted.parts]:
        rows = [row for row in part.rows(OrderServer())
                if wanted.only in row.name and ("STEP_SHIM" in os.environ or not row.faults)]
        names += [row.name for row in rows]
        if wanted.list:
            print(*[row.name for row in rows], sep="\n")
        else:
            wrong += run(part, rows)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        print("two rows of one name:", *twice, sep="\n  ")
    print(f"{len(names)} rows, {wrong} wrong")
    return 1 if wrong or twice else 0


if __name__ == "__main__":
    sys.exit(main())
