package meshdev.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a program does to save a file, that is one reload, of the final content. */
final class SavePatternsIT extends BlackBox {
    /** Rows that run a program which a machine may lack. */
    private static final Pattern REAL_PROGRAM = Pattern.compile("(rsync|nano|vim|patch).*|emacs");
    private static final String EDIT = "-c '%s/^# version 1$/# version 2/' ";

    /** {@code $1} is the agent's file, {@code $2} a file outside the project with the new content. */
    static Stream<Arguments> saves() {
        return Stream.of(
                save("vim", "vim -es -N -u NONE " + EDIT + "-c wq \"$1\""),
                save("vim as it is set up here", "vim -es " + EDIT + "-c wq \"$1\""),
                save("vim backupcopy=yes", "vim -es -N -u NONE -c 'set backupcopy=yes' " + EDIT + "-c wq \"$1\""),
                save("vim backupcopy=no", "vim -es -N -u NONE -c 'set backupcopy=no' " + EDIT + "-c wq \"$1\""),
                save("vim with a swap file and backup", "vim -es -N -u NONE -c 'set swapfile backup' " + EDIT + "-c wq \"$1\""),
                save("vim without an edit", "vim -es -N -u NONE -c w -c q \"$1\""),
                save("sed -i", "sed -i 's/^# version 1$/# version 2/' \"$1\""),
                save("cp", "cp \"$2\" \"$1\""),
                save("mv", "mv \"$2\" \"$1\""),
                save("shell redirection", "cat \"$2\" >\"$1\""),
                save("python open('w')", python("open(f,'w').write(new)")),
                save("python, small flushes", python("o=open(f,'w'); [(o.write(c),o.flush()) for c in new.splitlines(True)]; o.close()")),
                save("VS Code in place", python("d=os.open(f,os.O_WRONLY|os.O_TRUNC); os.write(d,new.encode()); os.fdatasync(d); os.close(d)")),
                save("VS Code atomic", python("t=f+'.vsctmp'; open(t,'w').write(new); os.rename(t,f)")),
                save("JetBrains safe write", python("t=f+'___jb_tmp___'; b=f+'___jb_old___'; open(t,'w').write(new);"
                        + " os.rename(f,b); os.rename(t,f); os.remove(b)")),
                save("emacs", "emacs -Q --batch \"$1\" --eval '(progn (search-forward \"version 1\")"
                        + " (replace-match \"version 2\") (save-buffer))'"),
                save("nano", "cd \"${1%/*}\"; python3 -c \"" + NANO + "\" orders.py"),
                save("emacs with a lock and a backup", python("d=os.path.dirname(f); l=d+'/.#orders.py'; os.symlink('me@host.1:2',l); os.rename(f,f+'~');"
                        + " open(f,'w').write(new); os.remove(l)")),
                save("install", "install -m 644 \"$2\" \"$1\""),
                save("tar x", "cd \"${2%/*}\"; mkdir t; cp fresh.py t/orders.py; tar -C t -cf a.tar orders.py; tar -C \"${1%/*}\" -xmf a.tar"),
                save("ln -f", "cp \"$2\" \"${1%/*}/../linked\"; ln -f \"${1%/*}/../linked\" \"$1\""),
                save("rm and write", "rm \"$1\"; cp \"$2\" \"$1\""),
                save("rsync", "rsync -I \"$2\" \"$1\""),
                save("rsync --inplace", "rsync -I --inplace \"$2\" \"$1\""),
                save("patch", "diff -u \"$1\" \"$2\" >\"${2%/*}/d\" || true; patch -s \"$1\" \"${2%/*}/d\""),
                save("git checkout-like", "rm \"$1\"; cp \"$2\" \"$1.lock\"; mv \"$1.lock\" \"$1\""),
                save("slow write of chunks", python("o=open(f,'w'); n=len(new)//6+1\n"
                        + "for i in range(0,len(new),n): o.write(new[i:i+n]); o.flush(); time.sleep(0.12)")),
                save("mv and chmod, as safe-saving editors", "cp \"$2\" \"$1.new\"; chmod 755 \"$1.new\"; mv \"$1.new\" \"$1\""),
                save("rm, a moment, write", "rm \"$1\"; sleep 0.05; cp \"$2\" \"$1\""),
                save("the same content again", "cp \"$1\" \"$2\"; cat \"$2\" >\"$1\""),
                save("an old date", "cp -p \"$2\" \"$1\"; touch -d 2001-02-03 \"$1\""),
                save("memory map", python("import mmap; d=os.open(f,os.O_RDWR); m=mmap.mmap(d,0); i=m.find(b'version 1'); m[i+8:i+9]=b'2'; m.flush(); m.close(); os.close(d)")),
                save("touch", "touch \"$1\""));
    }

    /** Types into nano as a user does, at a terminal of its own. */
    private static final String NANO = """
            import os, pty, sys
            pid, fd = pty.fork()
            if pid == 0:
                os.environ['TERM'] = 'xterm'
                os.execvp('nano', ['nano', '-I', sys.argv[1]])
            seen = b''
            def until(text):
                global seen
                while text not in seen:
                    seen += os.read(fd, 4096)
            until(b'version')
            os.write(fd, b'# edited\\r\\x0f\\r')
            until(b'Wrote')
            os.write(fd, b'\\x18')
            try:
                while os.read(fd, 4096):
                    pass
            except OSError:
                pass
            """;

    private static Arguments save(String by, String script) {
        return Arguments.of(by, script);
    }

    private static String python(String code) {
        return "python3 -c \"import os,sys,time; f,n=sys.argv[1:3]; new=open(n).read(); exec(sys.argv[3])\" \"$1\" \"$2\" \""
                + code + "\"";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("saves")
    void oneSaveIsOneReloadOfTheFinalContent(String by, String script) {
        Assumptions.assumeTrue(!REAL_PROGRAM.matcher(by).matches() || Files.isExecutable(Path.of("/usr/bin", by.split(" ")[0])));
        JournalAgent agent = project.agent("orders");
        project.with(agent).write(".meshwatch", TestProject.RULES.replace("reload_delay: 100", "reload_delay: 300"));
        TestProject.write(project.outside("new/fresh.py"), agent.version(2).source());
        MeshDev meshDev = project.startReady("orders");
        project.shell(script, agent.file().toString(), project.outside("new/fresh.py").toString());
        meshDev.awaitReloads("orders", 1);
        project.assertNoStart("orders", 2);
        assertEquals(1, meshDev.reloads("orders"), meshDev::output);
        assertEquals(TestProject.sha(agent.file()), journal().lastStart("orders").sha(), "what runs is what was saved");
        journal().assertNeverTwoAtOnce("orders");
    }

    /** Reading, permissions, attributes, an editor that is only opened: none of these saves. */
    @Test
    void whatIsNoSaveReloadsNothing() {
        JournalAgent agent = project.agent("orders");
        project.with(agent).write("agents/__pycache__/keep", "");
        MeshDev meshDev = project.startReady("orders");
        Patience.until("native events", () -> project.log().contains("watch mode: native"), project::log);
        project.shell("chmod 755 \"$1\"; chmod 755 \"$1\"; cat \"$1\" >/dev/null; setfattr -n user.x -v 1 \"$1\" || true;"
                + " cp \"$1\" \"$1~\"; ln -s me@host.1:2 \"${1%/*}/.#orders.py\"; echo >\"${1%/*}/.orders.py.swp\";"
                + " echo >\"${1%/*}/__pycache__/orders.pyc\"; rm \"${1%/*}/.orders.py.swp\" \"${1%/*}/.#orders.py\"", agent.file().toString());
        project.assertNoStart("orders", 1);
        assertEquals(0, meshDev.count("Reloading"), meshDev::output);
    }

    @Test
    void aThousandReplacementsAsFastAsPossibleEndWithTheLastContent() {
        JournalAgent agent = project.agent("orders");
        project.with(agent);
        MeshDev meshDev = project.startReady("orders");
        project.shell(python("for i in range(1000): open(f + '.tmp','w').write(new + '# %d' % i); os.rename(f + '.tmp', f)"),
                agent.file().toString(), agent.file().toString());
        assertTheLastContentRuns(meshDev, agent);
    }

    @Test
    void twentyFiveSavesWithinASecondAreOneReloadOfTheLast() {
        JournalAgent agent = project.agent("orders");
        project.with(agent).write(".meshwatch", TestProject.RULES.replace("reload_delay: 100", "reload_delay: 300"));
        MeshDev meshDev = project.startReady("orders");
        project.shell("for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do"
                + " echo \"# save $i\" >>\"$1\"; sleep 0.03; done", agent.file().toString());
        meshDev.awaitReloads("orders", 1);
        project.assertNoStart("orders", 2);
        assertEquals(TestProject.sha(agent.file()), journal().lastStart("orders").sha());
    }

    @Test
    void aThousandSavesAsFastAsPossibleEndWithTheLastContent() {
        JournalAgent agent = project.agent("orders");
        project.with(agent);
        MeshDev meshDev = project.startReady("orders");
        project.shell(python("for i in range(1000): open(f,'w').write(new + '# %d' % i)"), agent.file().toString(),
                agent.file().toString());
        assertTheLastContentRuns(meshDev, agent);
    }

    private void assertTheLastContentRuns(MeshDev meshDev, JournalAgent agent) {
        meshDev.awaitReloads("orders", 1);
        Patience.until("the last content runs", () -> journal().lastStart("orders").sha().equals(TestProject.sha(agent.file())),
                meshDev::output);
        project.assertNoStart("orders", journal().starts("orders").size());
        assertEquals(true, journal().starts("orders").size() <= 3, journal()::text);
        journal().assertNeverTwoAtOnce("orders");
    }
}
