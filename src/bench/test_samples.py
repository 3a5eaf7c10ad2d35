import unittest

from samples import quantile, ratio, summary


class SamplesTest(unittest.TestCase):
    def test_summary_leaves_out_what_is_missing(self):
        self.assertEqual(summary([3.0, None, 1.0, 2.0]), (3, 2.0, 3.0, 1.0, 3.0))

    def test_nothing_has_no_summary(self):
        self.assertIsNone(summary([None]))

    def test_nine_of_ten_stay_at_or_below_p90(self):
        self.assertEqual(quantile(list(range(1, 11)), 0.9), 9)
        self.assertEqual(quantile([5], 0.9), 5)

    def test_a_ratio_needs_both(self):
        self.assertEqual(ratio(1, 4), 0.25)
        self.assertIsNone(ratio(None, 4))
        self.assertIsNone(ratio(1, 0))


if __name__ == "__main__":
    unittest.main()
