package dev.lowgear.agent.openai;

/** No engine of this node serves the model. */
final class UnknownModelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String model;

    UnknownModelException(String model) {
        super("no engine serves " + model);
        this.model = model;
    }

    String model() {
        return model;
    }
}
