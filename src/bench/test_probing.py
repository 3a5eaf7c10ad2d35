import unittest

from probing import Answer, Probe, down_ms, outage_ms, parse
from stale import launches_of

MS = 1000000


def probes(*seen):
    """Pairs of a time in ms and a generation; None for nobody."""
    return [Probe(at * MS, None if generation is None else Answer(generation, 0, 1)) for at, generation in seen]


class ProbingTest(unittest.TestCase):
    def test_an_outage_is_from_the_last_old_answer_to_the_first_new_one(self):
        self.assertEqual(outage_ms(probes((0, 1), (10, 1), (20, None), (35, 2), (40, 2)), 2), 25)

    def test_an_outage_without_one_end_is_unknown(self):
        self.assertIsNone(outage_ms(probes((0, None), (5, 2)), 2))
        self.assertIsNone(outage_ms(probes((0, 1), (5, None)), 2))

    def test_a_generation_in_between_is_an_old_one(self):
        self.assertEqual(outage_ms(probes((0, 1), (10, 2), (30, 3)), 3), 20)

    def test_nothing_was_down_when_every_question_was_answered(self):
        self.assertEqual(down_ms(probes((0, 1), (50, 1), (90, 2))), 0)
        self.assertEqual(down_ms([]), 0)

    def test_down_is_between_answers_with_a_failure_in_between(self):
        self.assertEqual(down_ms(probes((0, 1), (10, None), (20, None), (30, 1), (40, 1), (50, None), (65, 2))), 30 + 25)

    def test_what_stays_down_counts_to_the_last_question(self):
        self.assertEqual(down_ms(probes((0, 1), (10, None), (70, None))), 70)

    def test_an_answer_is_read(self):
        self.assertEqual(parse(b'HTTP/1.0 200 OK\r\nA: b\r\n\r\n{"generation": 7, "first": 5, "pid": 3}'), (7, 5, 3))
        with self.assertRaises(ValueError):
            parse(b"HTTP/1.0 500 No\r\n\r\n{}")
        with self.assertRaises(ValueError):
            parse(b"")


class StaleTest(unittest.TestCase):
    def test_a_launch_is_stale_when_an_edit_was_saved_before_its_first_line(self):
        saved = [(100, 2), (200, 3)]
        seen = [Probe(90, Answer(1, 10, 1)), Probe(150, Answer(2, 110, 2)),
                Probe(250, Answer(2, 210, 3)), Probe(260, Answer(2, 210, 3))]
        self.assertEqual(launches_of(seen, saved), (2, 1))

    def test_newer_code_than_was_there_at_the_first_line_is_not_stale(self):
        self.assertEqual(launches_of([Probe(300, Answer(3, 150, 2))], [(100, 2), (200, 3)]), (1, 0))


if __name__ == "__main__":
    unittest.main()
