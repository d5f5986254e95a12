/** Work on one key runs in sequence, on different keys concurrently. */
export type KeyedMutex = {
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** True while work on the key runs or waits. */
  busy(key: string): boolean;
  /** Resolves when all work started so far is done. */
  settled(): Promise<void>;
};

export function createKeyedMutex(): KeyedMutex {
  const last = new Map<string, Promise<unknown>>();
  return {
    run<T>(key: string, work: () => Promise<T>): Promise<T> {
      const result = (last.get(key) ?? Promise.resolve()).then(work, work);
      const quiet = result.catch(() => undefined).finally(() => last.get(key) === quiet && last.delete(key));
      last.set(key, quiet);
      return result;
    },
    busy: (key) => last.has(key),
    async settled() {
      await Promise.all(last.values());
    },
  };
}
