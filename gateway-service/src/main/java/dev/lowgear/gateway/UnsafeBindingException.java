package dev.lowgear.gateway;

/** The gateway would listen to the network without any key to keep strangers out. */
public final class UnsafeBindingException extends RuntimeException {
    public UnsafeBindingException(String address) {
        super(
                "refusing to listen on "
                        + address
                        + " without an API key: set server.address=127.0.0.1, or configure"
                        + " lowgear.gateway.access.keys");
    }
}
