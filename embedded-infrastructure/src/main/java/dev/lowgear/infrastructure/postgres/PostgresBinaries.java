package dev.lowgear.infrastructure.postgres;

import dev.lowgear.infrastructure.process.TemporaryFolder;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;

/** An unpacked PostgreSQL installation for this machine. */
record PostgresBinaries(Path home) {

    /** Unpacks the archive on the class path unless that very archive was unpacked before. */
    static PostgresBinaries unpackedUnder(Path installations) {
        var archive = archiveName();
        var home = installations.resolve(digest(archive));
        if (!Files.isDirectory(home)) {
            unpack(archive, installations, home);
        }
        return new PostgresBinaries(home);
    }

    Path executable(String name) {
        return home.resolve("bin").resolve(name);
    }

    private static String archiveName() {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var family = system.contains("mac") ? "darwin" : "linux";
        var machine =
                switch (System.getProperty("os.arch")) {
                    case "aarch64", "arm64" -> "arm_64";
                    default -> "x86_64";
                };
        return "postgres-" + family + "-" + machine + ".txz";
    }

    private static void unpack(String archive, Path installations, Path home) {
        Path unpacking = null;
        try {
            Files.createDirectories(installations);
            unpacking = Files.createTempDirectory(installations, "unpacking");
            // A server that runs as another user must be able to read it.
            Files.setPosixFilePermissions(unpacking, PosixFilePermissions.fromString("rwxr-xr-x"));
            extract(archive, unpacking);
            Files.move(unpacking, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new UncheckedIOException("cannot rename within " + installations, e);
        } catch (FileSystemException e) {
            if (unpacking != null) {
                TemporaryFolder.delete(unpacking);
            }
            if (!Files.isDirectory(home)) {
                throw new UncheckedIOException("could not unpack PostgreSQL to " + home, e);
            }
            // Another process was faster; its copy is as good as ours.
        } catch (IOException e) {
            throw new UncheckedIOException("could not unpack PostgreSQL to " + home, e);
        }
    }

    private static void extract(String archive, Path target) throws IOException {
        try (var tar =
                new TarArchiveInputStream(
                        new XZCompressorInputStream(new BufferedInputStream(open(archive))))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(entry, tar, target);
            }
        }
    }

    private static void extract(TarArchiveEntry entry, InputStream content, Path target)
            throws IOException {
        var path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("entry outside its archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.copy(target.resolve(entry.getLinkName()), path);
        } else {
            Files.copy(content, path);
            Files.setPosixFilePermissions(path, permissions(entry.getMode()));
        }
    }

    private static EnumSet<PosixFilePermission> permissions(int mode) {
        var permissions =
                EnumSet.of(
                        PosixFilePermission.OWNER_READ,
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.GROUP_READ,
                        PosixFilePermission.OTHERS_READ);
        if ((mode & 0100) != 0) {
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            permissions.add(PosixFilePermission.GROUP_EXECUTE);
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
        }
        return permissions;
    }

    private static String digest(String archive) {
        try (var input = open(archive)) {
            var sha = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[1 << 16];
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                sha.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(sha.digest(), 0, 8);
        } catch (IOException e) {
            throw new UncheckedIOException(archive + " is not readable", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static InputStream open(String archive) {
        var input = PostgresBinaries.class.getClassLoader().getResourceAsStream(archive);
        if (input == null) {
            throw new IllegalStateException(
                    archive + " is not on the class path: no PostgreSQL for this kind of machine");
        }
        return input;
    }
}
