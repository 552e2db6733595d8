package dev.lowgear.simulator.hindsight;

/**
 * The decoding requests, by the iteration in which each will have its last token: a binary heap in
 * arrays. All of them get a token in every iteration, so that iteration is known when they begin.
 */
final class DecodingRequests {
    private final long[] lastIteration;
    private final int[] request;
    private final double[] firstSeconds;
    private int size;

    DecodingRequests(int capacity) {
        lastIteration = new long[capacity];
        request = new int[capacity];
        firstSeconds = new double[capacity];
    }

    void copyFrom(DecodingRequests other) {
        size = other.size;
        System.arraycopy(other.lastIteration, 0, lastIteration, 0, size);
        System.arraycopy(other.request, 0, request, 0, size);
        System.arraycopy(other.firstSeconds, 0, firstSeconds, 0, size);
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** The iteration in which the next one has its last token. */
    long nextLast() {
        return size == 0 ? Long.MAX_VALUE : lastIteration[0];
    }

    /** Whose that is. */
    int nextRequest() {
        return request[0];
    }

    /** When that one's first token came. */
    double nextFirstSeconds() {
        return firstSeconds[0];
    }

    /** The iteration of the last token of any of them, in no order. */
    long last(int i) {
        return lastIteration[i];
    }

    /** Whose it is. */
    int request(int i) {
        return request[i];
    }

    /** When its first token came. */
    double firstSeconds(int i) {
        return firstSeconds[i];
    }

    void add(int whose, long last, double first) {
        int hole = size++;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (lastIteration[parent] <= last) {
                break;
            }
            move(parent, hole);
            hole = parent;
        }
        put(hole, whose, last, first);
    }

    void removeNext() {
        size--;
        long last = lastIteration[size];
        int hole = 0;
        while (2 * hole + 1 < size) {
            int child = 2 * hole + 1;
            if (child + 1 < size && lastIteration[child + 1] < lastIteration[child]) {
                child++;
            }
            if (lastIteration[child] >= last) {
                break;
            }
            move(child, hole);
            hole = child;
        }
        put(hole, request[size], last, firstSeconds[size]);
    }

    private void move(int from, int to) {
        put(to, request[from], lastIteration[from], firstSeconds[from]);
    }

    private void put(int at, int whose, long last, double first) {
        request[at] = whose;
        lastIteration[at] = last;
        firstSeconds[at] = first;
    }
}
