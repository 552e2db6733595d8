package dev.lowgear.gateway.web;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Gives every exchange its id, and Tomcat's own error pages the form of the rest. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {
    @Bean
    FilterRegistrationBean<Filter> requestIds() {
        FilterRegistrationBean<Filter> registration =
                new FilterRegistrationBean<>((request, response, chain) -> {
                    String id =
                            RequestIds.accept(
                                    ((HttpServletRequest) request).getHeader(RequestIds.HEADER));
                    request.setAttribute(RequestIds.ATTRIBUTE, id);
                    ((HttpServletResponse) response).setHeader(RequestIds.HEADER, id);
                    chain.doFilter(request, response);
                });
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> plainErrorReports() {
        return factory ->
                factory.addContextCustomizers(context -> {
                    if (context.getParent() instanceof StandardHost host) {
                        host.setErrorReportValveClass(
                                PlainErrorReportConfiguration.class.getName());
                    }
                });
    }
}
