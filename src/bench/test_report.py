import unittest
import xml.etree.ElementTree

import cost_tables
import plot
import reload_tables
import report
from tables import Table, number

MACHINE = dict(cpu="Some <CPU> & more", cores=2, kernel="Linux", java="java 17", python=["Python 3"], tools={"entr": "5"})


def record(tool, quiet, *serving, **more):
    rounds = [dict(first=time - 5, serving=time, outage=20, **more) for time in serving]
    return dict(tool=tool, agent="tiny", debounce=50, quiet=quiet, ours=tool.startswith("mesh-dev"), saves=1, rounds=rounds,
                broken=[])


def results(*records, **more):
    return dict(machine=MACHINE, reload=list(records), **more)


class ReportTest(unittest.TestCase):
    def test_ratios_are_to_the_best_peer_that_waits_as_long(self):
        table = reload_tables.reloads(results(record("entr", 0, 80), record("nodemon", 50, 200), record("watchexec", 50, 160),
                                              record("mesh-dev", 50, 120)))[0]
        row = next(row for row in table.rows if row[0] == "mesh-dev")
        self.assertEqual(row[8:11], ["0.75×", "70", "0.88×"])
        self.assertEqual(next(row for row in table.rows if row[0] == "entr")[8:11], ["-", "80", "1.00×"])

    def test_the_agents_own_end_is_no_fault_of_the_tool(self):
        ends = [dict(agent="tiny", first=1, serving=2, ending=15)]
        table = reload_tables.reloads(results(record("mesh-dev", 50, 120), alone=ends))[0]
        self.assertEqual(table.rows[0][11:14], ["20", "20", "5"])

    def test_a_lost_round_is_counted_and_not_averaged(self):
        lost = record("nodemon", 50, 200)
        lost["rounds"].append(dict(first=None, serving=None, outage=None))
        row = reload_tables.reloads(results(lost))[0].rows[0]
        self.assertEqual(row[2:6], ["1", "1", "195", "200"])

    def test_a_tool_that_never_served_has_a_row(self):
        row = reload_tables.reloads(results(record("nodemon", 50)))[0].rows[0]
        self.assertEqual(row[:6], ["nodemon", "50", "0", "0", "-", "-"])

    def test_warm_rounds_stand_by_themselves_when_not_all_were(self):
        mixed = record("mesh-dev-refresh", 50, 60, warm=True, phases={"warm": 1.0})
        mixed["rounds"] += record("", 50, 300, warm=False, phases={"stop": 4.0})["rounds"]
        rows = reload_tables.reloads(results(mixed))[0].rows
        self.assertEqual([(row[0], row[5], row[-1]) for row in rows],
                         [("mesh-dev-refresh, warm only", "60", "1/1"), ("mesh-dev-refresh", "180", "1/2")])

    def test_phases_are_whatever_mesh_dev_told(self):
        table = reload_tables.phases(results(record("mesh-dev", 50, 60, 70, warm=True, phases={"detect": 3.0, "warm": 1.0})))
        self.assertEqual(table.headers[2:], ["detect", "warm"])
        self.assertEqual(table.rows[0][2:], ["3", "1"])

    def test_a_fallback_of_refresh_is_told_once_with_its_reason(self):
        whole = dict(record("mesh-dev-refresh", 50, 60), fallbacks=["it holds a lock", "it holds a lock"])
        self.assertEqual([row[2] for row in reload_tables.fallbacks(results(whole)).rows], ["it holds a lock"])

    def test_a_broken_save_tells_for_how_long_nothing_served(self):
        whole = record("nodemon", 50, 200)
        whole["broken"] = [dict(down_while_broken=0, down_until_mended=20), dict(down_while_broken=900, down_until_mended=1100)]
        self.assertEqual(reload_tables.broken(results(whole)).rows[0][2:], ["2", "1", "450", "900", "560", "1100"])

    def test_memory_tells_what_each_further_agent_costs(self):
        rows = [dict(tool="mesh-dev", agents=count, tool_mb=mb, agents_mb=0, standbys_mb=0, standbys=0, processes=2)
                for count, mb in ((1, 50.0), (3, 54.0), (10, 61.0))]
        self.assertEqual([row[3] for row in cost_tables.footprint(dict(footprint=rows)).rows], ["-", "2.00", "1.00"])

    def test_cold_starts_are_compared_with_nodemon(self):
        starts = [dict(tool=tool, ours=tool == "mesh-dev", first=1, serving=time)
                  for tool, time in (("nodemon", 200), ("entr", 100), ("mesh-dev", 150))]
        rows = {row[0]: row[-2:] for row in cost_tables.cold(dict(cold=starts)).rows}
        self.assertEqual(rows["mesh-dev"], ["1.50×", "0.75×"])

    def test_tables_without_rows_are_left_out(self):
        self.assertEqual([table.title for table in report.tables(results(record("nodemon", 50, 1)))],
                         ["Save to serving: tiny agent, 50 ms quiet time, one save"])

    def test_text_and_markdown_tell_the_machine(self):
        for made in (report.text(results()), report.markdown(results())):
            self.assertIn("Some <CPU> & more, 2 cores", made)


class TableTest(unittest.TestCase):
    def test_columns_line_up(self):
        self.assertEqual(Table("T", ["tool", "ms"], [["a", "7"], ["long", "1234"]]).text(),
                         "T\n----------\ntool    ms\na        7\nlong  1234\n")

    def test_a_pipe_does_not_end_a_cell_of_markdown(self):
        self.assertIn("| a\\|b |", Table("T", ["tool"], [["a|b"]]).markdown())

    def test_unknown_is_a_dash(self):
        self.assertEqual((number(None), number(1.25, 1)), ("-", "1.2"))


class PlotTest(unittest.TestCase):
    def test_it_is_well_formed_and_names_every_tool(self):
        svg = plot.svg(results(record("a<b", 0, 80), record("mesh-dev", 50, 120, 130), record("never", 50)))
        texts = [element.text for element in xml.etree.ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
        self.assertIn("a<b", texts)
        self.assertIn("mesh-dev", texts)
        self.assertNotIn("never", texts)
        self.assertIn("prefers-color-scheme: dark", svg)

    def test_lines_are_at_round_distances(self):
        self.assertEqual([plot.step_for(value) for value in (5, 100, 260, 700, 2600)], [1, 20, 50, 200, 500])


if __name__ == "__main__":
    unittest.main()
