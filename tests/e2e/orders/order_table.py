"""The table of orders: whatever goes wrong, one restore, never two, never unnoticed.

    order_table.py PART… [--only TEXT] [--list]      PART: the name of a file rows_PART.py, or FILE.FUNCTION of some of its rows

Variables: ORDER_AGENT, STEP_SHIM (rows that need it are left out without it), for rows_windows.py TIDEMARK. Every row is
played against order_server.py (order_play.py, for windows order_windows.py); jobs are counted there. A row that is known to
show a fault of the program says so (known_wrong) and is an error as soon as it passes."""

import argparse
import importlib
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.dirname(HERE)]
from order_client import OrderServer
from order_play import Failed, Play


def play(server, row, player):
    """What went wrong, or nothing."""
    try:
        player(server, row).run()
    except Failed as failed:
        return str(failed)
    except (AssertionError, KeyError, IndexError, OSError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return ""


def part_of(name):
    """The file's module, and the function that makes the rows."""
    file, _, function = name.partition(".")
    module = importlib.import_module("rows_" + file)
    return module, getattr(module, function or "rows")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="+")
    parser.add_argument("--only", default="")
    parser.add_argument("--list", action="store_true")
    wanted = parser.parse_args()
    parts = [part_of(name) for name in wanted.parts]
    for module, _ in parts:
        getattr(module, "prepare", lambda: None)()
    server = OrderServer()
    bad, count = 0, 0
    names = []
    for module, rows in parts:
        player = getattr(module, "PLAYER", Play)
        for row in rows(server):
            names.append(row.name)
            if wanted.only not in row.name or row.faults and "STEP_SHIM" not in os.environ:
                continue
            count += 1
            if wanted.list:
                print(row.name)
                continue
            begun = time.monotonic()
            wrong = play(server, row, player)
            if bool(wrong) == bool(row.known_wrong):
                print(f"ok    {time.monotonic() - begun:4.1f} s  {row.name}" + (f" (known: {wrong})" if wrong else ""))
                continue
            bad += 1
            print(f"WRONG {time.monotonic() - begun:4.1f} s  {row.name}\n      " +
                  (wrong or f"it passes, but is marked: {row.known_wrong}"), flush=True)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        print("two rows of one name:", twice)
    print(f"{count} rows, {bad} wrong")
    return 1 if bad or twice else 0


if __name__ == "__main__":
    sys.exit(main())
