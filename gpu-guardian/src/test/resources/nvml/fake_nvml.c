/*
 * A libnvidia-ml with GPUs that are not there. What its GPUs are doing lives in a file named
 * "state" beside the library, mapped by every process that loads it: a lock set by one is seen by
 * all and outlives its maker, as on a real GPU. Tests write faults and load into the same file.
 *
 * Built with -DOLD_DRIVER it lacks the symbols and fields that came after driver 535.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum {
    SUCCESS = 0, UNINITIALIZED = 1, INVALID_ARGUMENT = 2, NOT_SUPPORTED = 3, NO_PERMISSION = 4,
    NOT_FOUND = 6, INSUFFICIENT_SIZE = 7, DRIVER_NOT_LOADED = 9, GPU_IS_LOST = 15, UNKNOWN = 999
};
enum { LOWEST = 345, HIGHEST = 1980, STEP = 15, MEMORY = 2619, GPUS = 4 };

struct gpu {
    char uuid[48];
    int32_t low, high;          /* locked range in MHz, 0 for none */
    int32_t lost, mig;          /* faults */
    int32_t sets, resets;       /* calls that changed something */
    int64_t millijoules, atNanos;
    int32_t padding[8];
};

struct state {
    int32_t count, denied, loadPercent, generation, ignoresLocks, noDriver, module, padding[9];
    struct gpu gpus[GPUS];
};

static struct state *state;
static int inits, generation;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int mapState(void) {
    Dl_info self;
    char path[4096];
    if (state) return 1;
    if (!dladdr((void *) mapState, &self)) return 0;
    snprintf(path, sizeof path, "%s", self.dli_fname);
    char *slash = strrchr(path, '/');
    snprintf(slash + 1, sizeof path - (slash + 1 - path), "state");
    int file = open(path, O_RDWR);
    if (file < 0) return 0;
    void *memory =
        mmap(0, sizeof(struct state), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (memory == MAP_FAILED) return 0;
    state = memory;
    return 1;
}

/* A handle carries the driver's generation: after a reload it is dead. */
static int resolve(void *handle, struct gpu **gpu) {
    if (!inits) return UNINITIALIZED;
    if (generation != state->generation) return UNKNOWN;
    uintptr_t value = (uintptr_t) handle;
    int index = (int) (value & 0xff) - 1;
    if (index < 0 || index >= state->count) return INVALID_ARGUMENT;
    if ((int) (value >> 8) != state->generation) return UNINITIALIZED;
    *gpu = &state->gpus[index];
    return (*gpu)->lost ? GPU_IS_LOST : SUCCESS;
}

static int clockOf(struct gpu *gpu) {
    if (gpu->high && !state->ignoresLocks) return state->loadPercent ? gpu->high : gpu->low;
    return state->loadPercent ? HIGHEST : LOWEST;
}

static double milliwatts(struct gpu *gpu) {
    return 95000 + 600000 * (state->loadPercent / 100.0) * pow(clockOf(gpu) / (double) HIGHEST, 2.4);
}

static void integrate(struct gpu *gpu) {
    int64_t t = now();
    if (gpu->atNanos) gpu->millijoules += (int64_t) (milliwatts(gpu) * (t - gpu->atNanos) / 1e9);
    gpu->atNanos = t;
}

static int snap(int mhz) {
    if (mhz < LOWEST) mhz = LOWEST;
    if (mhz > HIGHEST) mhz = HIGHEST;
    return LOWEST + (mhz - LOWEST) / STEP * STEP;
}

int nvmlInit_v2(void) {
    if (!mapState() || state->noDriver) return DRIVER_NOT_LOADED;
    generation = state->generation;
    inits++;
    return SUCCESS;
}

int nvmlShutdown(void) {
    if (!inits) return UNINITIALIZED;
    inits--;
    return SUCCESS;
}

int nvmlSystemGetDriverVersion(char *text, unsigned length) {
    if (!inits) return UNINITIALIZED;
    snprintf(text, length, "550.163.01");
    return SUCCESS;
}

int nvmlDeviceGetCount_v2(unsigned *count) {
    if (!inits) return UNINITIALIZED;
    if (generation != state->generation) return UNKNOWN;
    *count = (unsigned) state->count;
    return SUCCESS;
}

int nvmlDeviceGetHandleByIndex_v2(unsigned index, void **device) {
    if (!inits) return UNINITIALIZED;
    if (generation != state->generation) return UNKNOWN;
    if (index >= (unsigned) state->count) return INVALID_ARGUMENT;
    if (state->gpus[index].lost) return GPU_IS_LOST;
    *device = (void *) (((uintptr_t) state->generation << 8) | (index + 1));
    return SUCCESS;
}

int nvmlDeviceGetHandleByUUID(const char *uuid, void **device) {
    if (!inits) return UNINITIALIZED;
    for (int i = 0; i < state->count; i++) {
        if (!strcmp(uuid, state->gpus[i].uuid)) {
            return nvmlDeviceGetHandleByIndex_v2((unsigned) i, device);
        }
    }
    return NOT_FOUND;
}

#define DEVICE(handle)                            \
    struct gpu *gpu;                              \
    int code = resolve(handle, &gpu);             \
    if (code != SUCCESS) return code;

int nvmlDeviceGetUUID(void *device, char *text, unsigned length) {
    DEVICE(device)
    if (length <= strlen(gpu->uuid)) return INSUFFICIENT_SIZE;
    strcpy(text, gpu->uuid);
    return SUCCESS;
}

int nvmlDeviceGetName(void *device, char *text, unsigned length) {
    DEVICE(device)
    snprintf(text, length, "NVIDIA H100 80GB HBM3");
    return SUCCESS;
}

int nvmlDeviceGetSupportedMemoryClocks(void *device, unsigned *count, unsigned *clocks) {
    DEVICE(device)
    unsigned room = *count;
    *count = 2;
    if (room < 2) return INSUFFICIENT_SIZE;
    clocks[0] = MEMORY;
    clocks[1] = 1593;
    return SUCCESS;
}

int nvmlDeviceGetSupportedGraphicsClocks(
        void *device, unsigned memory, unsigned *count, unsigned *clocks) {
    DEVICE(device)
    if (memory != MEMORY && memory != 1593) return NOT_FOUND;
    unsigned needed = (HIGHEST - LOWEST) / STEP + 1, room = *count;
    if (memory == 1593) needed = 1;
    *count = needed;
    if (room < needed) return INSUFFICIENT_SIZE;
    for (unsigned i = 0; i < needed; i++) clocks[i] = HIGHEST - i * STEP;
    return SUCCESS;
}

int nvmlDeviceGetClockInfo(void *device, int type, unsigned *mhz) {
    DEVICE(device)
    *mhz = type == 2 ? MEMORY : (unsigned) clockOf(gpu);
    return SUCCESS;
}

int nvmlDeviceSetGpuLockedClocks(void *device, unsigned low, unsigned high) {
    DEVICE(device)
    if (state->denied) return NO_PERMISSION;
    if (low > high || high < LOWEST || low > HIGHEST) return INVALID_ARGUMENT;
    integrate(gpu);
    gpu->low = snap((int) low);
    gpu->high = snap((int) high);
    gpu->sets++;
    return SUCCESS;
}

int nvmlDeviceResetGpuLockedClocks(void *device) {
    DEVICE(device)
    if (state->denied) return NO_PERMISSION;
    integrate(gpu);
    gpu->low = gpu->high = 0;
    gpu->resets++;
    return SUCCESS;
}

int nvmlDeviceGetTotalEnergyConsumption(void *device, unsigned long long *millijoules) {
    DEVICE(device)
    integrate(gpu);
    *millijoules = (unsigned long long) gpu->millijoules;
    return SUCCESS;
}

int nvmlDeviceGetPowerUsage(void *device, unsigned *mw) {
    DEVICE(device)
    *mw = (unsigned) milliwatts(gpu);
    return SUCCESS;
}

int nvmlDeviceGetEnforcedPowerLimit(void *device, unsigned *mw) {
    DEVICE(device)
    *mw = 700000;
    return SUCCESS;
}

int nvmlDeviceGetMigMode(void *device, unsigned *current, unsigned *pending) {
    DEVICE(device)
    *current = *pending = (unsigned) gpu->mig;
    return SUCCESS;
}

static int reasons(void *device, unsigned long long *mask) {
    DEVICE(device)
    *mask = !state->loadPercent ? 0x1 : gpu->high ? 0x2 : 0;
    return SUCCESS;
}

int nvmlDeviceGetCurrentClocksThrottleReasons(void *device, unsigned long long *mask) {
    return reasons(device, mask);
}

#ifndef OLD_DRIVER
int nvmlDeviceGetCurrentClocksEventReasons(void *device, unsigned long long *mask) {
    return reasons(device, mask);
}
#endif

struct field {
    uint32_t id, scope;
    int64_t timestamp, latency;
    uint32_t type;
    int32_t code;
    union { double d; uint32_t u; uint64_t ull; } value;
};

int nvmlDeviceGetFieldValues(void *device, int count, struct field *fields) {
    DEVICE(device)
    for (int i = 0; i < count; i++) {
        struct field *field = &fields[i];
        field->value.ull = 0xdeadbeefdeadbeefULL;
        field->code = NOT_SUPPORTED;
#ifndef OLD_DRIVER
        if (field->id == 186 && field->scope == (state->module ? 1u : 0u)) {
            field->type = 1;
            field->value.u = (uint32_t) milliwatts(gpu);
            field->code = SUCCESS;
        }
#endif
    }
    return SUCCESS;
}
