import type { DatabaseConnection, Dialect, Driver } from 'kysely';

/** Every failure of the engine or the connection passes through `explain` before it is thrown. */
export function watchDialect(dialect: Dialect, explain: (error: unknown) => unknown): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => watchDriver(dialect.createDriver(), explain),
  };
}

function watchDriver(driver: Driver, explain: (error: unknown) => unknown): Driver {
  const watched = new WeakSet<DatabaseConnection>();
  const explained = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw explain(error);
    }
  };
  const own: Partial<Driver> = {
    async acquireConnection(...options) {
      const connection = await explained(() => driver.acquireConnection(...options));
      if (!watched.has(connection)) {
        watched.add(connection);
        const run = connection.executeQuery.bind(connection);
        connection.executeQuery = <R>(...query: Parameters<typeof run>) => explained(() => run<R>(...query));
      }
      return connection;
    },
    async rollbackTransaction(connection) {
      // SQLite rolls back by itself when the disk is full, and a lost connection has nothing to roll back: the first
      // failure is thrown, not this one.
      await driver.rollbackTransaction(connection).catch(() => undefined);
    },
  };
  return new Proxy(driver, {
    get(target, key) {
      const value: unknown = Reflect.get(key in own ? own : target, key);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
