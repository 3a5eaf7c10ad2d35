package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of a notebook only its code reloads it. */
final class NotebookReloadIT extends BlackBox {

    @BeforeEach
    void watchNotebooks() {
        project.write(".meshwatch", TestProject.RULES.replace("include: [", "include: [\"agents/*.ipynb\", "));
    }

    /** A notebook agent whose code is that of a journal agent. */
    private void save(int version, String output, String text) {
        String code = project.agent("orders", "agents/orders.ipynb").version(version).source();
        project.write("agents/orders.ipynb", """
                {"cells": [
                  {"cell_type": "markdown", "metadata": {}, "source": ["%s"]},
                  {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [{"output_type": "stream", "name": "stdout",
                   "text": ["%s"]}], "source": "%s"}],
                 "metadata": {"kernelspec": {"language": "python", "name": "python3"}}, "nbformat": 4, "nbformat_minor": 5}
                """.formatted(text, output, code.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")));
    }

    @Test
    void outputsAndTextAloneReloadNothingAndTheCodeDoes() {
        save(1, "1", "# Orders");
        MeshDev meshDev = project.startReady("orders");
        save(1, "2", "# Orders, explained");
        meshDev.await("Not reloading orders: agents/orders.ipynb changed, but nothing that runs");
        project.assertNoStart("orders", 1);
        save(2, "2", "# Orders, explained");
        meshDev.awaitReloads("orders", 1);
        assertEquals("orders 2", TestProject.ask(journal().lastPort("orders")));
        save(2, "3", "# Orders");
        meshDev.await("Not reloading orders", 2);
        project.assertNoStart("orders", 2);
    }

    @Test
    void aNotebookThatIsSavedHalfIsShownAndTheRunningOneServesOn() {
        save(1, "1", "# Orders");
        MeshDev meshDev = project.startReady("orders");
        project.write("agents/orders.ipynb", "{\"cells\": [\n  {\"cell_type\": \"co");
        meshDev.await("orders is not reloaded, waiting for a fix; the running one serves on: agents/orders.ipynb:2: not a notebook: ");
        save(2, "1", "# Orders");
        meshDev.awaitReloads("orders", 1);
        project.assertNoStart("orders", 2);
    }

    @Test
    void aBrokenCellIsShownAndTheRunningOneServesOn() {
        save(1, "1", "# Orders");
        MeshDev meshDev = project.startReady("orders");
        project.write("agents/orders.ipynb", """
                {"cells": [{"cell_type": "code", "source": "x = 1"}, {"cell_type": "code", "source": "y = 2\\ndef f(:"}], "nbformat": 4}
                """);
        meshDev.await("orders is not reloaded, waiting for a fix; the running one serves on: agents/orders.ipynb[cell 2]:2: SyntaxError");
        project.assertNoStart("orders", 1);
    }
}
