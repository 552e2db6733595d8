package dev.lowgear.scheduler.admin;

import dev.lowgear.scheduler.slo.PolicyRefusedException;

import io.swagger.v3.oas.annotations.Hidden;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Every error as a problem (RFC 9457); the field at fault is named where it is one. */
@Hidden
@RestController
@RestControllerAdvice
class ProblemsController extends ResponseEntityExceptionHandler implements ErrorController {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemsController.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(PolicyRefusedException refused) {
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(
                        HttpStatusCode.valueOf(refused.status()),
                        String.valueOf(refused.getMessage()));
        if (refused.field() != null) {
            problem.setProperty("field", refused.field());
        }
        return answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> contested(DataIntegrityViolationException contested) {
        LOG.info("change lost a race: {}", contested.toString());
        return answer(
                ProblemDetail.forStatusAndDetail(
                        HttpStatus.CONFLICT, "somebody else made such a change just now"));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> contested(ConcurrencyFailureException contested) {
        LOG.info("change lost a race: {}", contested.toString());
        return answer(
                ProblemDetail.forStatusAndDetail(
                        HttpStatus.CONFLICT, "somebody else made such a change just now"));
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<ProblemDetail> unavailable(RuntimeException unavailable) {
        LOG.warn("the database did not serve an admin request: {}", unavailable.toString());
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "the database is away; engines stay under control");
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, "5")
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    /** What no controller took: unknown paths, and faults of ours, which the log has. */
    @RequestMapping("${server.error.path:/error}")
    ResponseEntity<ProblemDetail> error(HttpServletRequest request) {
        int status =
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                        ? code
                        : HttpStatus.NOT_FOUND.value();
        return answer(ProblemDetail.forStatus(status));
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
