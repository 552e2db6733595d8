package dev.lowgear.gateway.web;

import dev.lowgear.gateway.openai.OpenAiError;
import dev.lowgear.gateway.openai.OpenAiException;

import io.swagger.v3.oas.annotations.Hidden;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;

/**
 * Every error that has no answer yet: OpenAI's error object under {@code /v1}, a problem elsewhere.
 */
@Hidden
@RestController
@ControllerAdvice
class ErrorsController implements ErrorController {
    @RequestMapping("${server.error.path:/error}")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status =
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                        ? code
                        : HttpStatus.NOT_FOUND.value();
        String path =
                request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri
                        ? uri
                        : request.getRequestURI();
        String method = request.getMethod();
        if (path.startsWith("/v1/") || path.equals("/v1")) {
            Answers.error(response, openAi(status, method, path));
        } else {
            Answers.problem(response, status, reason(status), detail(status, method, path));
        }
    }

    @ExceptionHandler
    void refused(OpenAiException refused, HttpServletResponse response) throws IOException {
        Answers.error(response, refused.error());
    }

    private static OpenAiError openAi(int status, String method, String path) {
        return switch (status) {
            case 404 -> OpenAiError.unknownPath(method, path);
            case 405 -> OpenAiError.wrongMethod(method, path);
            case 500 -> OpenAiError.internal();
            default -> OpenAiError.ofStatus(status, reason(status));
        };
    }

    private static String detail(int status, String method, String path) {
        return switch (status) {
            case 404 -> "nothing is at " + path;
            case 405 -> "not allowed to " + method + " on " + path;
            case 500 -> "the gateway failed to handle the request; its log has the request id";
            default -> reason(status);
        };
    }

    private static String reason(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null ? "Status " + status : known.getReasonPhrase();
    }
}
