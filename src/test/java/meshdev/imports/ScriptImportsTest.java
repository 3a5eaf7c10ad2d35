package meshdev.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptImportsTest {
    private static String read(String source) {
        SourceFacts facts = ScriptImports.of(source, name -> name.startsWith("@/"));
        StringBuilder said = new StringBuilder();
        facts.imports().forEach(one -> said.append(one.line()).append(one.module()).append(' '));
        facts.computed().forEach(one -> said.append(one.line()).append('?').append(one.what()).append(' '));
        return said.toString().trim();
    }

    @Test
    void everyFormOfImportIsFoundAndNothingElse() {
        String[][] table = {
            {"import x from './x'", "1./x"}, {"import {\n a,\n b as c } from \"../x.js\";", "3../x.js"}, {"import './x'", "1./x"},
            {"import d, * as e from './x'", "1./x"}, {"export * from './x'", "1./x"}, {"export * as n from './x'", "1./x"},
            {"export { a } from './x'", "1./x"}, {"export { a }; const y = './x'", ""}, {"export const a = './x'", ""},
            {"const x = require('./x')", "1./x"}, {"import x = require('./x')", "1./x"}, {"require.resolve('./x')", "1./x"},
            {"await import('./x')", "1./x"}, {"import(`./x`)", "1./x"}, {"import('./x', { with: {} })", "1./x"},
            {"import type { T } from './t'", ""}, {"import type T from './t'", ""}, {"export type { T } from './t'", ""},
            {"import type from './x'", "1./x"}, {"import { type T, v } from './x'", "1./x"}, {"import fs from 'fs'", ""},
            {"import a from '@/a'", "1?'@/a' by a mapping of names"}, {"import(name)", "1?import(name)"},
            {"require('./' + name)", "1?require(./+name)"}, {"import(`./${name}.js`)", "1?import(`./…`name`.js…`)"},
            {"// import './x'\n/* import './y'\n */ import './z'", "3./z"}, {"const s = \"import './x'\"", ""},
            {"`${ require('./x') } import './y'`", "1./x"}, {"const r = /import '.\\/x'[/']/; import './y'", "1./y"},
            {"a / b; import './y'; c / d", "1./y"}, {"x.require('./y'); x.import('./y')", ""}, {"import.meta.url", ""},
            {"function require(x) {}", ""}, {"import.meta.glob('./*.js')", "1?import.meta.glob()"},
            {"`${`${1}`}`; import './x'", "1./x"}, {"'unclosed\nimport './x'", "2./x"}, {"import {", ""}, {"", ""}};
        for (String[] row : table) {
            assertEquals(row[1], read(row[0]), row[0]);
        }
    }

    private final Tree tree = new Tree();

    private String files(String spec, String... present) {
        Tree project = new Tree();
        for (String file : present) {
            project.file(file);
        }
        ScriptResolver resolver = new ScriptResolver(project.folders, file -> file.startsWith(Tree.ROOT));
        Resolved resolved = resolver.resolve(Tree.ROOT.resolve("src/main.ts"), ScriptImports.of("import '" + spec + "'",
                name -> false));
        return Tree.shown(resolved.edges().stream().map(Edge::target).toList()) + (resolved.computed().isEmpty() ? "" : " ?");
    }

    @Test
    void namesAreFoundWithEndingsFoldersAndTheTypeScriptBehindThem() {
        assertEquals("src/x.ts", files("./x", "src/x.ts", "src/x/index.ts"));
        assertEquals("src/x.ts", files("./x.js", "src/x.ts"));
        assertEquals("src/x.mts", files("./x.mjs", "src/x.mts"));
        assertEquals("src/x.js src/x.ts", files("./x.js", "src/x.ts", "src/x.js"));
        assertEquals("lib/x/index.js", files("../lib/x", "lib/x/index.js"));
        assertEquals("src/index.ts", files(".", "src/index.ts"));
        assertEquals("src/a.service.ts", files("./a.service", "src/a.service.ts"));
        assertEquals("src/data.json", files("./data.json", "src/data.json"));
        assertEquals("lib/y/index.js ?", files("../lib/y", "lib/y/index.js", "lib/y/package.json"));
        assertEquals("", files("./none", "src/x.ts"));
        assertEquals("", files("../../../../../x", "src/x.ts"));
    }

    @Test
    void aFileThatIsCreatedIsWanted() {
        tree.file("src/main.ts", "import ./x.js", "import ./dir");
        Program program = new Program("a", Program.Language.SCRIPT, List.of(Tree.ROOT.resolve("src/main.ts")), List.of(),
                Map.of());
        Closure closure = tree.program(program).closure("a");
        for (String name : List.of("src/x.ts", "src/x.js", "src/dir.ts", "src/dir/index.ts")) {
            assertEquals(true, closure.wants(Tree.ROOT.resolve(name)).isPresent(), name);
        }
        assertEquals(false, closure.wants(Tree.ROOT.resolve("src/y.ts")).isPresent());
        tree.file("src/dir/index.ts");
        assertEquals("src/dir/index.ts src/main.ts", tree.files());
    }

    @Test
    void aConfigurationMapsNames(@TempDir Path root) throws IOException {
        Files.createDirectories(root.resolve("web/src/shared"));
        Files.writeString(root.resolve("base.json"),
                "{\"compilerOptions\": {\"paths\": {\"~/*\": [\"./*\"], \"one\": [\"./1\"]}}}");
        Files.writeString(root.resolve("web/tsconfig.json"),
                "{ // a comment\n \"extends\": \"../base\","
                        + " \"compilerOptions\": {\"baseUrl\": \"src\", \"paths\": {\"@app/*\": [\"x\"]}}}");
        TsConfig config = TsConfig.around(root.resolve("web/src"), root);
        for (String name : List.of("@app/x", "~/y", "one", "shared/x", "#inner")) {
            assertEquals(true, config.maps(name), name);
        }
        for (String name : List.of("react", "ones", "@apple/x")) {
            assertEquals(false, config.maps(name), name);
        }
        assertEquals(false, TsConfig.around(root, root).maps("one"));
    }
}
