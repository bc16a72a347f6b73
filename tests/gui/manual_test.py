"""The manual page says what the program does: every option, every variable, and the exit statuses as they come."""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "packaging/linux/tidemark.1").read_text().replace("\\-", "-")


class Manual(unittest.TestCase):
    def run_program(self, *arguments):
        with tempfile.TemporaryDirectory() as folder:
            environment = {name: value for name, value in os.environ.items() if not name.startswith("MCLI_")}
            folders = ["--config-dir", folder + "/config", "--data-dir", folder + "/data"]
            return subprocess.run([os.environ["TIDEMARK"], *folders, *arguments], capture_output=True, text=True,
                                  timeout=60, env={**environment, "QT_QPA_PLATFORM": "offscreen"})

    def test_options(self):
        told = self.run_program("--help").stdout
        options = set(re.findall(r"(--[a-z][a-z-]+)", told)) - {"--help-all"}
        self.assertGreater(len(options), 5)
        self.assertEqual({one for one in options if one not in PAGE}, set())

    def test_variables(self):
        source = (ROOT / "app/connection/mongocli_settings.cpp").read_text()
        names = re.findall(r'QStringLiteral\("([a-z_]+)"\)', source.split("mongocliSettingNames()")[1].split("}")[0])
        self.assertGreater(len(names), 5)
        self.assertEqual({name for name in names if "MCLI_" + name.upper() not in PAGE}, set())

    def test_exit_statuses(self):
        status = PAGE.split(".SH EXIT STATUS")[1]
        missing = self.run_program("--connection", "Nope")
        self.assertEqual(missing.returncode, 2)
        self.assertIn("Nope", missing.stderr)
        self.assertIn("2 when what the command line asks for is not there, as a connection of that name", status)
        self.assertEqual(self.run_program("--nope").returncode, 1)
        self.assertIn("1 when an option is unknown", status)
        self.assertEqual(self.run_program("--version").returncode, 0)


if __name__ == "__main__":
    unittest.main()
