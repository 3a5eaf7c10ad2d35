import unittest

from meshdev_log import fallback_of, reload_of, was_warm


class ReloadLineTest(unittest.TestCase):
    def test_phases_are_told_in_their_order(self):
        reload = reload_of("mesh-dev | Reload completed: orders in 612 ms "
                           "(detect 2, quiet 500, check 4, warm 0, stop 31, start 63, ready 14)")
        self.assertEqual((reload.agent, reload.took_ms), ("orders", 612))
        self.assertEqual(list(reload.phases), ["detect", "quiet", "check", "warm", "stop", "start", "ready"])
        self.assertEqual(reload.phases["quiet"], 500)
        self.assertTrue(was_warm(reload))

    def test_without_a_successor_it_is_not_warm(self):
        self.assertFalse(was_warm(reload_of("mesh-dev | Reload completed: a in 1.2 s (quiet 500, stop 1)")))

    def test_seconds_are_milliseconds_too(self):
        self.assertEqual(reload_of("mesh-dev | Reload completed: a in 1.2 s (quiet 500)").took_ms, 1200)

    def test_words_that_are_no_phase_are_left_out(self):
        self.assertEqual(reload_of("mesh-dev | Reload completed: a in 1 s (quiet 5, no successor: x, stop 7 ms)").phases,
                         {"quiet": 5, "stop": 7})
        self.assertEqual(reload_of("mesh-dev | Reload completed: a in 9 ms").phases, {})

    def test_a_fallback_tells_its_reason(self):
        self.assertEqual(fallback_of("mesh-dev | refresh of a falls back to restart: it holds a lock"), "it holds a lock")
        self.assertIsNone(fallback_of("a        | refresh of a falls back to restart: it holds a lock"))

    def test_an_agent_cannot_forge_it(self):
        self.assertIsNone(reload_of("orders   | Reload completed: orders in 1 ms (quiet 1)"))
        self.assertIsNone(reload_of("mesh-dev | Reloading orders: orders.py changed"))


if __name__ == "__main__":
    unittest.main()
