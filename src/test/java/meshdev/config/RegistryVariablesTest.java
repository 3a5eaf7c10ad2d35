package meshdev.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryVariablesTest {
    static Flags flag(String url) {
        return new Flags(false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(url),
                Optional.empty(), Optional.empty(), false, false, List.of(), List.of());
    }

    private static RegistryVariables capture(Map<String, String> environment, String dotEnv) {
        return RegistryVariables.capture(Flags.NONE, environment, DotEnv.parse(dotEnv, ".env"));
    }

    private static String fault(String name, String value) {
        return assertThrows(ConfigException.class, () -> capture(Map.of(name, value), "")).getMessage();
    }

    @Test
    void withoutAnyTheRegistryIsLocal() {
        RegistryVariables registry = capture(Map.of(), "");
        assertEquals(Sourced.builtIn("http://localhost:8000"), registry.url());
        assertEquals(Map.of("MCP_MESH_REGISTRY_URL", "http://localhost:8000", "MCP_MESH_REGISTRY_HOST", "localhost",
                "MCP_MESH_REGISTRY_PORT", "8000"), registry.values());
    }

    @ParameterizedTest
    @CsvSource({
            "http://reg:9000,            reg,       9000", "https://reg,                reg,       443",
            "HTTP://Reg/base?x=1,        reg,       80",   "http://my_reg:8000/,        my_reg,    8000",
            "http://[::1]:9000,          ::1,       9000", "http://u:p@w@reg:1,         reg,       1"})
    void hostAndPortAgreeWithTheUrl(String url, String host, String port) {
        Map<String, String> values = capture(Map.of("MCP_MESH_REGISTRY_URL", url, "MCP_MESH_REGISTRY_HOST", "other",
                "MCP_MESH_REGISTRY_PORT", "7"), "").values();
        assertEquals(Map.of("MCP_MESH_REGISTRY_URL", url, "MCP_MESH_REGISTRY_HOST", host,
                "MCP_MESH_REGISTRY_PORT", port), values);
    }

    @ParameterizedTest
    @CsvSource({"reg, 9000, http://reg:9000", "reg, '', http://reg:8000", "'', 9000, http://localhost:9000",
            "::1, 9000, http://[::1]:9000", "[::1], 9000, http://[::1]:9000"})
    void theUrlAgreesWithHostAndPort(String host, String port, String url) {
        RegistryVariables registry = capture(Map.of("MCP_MESH_REGISTRY_HOST", host, "MCP_MESH_REGISTRY_PORT", port), "");
        assertEquals(url, registry.url().value());
        assertEquals(url, registry.values().get("MCP_MESH_REGISTRY_URL"));
    }

    @Test
    void theFlagBeatsTheEnvironmentWhichBeatsTheFile() {
        Map<String, String> environment = Map.of("MCP_MESH_REGISTRY_URL", "http://env:2");
        String dotEnv = "MCP_MESH_REGISTRY_URL=http://file:3";
        assertEquals("http://file:3", capture(Map.of(), dotEnv).url().value());
        assertEquals("http://env:2", capture(environment, dotEnv).url().value());
        assertEquals("http://localhost:5", capture(Map.of("MCP_MESH_REGISTRY_PORT", "5"), dotEnv).url().value());
        RegistryVariables registry = RegistryVariables.capture(flag("http://flag:1"), environment, DotEnv.EMPTY);
        assertEquals(new Sourced<>("http://flag:1", Origin.flag("--registry-url")), registry.url());
        assertEquals("1", registry.values().get("MCP_MESH_REGISTRY_PORT"));
    }

    @Test
    void databaseVariablesArePassedOnWhenSet() {
        Map<String, String> values = capture(Map.of("MCP_MESH_DB_TYPE", "sqlite", "MCP_MESH_DATABASE_URL", ""),
                "MCP_MESH_DB_TYPE=postgres\nMCP_MESH_DB_PATH=/tmp/x.db").values();
        assertEquals("sqlite", values.get("MCP_MESH_DB_TYPE"));
        assertEquals("/tmp/x.db", values.get("MCP_MESH_DB_PATH"));
        assertFalse(values.containsKey("MCP_MESH_DATABASE_URL"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"reg:9000", "ftp://reg", "http://", "http://:80", "http://reg:0", "http://reg:65536",
            "http://reg:x", "http://re g", "http://reg:", "http://[::1", "http://r\u00e9g"})
    void aWrongUrlIsRefused(String url) {
        assertEquals("MCP_MESH_REGISTRY_URL: " + Quoted.of(url)
                + " is no registry address; use a URL such as http://localhost:8000", fault("MCP_MESH_REGISTRY_URL", url));
    }

    @Test
    void aWrongHostOrPortIsRefused() {
        assertEquals("MCP_MESH_REGISTRY_PORT: \"80a\" is no port; use a number from 1 to 65535",
                fault("MCP_MESH_REGISTRY_PORT", "80a"));
        assertEquals("MCP_MESH_REGISTRY_HOST: \"a/b\" is no host name; use one such as localhost, and"
                + " MCP_MESH_REGISTRY_URL for a whole URL", fault("MCP_MESH_REGISTRY_HOST", "a/b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://u:s3cr3t@reg:x", "u:s3cr3t@reg", "http://u:s3/s3cr3t@x:y", "ftp://s3cr3t@h",
            "http://u:a?s3cr3t@h:x", "http://h:x/?token=s3cr3t"})
    void userAndPasswordAreMasked(String url) {
        assertFalse(fault("MCP_MESH_REGISTRY_URL", url).contains("s3cr3t"), fault("MCP_MESH_REGISTRY_URL", url));
    }

    @Test
    void theCapturedValuesPrintNoSecrets() {
        RegistryVariables registry = capture(Map.of("MCP_MESH_REGISTRY_URL", "http://u:s3cr3t@reg:1/x",
                "MCP_MESH_DATABASE_URL", "postgres://s3cr3t"), "");
        assertEquals("http://***@reg:1/x", registry.displayUrl());
        assertFalse((registry + " " + registry.values()).contains("s3cr3t"));
    }
}
