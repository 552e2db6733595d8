package dev.lowgear.gateway.web;

import dev.lowgear.gateway.openai.OpenAiError;
import dev.lowgear.gateway.openai.OpenAiException;

import io.swagger.v3.oas.annotations.Hidden;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;
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
    private static final Logger LOG = LoggerFactory.getLogger(ErrorsController.class);

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
        if (isOpenAi(path)) {
            Answers.error(response, openAi(status, method, path));
        } else {
            Answers.problem(response, status, reason(status), detail(status, method, path));
        }
    }

    @ExceptionHandler
    void refused(OpenAiException refused, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        OpenAiError error = refused.error();
        if (isOpenAi(request.getRequestURI())) {
            Answers.error(response, error);
        } else {
            Answers.problem(response, error.status(), reason(error.status()), error.message());
        }
    }

    @ExceptionHandler
    void invalid(MethodArgumentNotValidException invalid, HttpServletResponse response)
            throws IOException {
        FieldError field = invalid.getFieldError();
        String detail =
                field == null
                        ? "a field has an impossible value"
                        : field.getField() + ": " + field.getDefaultMessage();
        Answers.problem(response, 422, "Unprocessable Content", detail);
    }

    @ExceptionHandler
    void unreadable(HttpMessageNotReadableException unreadable, HttpServletResponse response)
            throws IOException {
        String reason =
                String.valueOf(unreadable.getMostSpecificCause().getMessage())
                        .lines()
                        .findFirst()
                        .orElse("no JSON");
        Answers.problem(response, 400, "Bad Request", "the body is not readable: " + reason);
    }

    @ExceptionHandler
    void conflict(DataIntegrityViolationException conflict, HttpServletResponse response)
            throws IOException {
        LOG.info("refused by the database reason={}", conflict.getMostSpecificCause().toString());
        Answers.problem(
                response, 409, "Conflict", "it contradicts something that was stored meanwhile");
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    void databaseAway(RuntimeException away, HttpServletResponse response) throws IOException {
        LOG.warn("database does not answer reason={}", away.toString());
        response.setHeader("retry-after", "5");
        Answers.problem(response, 503, "Service Unavailable", "the database cannot be reached now");
    }

    private static boolean isOpenAi(String path) {
        return path.startsWith("/v1/") || path.equals("/v1");
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
