"""Every sentence in which the program tells a person what to do stands in tests/data/advice.txt, with the test that does
it, or with why there is nothing to press. A new advice is red until somebody has asked how it is followed."""

import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIST = ROOT / "tests/data/advice.txt"
TEXT = re.compile(r'\b(?:tr|translate)\(\s*(?:"tidemark::[^"]*"\s*,\s*)?((?:"(?:[^"\\]|\\.)*"\s*)+)')
VERBS = """Add Allow Ask Bring Check Choose Close Edit Enter Free Get Give Go Have Install Let Look Make Move Open Order
    Press Put Read Repeat Request Retry Save Search See Send Set Start Take Tell Try Turn Type Unlock Use Wait
    Write""".split()
# A sentence, or a part of one, that begins with what is to be done.
ADVICE = re.compile(r"(?:^|[.:;!?] |, or |%1 )(?:" + "|".join(VERBS) + r"|Do not)\b [^?]*\.")


def advices():
    """What the sources advise: {sentence: file}."""
    found = {}
    for folder in ("app", "ui"):
        for path in sorted((ROOT / folder).rglob("*.cpp")):
            if not {"demo", "walkthrough"} & set(path.parts):
                for match in TEXT.finditer(path.read_text(encoding="utf-8")):
                    text = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match.group(1)))
                    if ADVICE.search(text):
                        found[text] = path.relative_to(ROOT)
    return found


def listed():
    """{beginning of a sentence: the heading it stands under}."""
    heading, found = None, {}
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            heading = line[2:]
        elif line and not line.startswith("#"):
            found[line] = heading
    return found


class Advice(unittest.TestCase):
    def test_the_search_sees_one(self):
        for text in ("Edit the connection.", "It is old. Read it again.", "Make room, or resume.", "%1 stays. Retry it."):
            self.assertTrue(ADVICE.search(text), text)
        for text in ("The edit was made.", "Choose a file", "Start again?"):
            self.assertFalse(ADVICE.search(text), text)

    def test_each_is_listed(self):
        known = listed()
        wanted = advices()
        self.assertGreater(len(wanted), 100)
        missing = [f"{path}: {text}" for text, path in wanted.items() if not any(text.startswith(one) for one in known)]
        self.assertFalse(missing, "not in tests/data/advice.txt:\n" + "\n".join(missing))
        gone = [one for one in known if not any(text.startswith(one) for text in wanted)]
        self.assertFalse(gone, "the program says it no longer:\n" + "\n".join(gone))

    def test_what_is_named_is_there(self):
        for heading in set(listed().values()):
            with self.subTest(heading):
                how, _, what = heading.partition(": ")
                if how == "outside":
                    self.assertTrue(what)
                    continue
                file, _, row = what.partition(", ")
                self.assertEqual(how, "pressed")
                self.assertIn(row, (ROOT / "tests" / file).read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(unittest.main())
