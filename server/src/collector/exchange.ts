import type { IncomingMessage, RequestOptions } from 'node:http';

// An `import` of node:http reads all its exports, WebSocket among them, which costs 14 MB of memory.
const http = process.getBuiltinModule('node:http');

export type Answer = { status: number; text: string };

type Call = RequestOptions & { maxBytes: number; timeoutMs: number; body?: Buffer };

/** The whole answer, whatever its status. @throws Error in words for people. */
export function exchange(url: URL | null, { maxBytes, timeoutMs, body, ...options }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const all = { ...options, signal: AbortSignal.timeout(timeoutMs) };
    const taken = (response: IncomingMessage): void => void collect(response, maxBytes).then(resolve, reject);
    const client = url?.protocol === 'https:' ? process.getBuiltinModule('node:https') : http;
    const sent = url === null ? client.request(all, taken) : client.request(url, all, taken);
    sent.on('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(error.name === 'AbortError' ? `no answer in ${timeoutMs / 1000} s` : wordsOf(error))),
    );
    sent.end(body);
  });
}

async function collect(response: IncomingMessage, maxBytes: number): Promise<Answer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new Error(`an answer of more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return { status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') };
}

/** A name that resolves to several addresses fails with one error for each. */
function wordsOf(error: NodeJS.ErrnoException): string {
  return error.message || error.code || 'the connection failed';
}
