package dev.lowgear.infrastructure.postgres;

import dev.lowgear.infrastructure.process.TemporaryFolder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The files of a database server: {@code data}, {@code password} (readable by its owner only).
 *
 * @param pgdata the server's data folder
 * @param password of the superuser
 */
record PostgresCluster(Path pgdata, String password) {
    static final String SUPERUSER = "lowgear";

    /** Opens the folder's cluster, creating it when there is none. */
    static PostgresCluster openOrCreate(
            Path directory, PostgresBinaries binaries, Unprivileged unprivileged) {
        var pgdata = directory.resolve("data");
        var passwordFile = directory.resolve("password");
        try {
            if (!Files.exists(pgdata)) {
                create(directory, pgdata, passwordFile, binaries, unprivileged);
            }
            return new PostgresCluster(pgdata, passwordIn(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("could not open the databases in " + directory, e);
        }
    }

    static String passwordIn(Path directory) {
        try {
            return Files.readString(directory.resolve("password")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("no database password in " + directory, e);
        }
    }

    private static void create(
            Path directory,
            Path pgdata,
            Path passwordFile,
            PostgresBinaries binaries,
            Unprivileged unprivileged)
            throws IOException {
        Files.createDirectories(directory);
        writePassword(passwordFile);
        // A folder that appears whole or not at all: an interrupted start begins again.
        var unfinished = directory.resolve("data.unfinished");
        TemporaryFolder.delete(unfinished);
        Files.createDirectory(unfinished);
        unprivileged.own(directory);
        var command = new ArrayList<>(unprivileged.prefix());
        command.addAll(
                List.of(
                        binaries.executable("initdb").toString(),
                        "--pgdata=" + unfinished.toAbsolutePath(),
                        "--username=" + SUPERUSER,
                        "--pwfile=" + passwordFile.toAbsolutePath(),
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-instructions"));
        Unprivileged.run(command);
        Files.move(unfinished, pgdata, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void writePassword(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var random = new byte[24];
        new SecureRandom().nextBytes(random);
        Files.writeString(file, HexFormat.of().formatHex(random) + "\n");
    }
}
