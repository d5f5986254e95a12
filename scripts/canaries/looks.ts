import type { Caller } from './callers.ts';
import type { Canaries } from './plant.ts';
import type { World } from './world.ts';

export type Looks = {
  /** Looks at a text for canaries. */
  at(where: string, text: string): void;
  /** Sends a request as `caller` and looks at its whole answer. */
  ask(
    caller: Caller,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: unknown }>;
  /** Reads the caller's event stream until `end`. */
  watch(caller: Caller): { end: () => Promise<void> };
  count(): number;
  findings(): string[];
};

/** The server itself gives an upstream half a minute. */
const TIMEOUT_MS = 60_000;

export function createLooks({ url }: World, canaries: Canaries): Looks {
  const findings = new Set<string>();
  let count = 0;
  const at = (where: string, text: string): void => {
    count += 1;
    for (const name of canaries.found(text)) findings.add(`${name} · found in: ${where}`);
  };
  return {
    at,
    async ask(caller, method, path, body) {
      const headers = new Headers(caller.headers);
      if (body !== undefined) headers.set('content-type', 'application/json');
      const answer = await fetch(url + path, {
        method,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }).catch((cause: unknown) => {
        throw new Error(`no answer to ${method} ${path} as ${caller.name}`, { cause });
      });
      const text = await answer.text();
      at(
        `${method} ${path} as ${caller.name} (${answer.status})`,
        JSON.stringify([...answer.headers]) + text,
      );
      return { status: answer.status, json: parsed(text) };
    },
    watch(caller) {
      const stop = new AbortController();
      const reading = readAll(url + '/api/events', caller.headers, stop.signal);
      return {
        async end() {
          stop.abort();
          at(`the event stream as ${caller.name}`, await reading);
        },
      };
    },
    count: () => count,
    findings: () => [...findings].toSorted(),
  };
}

async function readAll(url: string, headers: Record<string, string>, signal: AbortSignal): Promise<string> {
  let text = '';
  try {
    const answer = await fetch(url, { headers, signal });
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) text += decoder.decode(chunk, { stream: true });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
