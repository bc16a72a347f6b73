"""What a server sends is never read as markup: every label of ui/ that does not show a fixed text takes it plain, and
nobody asks for rich text but the pages that are ours."""

import pathlib
import re
import sys
import unittest

UI = pathlib.Path(__file__).resolve().parents[2] / "ui"
MADE = re.compile(r"(?:auto \*)?(\w+)\s*(?:=\s*new QLabel|\(new QLabel)\b(?!\(tr\((?:\"[^\"]*\"\s*)+\)\))")
ICON = re.compile(r"[iI]con$")
RICH = re.compile(r"Qt::(?:RichText|AutoText|MarkdownText)|\b(?:setHtml|setMarkdown|insertHtml|appendHtml)\(")
OURS = {"next_steps_dialog.cpp", "report_file.cpp"}  # each escapes what is not its own


def faults(text):
    """Labels that are made without being told that their text is plain, and texts that are told to be rich."""
    plain = set(re.findall(r"(\w+)(?:->|\.)setTextFormat\(Qt::PlainText\)", text))
    made = [name for name in MADE.findall(text) if not ICON.search(name)]
    return [name for name in made if name not in plain], RICH.findall(text)


class PlainTexts(unittest.TestCase):
    def test_the_scan_sees_what_it_looks_for(self):
        self.assertEqual(faults("auto *name = new QLabel(cluster.name);"), (["name"], []))
        self.assertEqual(faults("    , m_state(new QLabel)"), (["m_state"], []))
        self.assertEqual(faults("auto *name = new QLabel;\nname->setTextFormat(Qt::PlainText);"), ([], []))
        self.assertEqual(faults('auto *a = new QLabel(tr("Folder"));\nauto *icon = new QLabel;'), ([], []))
        self.assertEqual(faults("label->setTextFormat(Qt::RichText);")[1], ["Qt::RichText"])

    def test_no_text_of_a_server_is_rich(self):
        sources = sorted(UI.rglob("*.cpp"))
        self.assertGreater(len(sources), 100)
        found = {}
        for path in sources:
            bare, rich = faults(path.read_text(encoding="utf-8"))
            if path.name in OURS:
                rich = []
            if bare or rich:
                found[str(path.relative_to(UI))] = bare + rich
        self.assertEqual(found, {})


if __name__ == "__main__":
    unittest.main(verbosity=2, argv=sys.argv[:1])
