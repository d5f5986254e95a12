import { exchange } from './exchange.ts';

const TIMEOUT_MS = 8_000;
const MAX_BYTES = 64 * 1_048_576;

export type InternalApi = {
  /** `GET /v1/server/instances/telemetry`: as it was answered, and how many rows it has. */
  telemetry(): Promise<{ text: string; rows: number }>;
  /** `GET /v1/server`: what is in its envelope. */
  server(): Promise<{ id: string }>;
};

type Options = { socketPath: string; token: string };

/** As the server of this process answers it. All throw an Error whose message is a sentence for people. */
export function createInternalApi({ socketPath, token }: Options): InternalApi {
  const get = async (path: string): Promise<{ text: string; data: unknown }> => {
    const { status, text } = await exchange(null, {
      socketPath,
      path,
      headers: { 'x-cycle-token': token },
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
    }).catch((error: Error) => {
      throw new Error(`Cycle’s internal API does not answer: ${error.message}.`);
    });
    if (status === 401) throw new Error('Cycle’s internal API refuses CYCLE_API_TOKEN.');
    if (status === 403)
      throw new Error('Cycle refuses: the collector’s container needs the scope server of the internal API.');
    if (status !== 200) throw new Error(`Cycle’s internal API answered ${status} to ${path}.`);
    return { text, data: dataOf(text, path) };
  };

  return {
    async telemetry() {
      const { text, data } = await get('/v1/server/instances/telemetry');
      if (!Array.isArray(data)) throw unreadable('/v1/server/instances/telemetry');
      return { text, rows: data.length };
    },
    async server() {
      const { data } = await get('/v1/server');
      if (typeof data === 'object' && data !== null && 'id' in data && typeof data.id === 'string')
        return { ...data, id: data.id };
      throw unreadable('/v1/server');
    },
  };
}

function dataOf(text: string, path: string): unknown {
  try {
    return (JSON.parse(text) as { data?: unknown } | null)?.data;
  } catch {
    throw unreadable(path);
  }
}

function unreadable(path: string): Error {
  return new Error(`Cycle’s internal API sent an answer to ${path} that can’t be read.`);
}
