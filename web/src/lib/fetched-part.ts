/** Before each retry; together about as long as a server restart. */
const pausesMs = [500, 1_500, 3_000, 5_000, 8_000];

/** A request sent over a connection that died unnoticed is not answered, and a browser asks for a module only once. */
const LONGEST_MS = 30_000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

class LatePart extends Error {}

/** A module that could not be fetched: the server is down, serves a newer version, or does not answer. */
export const isMissingPart = (error: unknown): boolean =>
  error instanceof LatePart ||
  (error instanceof Error && /dynamically imported module|module script/i.test(error.message));

async function inTime<T>(loading: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LatePart('Part of the page did not load.')), LONGEST_MS);
  });
  return Promise.race([loading, late]).finally(() => clearTimeout(timer));
}

/**
 * Retries while the module can't be fetched: the server may be restarting. Rejects with the last error, and after half a
 * minute without an answer, since asking again would wait for the same request.
 */
export async function fetchedPart<T>(load: () => Promise<T>, pause = wait): Promise<T> {
  for (const ms of pausesMs) {
    try {
      return await inTime(load());
    } catch (error) {
      if (!isMissingPart(error) || error instanceof LatePart) throw error;
      await pause(ms);
    }
  }
  return inTime(load());
}
