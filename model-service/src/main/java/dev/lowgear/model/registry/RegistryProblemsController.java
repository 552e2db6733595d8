package dev.lowgear.model.registry;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What the registry refuses, as problems. */
@RestControllerAdvice
class RegistryProblemsController {
    @ExceptionHandler
    ProblemDetail missing(NoSuchVersionException e) {
        return problem(HttpStatus.NOT_FOUND, e);
    }

    @ExceptionHandler
    ProblemDetail impossible(ImpossibleChangeException e) {
        return problem(HttpStatus.CONFLICT, e);
    }

    @ExceptionHandler
    ProblemDetail stale(StaleVersionException e) {
        return problem(HttpStatus.PRECONDITION_FAILED, e);
    }

    @ExceptionHandler
    ProblemDetail illegal(IllegalIfMatchException e) {
        return problem(HttpStatus.BAD_REQUEST, e);
    }

    private static ProblemDetail problem(HttpStatus status, Exception e) {
        return ProblemDetail.forStatusAndDetail(status, String.valueOf(e.getMessage()));
    }
}
