package dev.lowgear.launcher.staging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

class SecretsTest {
    private static final Pattern NEEDED = Pattern.compile("\\$\\{([A-Z0-9_]+):\\?");
    private static final Pattern ANY = Pattern.compile("\\$\\{([A-Z0-9_]+)(:[?-])?");

    @TempDir Path folder;

    @Test
    void writesEveryVariableThatTheSystemNeeds() throws Exception {
        assertThat(run()).isZero();
        var written = written();
        var compose = new ComposeFile().text;
        assertThat(NEEDED.matcher(compose).results().map(match -> match.group(1)))
                .isNotEmpty()
                .isSubsetOf(written.keySet());
        assertThat(ANY.matcher(compose).results().filter(match -> match.group(2) == null))
                .as("each has a default or says what to run")
                .isEmpty();
        assertThat(written.values()).allMatch(value -> !value.isBlank());
    }

    @Test
    void theHashIsThatOfTheKey() throws Exception {
        assertThat(run()).isZero();
        var written = written();
        var key = written.getOrDefault("LOWGEAR_API_KEY", "").getBytes(StandardCharsets.UTF_8);
        assertThat(written.get("LOWGEAR_API_KEY_SHA256"))
                .isEqualTo(
                        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key)));
        assertThat(written.get("LOWGEAR_KAFKA_CLUSTER_ID")).matches("[A-Za-z0-9]{22}");
    }

    @Test
    void onlyTheOwnerMayReadThem() throws Exception {
        assertThat(run()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void neverReplacesThem() throws Exception {
        assertThat(run()).isZero();
        var before = Files.readString(file());
        assertThat(run()).isEqualTo(2);
        assertThat(Files.readString(file())).isEqualTo(before);
    }

    @Test
    void gitIgnoresThem() {
        assertThat(ComposeFile.read(ComposeFile.HOME.resolve(".gitignore")).lines())
                .contains(".env");
    }

    private Path file() {
        return folder.resolve(".env");
    }

    private int run() throws Exception {
        var script = ComposeFile.HOME.resolve("infra/staging/secrets").toString();
        return new ProcessBuilder(script, file().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private Map<String, String> written() throws Exception {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file())) {
            properties.load(reader);
        }
        var written = new TreeMap<String, String>();
        properties.forEach((key, value) -> written.put(key.toString(), value.toString()));
        return written;
    }
}
