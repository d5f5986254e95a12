/** Before each retry; together about as long as a server restart. */
const pausesMs = [500, 1_500, 3_000, 5_000];

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A module that could not be fetched: the server is down, or serves a newer version. */
export const isMissingPart = (error: unknown): boolean =>
  error instanceof Error && /dynamically imported module|module script/i.test(error.message);

/** Retries while the module can't be fetched: the server may be restarting. Rejects with the last error. */
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
