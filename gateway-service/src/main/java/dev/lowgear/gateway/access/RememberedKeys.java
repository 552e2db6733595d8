package dev.lowgear.gateway.access;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Remembers the database's keys, as hashes, so that a gateway that starts while the database is
 * down knows its tenants all the same.
 */
class RememberedKeys {
    private static final Logger LOG = LoggerFactory.getLogger(RememberedKeys.class);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path file;

    RememberedKeys(Path file) {
        this.file = file;
    }

    /** What was remembered last; nothing if nothing was, or if it cannot be read. */
    List<KnownKey> read() {
        try {
            return List.of(MAPPER.readValue(Files.readAllBytes(file), KnownKey[].class));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | JacksonException e) {
            LOG.warn("remembered keys not read file={} reason={}", file, e.toString());
            return List.of();
        }
    }

    /** Replaces what is remembered, all or nothing. */
    void write(List<KnownKey> keys) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null) {
                throw new IOException("no folder to write to");
            }
            Files.createDirectories(folder);
            Path draft = Files.createTempFile(folder, "keys", ".json", ownerOnly(folder));
            Files.write(draft, MAPPER.writeValueAsBytes(keys));
            Files.move(
                    draft,
                    file,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("keys not remembered file={} reason={}", file, e.toString());
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
