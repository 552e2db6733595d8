package dev.lowgear.guardian.nvml;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

import dev.lowgear.guardian.gpu.GpuException;
import dev.lowgear.guardian.gpu.GpuFault;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The functions of {@code libnvidia-ml} that are used, one method each. A symbol that the library
 * lacks answers as NVML says: FUNCTION_NOT_FOUND. Devices are opaque pointers that die with the
 * driver. NVML itself is safe for any thread; this class is not.
 */
final class NvmlLibrary {
    /** Containers often ship only the versioned name, which JNA would not find by itself. */
    private static final List<String> USUAL_PLACES =
            List.of("libnvidia-ml.so.1", "libnvidia-ml.so", "/usr/lib/wsl/lib/libnvidia-ml.so.1");

    private static final int SM_CLOCK = 1;
    private static final int TEXT_LENGTH = 96;
    private static final int LIST_LENGTH = 512;

    private final NativeLibrary library;
    private final Map<String, @Nullable Function> functions = new HashMap<>();

    private NvmlLibrary(NativeLibrary library) {
        this.library = library;
    }

    /** Loads the library from this path, or from the usual places. */
    static NvmlLibrary load(@Nullable Path path) throws GpuException {
        List<String> places = path == null ? USUAL_PLACES : List.of(path.toString());
        UnsatisfiedLinkError last = null;
        for (String place : places) {
            try {
                return new NvmlLibrary(NativeLibrary.getInstance(place));
            } catch (UnsatisfiedLinkError e) {
                last = e;
            }
        }
        throw new GpuException(
                GpuFault.DRIVER_UNAVAILABLE,
                "no NVML library at "
                        + String.join(", ", places)
                        + ": is the NVIDIA driver installed on this machine?",
                last == null ? new UnsatisfiedLinkError() : last);
    }

    void init() throws NvmlException {
        check("nvmlInit_v2", call("nvmlInit_v2"));
    }

    void shutdown() throws NvmlException {
        check("nvmlShutdown", call("nvmlShutdown"));
    }

    String driverVersion() throws NvmlException {
        byte[] text = new byte[TEXT_LENGTH];
        check("nvmlSystemGetDriverVersion", call("nvmlSystemGetDriverVersion", text, TEXT_LENGTH));
        return text(text);
    }

    int count() throws NvmlException {
        IntByReference count = new IntByReference();
        check("nvmlDeviceGetCount_v2", call("nvmlDeviceGetCount_v2", count));
        return count.getValue();
    }

    Pointer device(int index) throws NvmlException {
        PointerByReference device = new PointerByReference();
        check(
                "nvmlDeviceGetHandleByIndex_v2",
                call("nvmlDeviceGetHandleByIndex_v2", index, device));
        return device.getValue();
    }

    Pointer device(String uuid) throws NvmlException {
        PointerByReference device = new PointerByReference();
        check("nvmlDeviceGetHandleByUUID", call("nvmlDeviceGetHandleByUUID", uuid, device));
        return device.getValue();
    }

    String uuid(Pointer device) throws NvmlException {
        return deviceText("nvmlDeviceGetUUID", device);
    }

    String name(Pointer device) throws NvmlException {
        return deviceText("nvmlDeviceGetName", device);
    }

    /** Supported SM clocks at the highest memory clock. */
    int[] supportedClocks(Pointer device) throws NvmlException {
        int[] memory = list("nvmlDeviceGetSupportedMemoryClocks", device);
        int highest = Arrays.stream(memory).max().orElse(0);
        return list("nvmlDeviceGetSupportedGraphicsClocks", device, highest);
    }

    void lockClocks(Pointer device, int clockMhz) throws NvmlException {
        check(
                "nvmlDeviceSetGpuLockedClocks",
                call("nvmlDeviceSetGpuLockedClocks", device, clockMhz, clockMhz));
    }

    void resetClocks(Pointer device) throws NvmlException {
        check("nvmlDeviceResetGpuLockedClocks", call("nvmlDeviceResetGpuLockedClocks", device));
    }

    int smClock(Pointer device) throws NvmlException {
        IntByReference clock = new IntByReference();
        check("nvmlDeviceGetClockInfo", call("nvmlDeviceGetClockInfo", device, SM_CLOCK, clock));
        return clock.getValue();
    }

    long energyMillijoules(Pointer device) throws NvmlException {
        return deviceLong("nvmlDeviceGetTotalEnergyConsumption", device);
    }

    /** The mask; drivers before 535 know it under its old name only. */
    long clockEventReasons(Pointer device) throws NvmlException {
        String name = "nvmlDeviceGetCurrentClocksEventReasons";
        return deviceLong(has(name) ? name : "nvmlDeviceGetCurrentClocksThrottleReasons", device);
    }

    int powerUsageMilliwatts(Pointer device) throws NvmlException {
        return deviceInt("nvmlDeviceGetPowerUsage", device);
    }

    int enforcedPowerLimitMilliwatts(Pointer device) throws NvmlException {
        return deviceInt("nvmlDeviceGetEnforcedPowerLimit", device);
    }

    /** Whether the GPU is cut into instances, which share its one clock. */
    boolean isMigEnabled(Pointer device) throws NvmlException {
        IntByReference current = new IntByReference();
        int code = call("nvmlDeviceGetMigMode", device, current, new IntByReference());
        if (code == NvmlReturn.NOT_SUPPORTED.code()
                || code == NvmlReturn.FUNCTION_NOT_FOUND.code()) {
            return false;
        }
        check("nvmlDeviceGetMigMode", code);
        return current.getValue() != 0;
    }

    /** One field's value as an unsigned number. */
    long field(Pointer device, int field, int scope) throws NvmlException {
        try (Memory value = new Memory(FieldValue.SIZE)) {
            FieldValue.ask(value, field, scope);
            check("nvmlDeviceGetFieldValues", call("nvmlDeviceGetFieldValues", device, 1, value));
            return FieldValue.read(value);
        }
    }

    private boolean has(String name) {
        return functions.computeIfAbsent(name, this::find) != null;
    }

    private @Nullable Function find(String name) {
        try {
            return library.getFunction(name);
        } catch (UnsatisfiedLinkError e) {
            return null;
        }
    }

    private int call(String name, Object... arguments) {
        Function function = functions.computeIfAbsent(name, this::find);
        return function == null
                ? NvmlReturn.FUNCTION_NOT_FOUND.code()
                : function.invokeInt(arguments);
    }

    private static void check(String function, int code) throws NvmlException {
        if (code != NvmlReturn.SUCCESS) {
            throw new NvmlException(function, code);
        }
    }

    private int deviceInt(String function, Pointer device) throws NvmlException {
        IntByReference value = new IntByReference();
        check(function, call(function, device, value));
        return value.getValue();
    }

    private long deviceLong(String function, Pointer device) throws NvmlException {
        LongByReference value = new LongByReference();
        check(function, call(function, device, value));
        return value.getValue();
    }

    private String deviceText(String function, Pointer device) throws NvmlException {
        byte[] text = new byte[TEXT_LENGTH];
        check(function, call(function, device, text, TEXT_LENGTH));
        return text(text);
    }

    /**
     * A list whose length is not known. Asking with no buffer first is documented, but crashes one
     * implementation; a large one first works with all.
     */
    private int[] list(String function, Pointer device, int... before) throws NvmlException {
        int[] values = new int[LIST_LENGTH];
        IntByReference count = new IntByReference(values.length);
        int code = list(function, device, before, count, values);
        if (code == NvmlReturn.INSUFFICIENT_SIZE.code()) {
            values = new int[count.getValue()];
            code = list(function, device, before, count, values);
        }
        check(function, code);
        return Arrays.copyOf(values, count.getValue());
    }

    private int list(
            String function, Pointer device, int[] before, IntByReference count, int[] values) {
        return before.length == 0
                ? call(function, device, count, values)
                : call(function, device, before[0], count, values);
    }

    private static String text(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
