package meshdev.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import meshdev.agent.ScriptTokens;
import meshdev.agent.ScriptTokens.Kind;
import meshdev.agent.ScriptTokens.Token;

/** Finds the imports of one JavaScript or TypeScript file. Never fails: what it does not understand it passes over. */
final class ScriptImports {
    private static final Token END = new Token(Kind.MARK, "", 0);

    private final List<Token> tokens;
    private final Predicate<String> mapped;
    private final List<SourceFacts.Import> imports = new ArrayList<>();
    private final List<SourceFacts.Computed> computed = new ArrayList<>();

    /** @param mapped whether a name that is no path may stand for a file of the project */
    private ScriptImports(String source, Predicate<String> mapped) {
        this.tokens = ScriptTokens.of(source);
        this.mapped = mapped;
    }

    static SourceFacts of(String source, Predicate<String> mapped) {
        ScriptImports reader = new ScriptImports(source, mapped);
        for (int i = 0; i < reader.tokens.size(); i++) {
            reader.read(i);
        }
        return new SourceFacts(reader.imports, List.of(), List.of(), reader.computed, List.of(), false);
    }

    private void read(int i) {
        Token word = token(i);
        if (word.kind() != Kind.WORD || token(i - 1).is(".") || token(i - 1).is("function")) {
            return;
        }
        switch (word.text()) {
            case "import" -> statementOrCall(i);
            case "export" -> export(i);
            case "require" -> require(i);
            default -> { }
        }
    }

    private void statementOrCall(int i) {
        if (token(i + 1).is("(")) {
            call(i, i + 2);
        } else if (token(i + 1).is(".") && token(i + 3).is(".") && token(i + 4).text().startsWith("glob")) {
            computed.add(new SourceFacts.Computed(token(i).line(), "import.meta.glob()"));
        } else if (token(i + 1).kind() == Kind.LITERAL) {
            found(token(i + 1));
        } else if (!isOfTypes(i + 1)) {
            from(i + 1);
        }
    }

    private void export(int i) {
        if (!isOfTypes(i + 1) && (token(i + 1).is("*") || token(i + 1).is("{"))) {
            from(i + 1);
        }
    }

    private void require(int i) {
        if (token(i + 1).is("(")) {
            call(i, i + 2);
        } else if (token(i + 1).is(".") && token(i + 2).is("resolve") && token(i + 3).is("(")) {
            call(i, i + 4);
        } else if (token(i + 1).is(".") && token(i + 2).is("context")) {
            computed.add(new SourceFacts.Computed(token(i).line(), "require.context()"));
        }
    }

    /** {@code type} may also be a name that is imported. */
    private boolean isOfTypes(int i) {
        Token next = token(i + 1);
        return token(i).is("type") && (next.is("{") || next.is("*") || next.kind() == Kind.WORD && !next.is("from"));
    }

    private void call(int i, int argument) {
        Token after = token(argument + 1);
        if (token(argument).kind() == Kind.LITERAL && (after.is(")") || after.is(","))) {
            found(token(argument));
        } else if (!token(argument).is(")")) {
            computed.add(new SourceFacts.Computed(token(i).line(), token(i).text() + "(" + words(argument) + ")"));
        }
    }

    private String words(int start) {
        StringBuilder words = new StringBuilder();
        for (int i = start; i < start + 8 && i < tokens.size() && !token(i).is(")"); i++) {
            words.append(token(i).kind() == Kind.OPAQUE ? "`" + token(i).text() + "…`" : token(i).text());
        }
        return words.length() > 40 ? words.substring(0, 40) + "…" : words.toString();
    }

    /** Only names, commas, stars and braces stand between the keyword and its {@code from}. */
    private void from(int start) {
        for (int i = start; i < tokens.size(); i++) {
            Token token = token(i);
            if (token.is("from") && token(i + 1).kind() == Kind.LITERAL) {
                found(token(i + 1));
                return;
            }
            boolean name = token.kind() == Kind.WORD || token.kind() == Kind.LITERAL;
            if (!name && !token.is("{") && !token.is("}") && !token.is(",") && !token.is("*")) {
                return;
            }
        }
    }

    private void found(Token name) {
        String text = name.text();
        if (text.startsWith(".") || text.startsWith("/")) {
            imports.add(new SourceFacts.Import(name.line(), 0, text, List.of()));
        } else if (mapped.test(text)) {
            computed.add(new SourceFacts.Computed(name.line(), "'" + text + "' by a mapping of names"));
        }
    }

    private Token token(int i) {
        return i >= 0 && i < tokens.size() ? tokens.get(i) : END;
    }
}
