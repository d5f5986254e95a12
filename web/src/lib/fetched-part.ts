/** Milliseconds before each further try; together about as long as a restart of the server. */
const pausesMs = [500, 1_500, 3_000];

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** True for a part of the page's code that could not be fetched: the server is away, or has a newer version. */
export const isMissingPart = (error: unknown): boolean =>
  error instanceof Error && /dynamically imported module|module script/i.test(error.message);

/**
 * A part of the page's code that comes when it is wanted. One that can't be fetched is tried again, since the server may
 * just be restarting; rejects with the last refusal.
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
