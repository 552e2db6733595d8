package dev.lowgear.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * One gateway for all tests that need neither broker nor database: both are away, as they may be in
 * production.
 */
final class StandaloneGateway {
    private static final class Holder {
        static final StandaloneGateway SHARED = new StandaloneGateway();
    }

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    private StandaloneGateway() {
        SpringApplication application = new SpringApplication(GatewayApplication.class);
        application.setRegisterShutdownHook(true);
        var context =
                (WebServerApplicationContext)
                        application.run(
                                "--server.port=0",
                                "--spring.kafka.bootstrap-servers=127.0.0.1:1",
                                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/nowhere");
        port = java.util.Objects.requireNonNull(context.getWebServer()).getPort();
    }

    static StandaloneGateway shared() {
        return Holder.SHARED;
    }

    int port() {
        return port;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }
}
