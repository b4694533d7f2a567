package dev.closewait.it.client;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The PostgreSQL driver without a pool. */
final class PlainJdbc implements ClientScenario {

  @Override
  public void leak(Site site) throws SQLException {
    for (int i = 0; i < Site.CALLS; i++) {
      Connection connection = site.keep(DriverManager.getConnection(url(site))); // LEAK
      selectOne(connection);
    }
  }

  @Override
  public void work(Site site) throws SQLException {
    for (int i = 0; i < Site.CALLS; i++) {
      try (Connection connection = DriverManager.getConnection(url(site))) {
        selectOne(connection);
      }
    }
  }

  static String url(Site site) {
    return "jdbc:postgresql://127.0.0.1:" + site.port() + "/shop?user=shop";
  }

  static void selectOne(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1")) {
      rows.next();
    }
  }
}
