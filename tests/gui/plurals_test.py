"""Every text with a number has its English forms for one and for many: without them it reads "1 downloads"."""

import pathlib
import re
import sys
import unittest
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEXT = re.compile(r'\btr\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)')


def texts():
    """What the sources ask for with %n."""
    found = {}
    for folder in ("app", "ui"):
        for path in (ROOT / folder).rglob("*.cpp"):
            for match in TEXT.finditer(path.read_text(encoding="utf-8")):
                text = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match.group(1)))
                if "%n" in text:
                    found[text] = path.name
    return found


class Plurals(unittest.TestCase):
    def test_every_text_has_both_forms(self):
        tree = xml.etree.ElementTree.parse(ROOT / "resources/translations/tidemark_en.ts")
        known = {}
        for context in tree.iter("context"):
            self.assertTrue(context.findtext("name").startswith("tidemark::"), context.findtext("name"))
            for message in context.iter("message"):
                known[message.findtext("source")] = [form.text or "" for form in message.iter("numerusform")]
        wanted = texts()
        self.assertGreater(len(wanted), 5)
        self.assertEqual(set(wanted), set(known))
        for text, forms in known.items():
            self.assertEqual(len(forms), 2, text)
            self.assertTrue(all(forms), text)
            self.assertEqual(re.findall(r"%\d", text), re.findall(r"%\d", forms[0]), text)


if __name__ == "__main__":
    sys.exit(unittest.main())
