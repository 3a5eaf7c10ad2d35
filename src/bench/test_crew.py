import unittest

from crew import sorted_out


class CrewTest(unittest.TestCase):
    def test_a_runner_that_does_not_serve_stands_by(self):
        told = {1: (["java", "-jar"], False), 2: (["python", "/x/lib/runner.py", "agent.py"], True),
                3: (["python", "/x/lib/runner.py", "agent.py"], True), 4: (["sh", "guardian.sh"], False), 5: (["child"], True)}
        self.assertEqual(sorted_out(told, theirs={2}), ({1, 4}, {2, 5}, {3}))

    def test_what_came_from_an_agent_is_the_agents(self):
        self.assertEqual(sorted_out({1: (["entr"], False), 2: (["python"], False), 3: (["sh"], False)}, theirs={2, 3}),
                         ({1}, {2, 3}, set()))


if __name__ == "__main__":
    unittest.main()
