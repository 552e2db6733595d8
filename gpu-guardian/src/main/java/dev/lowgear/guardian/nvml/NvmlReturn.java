package dev.lowgear.guardian.nvml;

import dev.lowgear.guardian.gpu.GpuFault;

/**
 * NVML's return codes, and what each means for the caller. The library's texts are never parsed.
 */
enum NvmlReturn {
    UNINITIALIZED(1, GpuFault.DRIVER_UNAVAILABLE),
    INVALID_ARGUMENT(2, GpuFault.INVALID_CALL),
    NOT_SUPPORTED(3, GpuFault.NOT_SUPPORTED),
    NO_PERMISSION(4, GpuFault.NO_PERMISSION),
    ALREADY_INITIALIZED(5, GpuFault.INVALID_CALL),
    NOT_FOUND(6, GpuFault.NOT_FOUND),
    INSUFFICIENT_SIZE(7, GpuFault.INVALID_CALL),
    INSUFFICIENT_POWER(8, GpuFault.GPU_LOST),
    DRIVER_NOT_LOADED(9, GpuFault.DRIVER_UNAVAILABLE),
    TIMEOUT(10, GpuFault.TEMPORARY),
    IRQ_ISSUE(11, GpuFault.GPU_LOST),
    LIBRARY_NOT_FOUND(12, GpuFault.DRIVER_UNAVAILABLE),
    FUNCTION_NOT_FOUND(13, GpuFault.NOT_SUPPORTED),
    CORRUPTED_INFOROM(14, GpuFault.TEMPORARY),
    GPU_IS_LOST(15, GpuFault.GPU_LOST),
    RESET_REQUIRED(16, GpuFault.GPU_LOST),
    OPERATING_SYSTEM(17, GpuFault.NO_PERMISSION),
    LIB_RM_VERSION_MISMATCH(18, GpuFault.DRIVER_UNAVAILABLE),
    IN_USE(19, GpuFault.TEMPORARY),
    MEMORY(20, GpuFault.TEMPORARY),
    NO_DATA(21, GpuFault.TEMPORARY),
    VGPU_ECC_NOT_SUPPORTED(22, GpuFault.NOT_SUPPORTED),
    INSUFFICIENT_RESOURCES(23, GpuFault.TEMPORARY),
    FREQ_NOT_SUPPORTED(24, GpuFault.NOT_SUPPORTED),
    ARGUMENT_VERSION_MISMATCH(25, GpuFault.INVALID_CALL),
    DEPRECATED(26, GpuFault.NOT_SUPPORTED),
    NOT_READY(27, GpuFault.TEMPORARY),
    GPU_NOT_FOUND(28, GpuFault.NOT_FOUND),
    INVALID_STATE(29, GpuFault.TEMPORARY),
    RESET_TYPE_NOT_SUPPORTED(30, GpuFault.NOT_SUPPORTED),
    UNKNOWN(999, GpuFault.DRIVER_UNAVAILABLE);

    /** What a successful call returns. */
    static final int SUCCESS = 0;

    private final int code;
    private final GpuFault fault;

    NvmlReturn(int code, GpuFault fault) {
        this.code = code;
        this.fault = fault;
    }

    int code() {
        return code;
    }

    GpuFault fault() {
        return fault;
    }

    /** The name of a code; {@link #UNKNOWN} for one that this header does not know. */
    static NvmlReturn of(int code) {
        for (NvmlReturn known : values()) {
            if (known.code == code) {
                return known;
            }
        }
        return UNKNOWN;
    }
}
