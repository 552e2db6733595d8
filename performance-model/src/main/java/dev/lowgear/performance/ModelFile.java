package dev.lowgear.performance;

import dev.lowgear.core.gpu.ClockLadder;
import dev.lowgear.core.performance.Bands;
import dev.lowgear.core.performance.FitError;
import dev.lowgear.core.performance.Knots;
import dev.lowgear.core.performance.PerformanceModel;
import dev.lowgear.core.performance.RegionSupport;
import dev.lowgear.core.performance.TableGrid;
import dev.lowgear.core.performance.TableQuality;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * A trained model as bytes: eight bytes of header (magic {@code LGPM}, format version), the length
 * and CRC-32C of the body, and the body: grid, quality, coefficients, and the trees as Tribuo's own
 * protobuf. All big-endian. Reading gives a model whose table is bit for bit that of the written
 * one.
 */
public final class ModelFile {
    private static final int MAGIC = 0x4C47504D;
    private static final int VERSION = 2;
    private static final int MOST_BYTES = 64 << 20;

    private ModelFile() {}

    /** The model as bytes. */
    public static byte[] write(TrainedModel model) {
        try {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            writeBody(new DataOutputStream(body), model);
            byte[] bytes = body.toByteArray();
            ByteArrayOutputStream file = new ByteArrayOutputStream(bytes.length + 20);
            DataOutputStream out = new DataOutputStream(file);
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeInt(bytes.length);
            out.writeLong(checksum(bytes));
            out.write(bytes);
            return file.toByteArray();
        } catch (IOException impossible) {
            throw new AssertionError("writing to memory does not fail", impossible);
        }
    }

    /**
     * The model that was written.
     *
     * @param prior gives watts where none were learned
     * @throws IOException if the bytes are no such file, of another version, cut off or damaged
     */
    public static TrainedModel read(byte[] bytes, PerformanceModel prior) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            if (in.readInt() != MAGIC) {
                throw new IOException("not a performance model file");
            }
            int version = in.readInt();
            if (version != VERSION) {
                throw new IOException(
                        "performance model file of version %d, this build reads %d"
                                .formatted(version, VERSION));
            }
            int length = in.readInt();
            long checksum = in.readLong();
            byte[] body = in.readNBytes(Math.max(0, length));
            if (body.length != length || checksum != checksum(body)) {
                throw new IOException("performance model file is cut off or damaged");
            }
            return readBody(new DataInputStream(new ByteArrayInputStream(body)), prior);
        } catch (EOFException cutOff) {
            throw new IOException("performance model file is cut off", cutOff);
        } catch (IllegalArgumentException inconsistent) {
            throw new IOException("performance model file contradicts itself", inconsistent);
        }
    }

    private static long checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }

    private static void writeBody(DataOutputStream out, TrainedModel model) throws IOException {
        RefinedModel refined = model.refined();
        writeGrid(out, model.grid());
        writeQuality(out, model.quality());
        out.writeDouble(refined.prefillContextTokens());
        writeDoubles(out, refined.roofline().coefficients());
        writeBytes(out, refined.residual().trees().toBytes());
        FittedPower power = refined.power();
        out.writeBoolean(power != null);
        if (power != null) {
            writeDoubles(out, power.coefficients());
        }
    }

    private static TrainedModel readBody(DataInputStream in, PerformanceModel prior)
            throws IOException {
        TableGrid grid = readGrid(in);
        if (!grid.clocks().equals(prior.clocks())) {
            throw new IOException(
                    "the model knows " + grid.clocks() + ", the prior " + prior.clocks());
        }
        TableQuality quality = readQuality(in);
        double context = in.readDouble();
        FittedRoofline roofline = new FittedRoofline(grid.clocks(), readDoubles(in));
        TribuoResidual residual = new TribuoResidual(TribuoTrees.fromBytes(readBytes(in)));
        FittedPower power = in.readBoolean() ? readPower(in, grid) : null;
        return new TrainedModel(
                grid, new RefinedModel(prior, roofline, residual, power, context, 1), quality);
    }

    private static FittedPower readPower(DataInputStream in, TableGrid grid) throws IOException {
        return new FittedPower(grid.clocks(), grid.prefillTokens().last(), readDoubles(in));
    }

    private static void writeGrid(DataOutputStream out, TableGrid grid) throws IOException {
        writeInts(out, grid.clocks().toArray());
        writeDoubles(out, grid.batch().toArray());
        writeDoubles(out, grid.kvTokens().toArray());
        writeDoubles(out, grid.prefillTokens().toArray());
    }

    private static TableGrid readGrid(DataInputStream in) throws IOException {
        return new TableGrid(
                ClockLadder.of(readInts(in)),
                Knots.of(readDoubles(in)),
                Knots.of(readDoubles(in)),
                Knots.of(readDoubles(in)));
    }

    private static void writeQuality(DataOutputStream out, TableQuality quality)
            throws IOException {
        out.writeLong(quality.samples());
        writeError(out, quality.time());
        writeError(out, quality.priorTime());
        writeError(out, quality.watts());
        writeError(out, quality.priorWatts());
        out.writeBoolean(quality.wattsLearned());
        RegionSupport support = quality.support();
        writeDoubles(out, support.clocks().toArray());
        writeDoubles(out, support.batch().toArray());
        writeDoubles(out, support.kvTokens().toArray());
        writeDoubles(out, support.prefillTokens().toArray());
        writeInts(out, support.counts());
        writeInstant(out, quality.trainedFrom());
        writeInstant(out, quality.trainedTo());
    }

    private static TableQuality readQuality(DataInputStream in) throws IOException {
        return new TableQuality(
                in.readLong(),
                readError(in),
                readError(in),
                readError(in),
                readError(in),
                in.readBoolean(),
                RegionSupport.of(
                        Bands.between(readDoubles(in)),
                        Bands.between(readDoubles(in)),
                        Bands.between(readDoubles(in)),
                        Bands.between(readDoubles(in)),
                        readInts(in)),
                readInstant(in),
                readInstant(in));
    }

    private static void writeError(DataOutputStream out, @Nullable FitError error)
            throws IOException {
        out.writeBoolean(error != null);
        if (error != null) {
            out.writeLong(error.count());
            out.writeDouble(error.r2());
            out.writeDouble(error.mae());
            out.writeDouble(error.mape());
        }
    }

    private static @Nullable FitError readError(DataInputStream in) throws IOException {
        return in.readBoolean()
                ? new FitError(in.readLong(), in.readDouble(), in.readDouble(), in.readDouble())
                : null;
    }

    private static void writeInstant(DataOutputStream out, Instant instant) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private static Instant readInstant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    private static void writeDoubles(DataOutputStream out, double[] values) throws IOException {
        out.writeInt(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    private static double[] readDoubles(DataInputStream in) throws IOException {
        double[] values = new double[length(in, Double.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    private static void writeInts(DataOutputStream out, int[] values) throws IOException {
        out.writeInt(values.length);
        for (int value : values) {
            out.writeInt(value);
        }
    }

    private static int[] readInts(DataInputStream in) throws IOException {
        int[] values = new int[length(in, Integer.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readInt();
        }
        return values;
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        byte[] bytes = new byte[length(in, 1)];
        in.readFully(bytes);
        return bytes;
    }

    private static int length(DataInputStream in, int size) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MOST_BYTES / size) {
            throw new IOException("performance model file has an impossible length " + length);
        }
        return length;
    }
}
