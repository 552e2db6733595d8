package dev.lowgear.guardian.nvml;

import dev.lowgear.guardian.gpu.GpuException;

/** An NVML function did not return success. */
final class NvmlException extends Exception {
    private static final long serialVersionUID = 1;

    private final NvmlReturn cause;

    NvmlException(String function, int code) {
        super(function + " returned " + code + " " + NvmlReturn.of(code));
        this.cause = NvmlReturn.of(code);
    }

    NvmlReturn code() {
        return cause;
    }

    GpuException toGpuException() {
        return new GpuException(cause.fault(), String.valueOf(getMessage()), this);
    }
}
