package dev.closewait.it.client;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/** HikariCP over the PostgreSQL driver. */
final class Hikari implements ClientScenario {

  @Override
  public void leak(Site site) throws SQLException {
    idlePool(site);
    neverReturned(site);
  }

  private static void idlePool(Site site) throws SQLException {
    HikariDataSource pool = site.keep(open(site));
    select(pool);
    try (Connection connection = pool.getConnection()) { // LEAK
      PlainJdbc.selectOne(connection);
    }
  }

  private static void neverReturned(Site site) throws SQLException {
    HikariDataSource pool = site.keep(open(site));
    select(pool);
    Connection connection = site.keep(pool.getConnection()); // LEAK
    PlainJdbc.selectOne(connection);
  }

  @Override
  public void work(Site site) throws SQLException {
    try (HikariDataSource pool = open(site)) {
      select(pool);
      select(pool);
    }
  }

  private static void select(HikariDataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      PlainJdbc.selectOne(connection);
    }
  }

  private static HikariDataSource open(Site site) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(PlainJdbc.url(site));
    pool.setMaximumPoolSize(1);
    return pool;
  }
}
