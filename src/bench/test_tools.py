import os
import stat
import tempfile
import unittest

from tools import Tool, Watchfiles, chosen, interpreter_of


class ToolsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def install(self, name, text="#!/bin/sh\n"):
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write(text)
        os.chmod(path, stat.S_IRWXU)
        return path

    def test_a_word_with_spaces_stays_one_word(self):
        tool = Tool("x", "x --exec {run} -- {agents}")
        self.assertEqual(tool.command({"run": "python 'a b'"}, ["one", "two"]),
                         ["x", "--exec", "python 'a b'", "--", "one", "two"])
        self.assertTrue(tool.takes_many)

    def test_what_is_missing_is_named_and_left_out(self):
        self.install("entr")
        tools, skipped = chosen(["entr", "nodemon", "nonsense"], [], self.folder)
        self.assertEqual([tool.name for tool in tools], ["entr"])
        self.assertIn("nodemon: skipped, nodemon is not on PATH", skipped[0])
        self.assertIn("nonsense: not known", skipped[1])

    def test_a_tool_of_ones_own_takes_part(self):
        mine = self.install("mine")
        tools, _ = chosen([], ["mine=%s {agent}" % mine], self.folder)
        self.assertEqual([tool.name for tool in tools], ["mine"])

    def test_only_mesh_dev_is_ours(self):
        self.assertEqual([Tool(name, "x").ours for name in ("mesh-dev-refresh", "entr")], [True, False])

    def test_watchfiles_is_called_through_its_api_for_another_quiet_time(self):
        self.install("watchfiles", "#!/venv/bin/python3\n")
        fields = dict(run="python a.py", folder="/f", path=self.folder)
        self.assertEqual(Watchfiles().command(dict(fields, debounce=50), [])[0], "watchfiles")
        command = Watchfiles().command(dict(fields, debounce=500), [])
        self.assertEqual((command[0], command[3:]), ("/venv/bin/python3", ["/f", "python a.py", "500"]))

    def test_the_interpreter_of_a_script_is_in_its_first_line(self):
        self.assertEqual(interpreter_of(self.install("a", "#!/usr/bin/python3 -s\n")), "/usr/bin/python3")


if __name__ == "__main__":
    unittest.main()
