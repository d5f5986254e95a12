/** Milliseconds before each further try; together about as long as a restart of the server. */
const pausesMs = [500, 1_500, 3_000, 5_000];

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** True for a module that could not be fetched: the server is down, or serves a newer version. */
export const isMissingPart = (error: unknown): boolean =>
  error instanceof Error && /dynamically imported module|module script/i.test(error.message);

/**
 * Imports a module, again where it can't be fetched, since the server may be restarting. Rejects with the last error.
 */
export async function fetchedPart<T>(load: () => Promise<T>, pause = wait): Promise<T> {
  for (const ms of pausesMs) {
    try {
      return await load();
    } catch (error) {
      if (!isMissingPart(error)) throw error;
      await pause(ms);
    }
  }
  return load();
}
