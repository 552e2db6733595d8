package dev.lowgear.model.telemetry;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

/** Connections that suffer a fault around the commit that ends a copy. */
final class CommitFault {
    /** What happens to the connection. */
    interface Fault {
        void strike(Connection connection) throws SQLException;
    }

    private CommitFault() {}

    /** Everything is written, then the fault strikes, then the commit is tried. */
    static DataSource before(DataSource healthy, Fault fault) {
        return wrapping(
                healthy,
                connection -> {
                    fault.strike(connection);
                    connection.commit();
                });
    }

    /** The commit succeeds, then the fault strikes, and the caller learns of the fault only. */
    static DataSource after(DataSource healthy, Fault fault) {
        return wrapping(
                healthy,
                connection -> {
                    connection.commit();
                    fault.strike(connection);
                    throw new SQLException("the connection broke before the answer came", "08006");
                });
    }

    private static DataSource wrapping(DataSource healthy, Fault commit) {
        return proxy(
                DataSource.class,
                (self, method, arguments) -> {
                    Object result = invoke(healthy, method, arguments);
                    return result instanceof Connection connection
                            ? wrapping(connection, commit)
                            : result;
                });
    }

    private static Connection wrapping(Connection connection, Fault commit) {
        boolean[] offsetsWritten = new boolean[1];
        return proxy(
                Connection.class,
                (self, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")
                            && String.valueOf(arguments[0]).contains("consumed_offset")) {
                        offsetsWritten[0] = true;
                    }
                    if (method.getName().equals("commit") && offsetsWritten[0]) {
                        commit.strike(connection);
                        return null;
                    }
                    return invoke(connection, method, arguments);
                });
    }

    private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
