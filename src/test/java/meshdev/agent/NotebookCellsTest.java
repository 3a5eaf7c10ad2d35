package meshdev.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotebookCellsTest {
    @Test
    void onlyCodeCellsCountInTheirOrder() {
        assertEquals("a = 1\nb = \"é\"\nc\n", NotebookCells.of("""
                {"metadata": {"source": "no", "n": [1, -2.5e3, true, null]},
                 "cells": [
                  {"cell_type": "markdown", "source": ["no"]},
                  {"cell_type": "code", "outputs": [{"data": {"text/plain": ["no"]}, "output_type": "x"}],
                   "source": ["a = 1\\n", "b = \\"\\u00e9\\""]},
                  {"source": "c", "cell_type": "code"}]}"""));
    }

    @Test
    void theOlderFormatHasSheetsAndInput() {
        assertEquals("x\n", NotebookCells.of(
                "{\"worksheets\": [{\"cells\": [{\"cell_type\": \"code\", \"input\": [\"x\"], \"language\": \"python\"}]}]}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[", "{\"", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":}", "[1 2", "]", "{\"a\": [}", "\"\\u12", "x", "{]", "[}", "[{}}"})
    void brokenJsonHasNoCellsAndEnds(String json) {
        assertEquals("", NotebookCells.of(json));
    }

    @Test
    void deepNestingEnds() {
        assertEquals("", NotebookCells.of("[".repeat(200_000)));
    }
}
