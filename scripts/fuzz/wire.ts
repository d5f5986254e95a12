import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

/** Bytes are written one after another, `pauseMs` apart. */
export type Message = {
  pieces: readonly Buffer[];
  pauseMs: number;
  answers: number;
  halfClose: boolean;
  head: boolean;
};
export type Answer = { status: number; headers: Record<string, string>; body: string };
export type Exchange = {
  answers: Answer[];
  /** `closed`: the server ended the connection. `hung`: nothing came in time. */
  ended: 'complete' | 'closed' | 'hung';
  ms: number;
  /** What came on a kept connection behind the last answer, and belongs to none. */
  surplus: string;
};

const MOST_MS = 5_000;
const STREAM = 'text/event-stream';

export type Line = { send(message: Message): Promise<Exchange>; close(): void };

/** One connection, opened anew where the last exchange has ended it. */
export function openLine(port: number): Line {
  let socket: Socket | null = null;
  const drop = (): void => {
    socket?.destroy();
    socket = null;
  };
  return {
    close: drop,
    async send(message) {
      // Closed while idle it tells nobody any more: what is written to it is lost without a word.
      if (socket?.writable !== true || !socket.readable) drop();
      const before = socket !== null;
      const exchange = await exchangeOn((socket ??= open(port)), message);
      if (exchange.ended !== 'complete') drop();
      // A kept connection may have been closed while idle: only on a new one is silence an answer.
      if (before && exchange.ended === 'closed' && exchange.answers.length === 0) {
        const again = await exchangeOn((socket = open(port)), message);
        if (again.ended !== 'complete') drop();
        return again;
      }
      return exchange;
    },
  };
}

/** Between two exchanges nobody else listens, and an error without a listener ends the process. */
function open(port: number): Socket {
  return connect(port, '127.0.0.1').on('error', () => undefined);
}

function exchangeOn(
  socket: Socket,
  { pieces, pauseMs, answers: wanted, halfClose, head }: Message,
): Promise<Exchange> {
  const begun = performance.now();
  return new Promise((resolve) => {
    const answers: Answer[] = [];
    let rest: Buffer = Buffer.alloc(0);
    const finish = (ended: Exchange['ended']): void => {
      clearTimeout(deadline);
      clearTimeout(next);
      socket.off('data', read).off('close', over).off('error', over);
      // An answer may come before the request has left. What is left of it would be taken from the next one.
      if (ended === 'complete') for (const piece of pieces.slice(sent)) socket.write(piece);
      const surplus = ended === 'complete' ? rest.toString('latin1') : '';
      resolve({ answers, ended, ms: performance.now() - begun, surplus });
    };
    const take = (final: boolean): void => {
      for (
        let parsed = parseAnswer(rest, final, head);
        parsed !== null;
        parsed = parseAnswer(rest, final, head)
      ) {
        rest = parsed.rest;
        if (parsed.answer.status !== 100) answers.push(parsed.answer);
        const { connection, 'content-type': type = '' } = parsed.answer.headers;
        if (connection === 'close' || type.startsWith(STREAM)) return finish('closed');
        if (answers.length === wanted) return finish('complete');
      }
    };
    const read = (bytes: Buffer): void => {
      rest = Buffer.concat([rest, bytes]);
      take(false);
    };
    const over = (): void => {
      socket.off('close', over).off('error', over);
      take(true);
      finish('closed');
    };
    const write = (index: number): void => {
      const piece = pieces[index];
      if (piece === undefined) {
        if (halfClose) socket.end();
        return;
      }
      socket.write(piece);
      sent = index + 1;
      if (pauseMs === 0) write(index + 1);
      else next = setTimeout(write, pauseMs, index + 1);
    };
    let sent = 0;
    let next: NodeJS.Timeout | undefined;
    const deadline = setTimeout(() => finish('hung'), MOST_MS + pieces.length * pauseMs);
    socket.on('data', read).on('close', over).on('error', over);
    write(0);
  });
}

/** Null while the answer is not whole. `final`: nothing more comes. */
function parseAnswer(bytes: Buffer, final: boolean, head: boolean): { answer: Answer; rest: Buffer } | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0);
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  const made = head
    ? { body: Buffer.alloc(0), rest: bytes.subarray(end + 4) }
    : bodyOf(bytes.subarray(end + 4), status, headers, final);
  if (made === null) return null;
  return {
    answer: { status, headers, body: decode(made.body, headers['content-encoding']) },
    rest: made.rest,
  };
}

function bodyOf(
  bytes: Buffer,
  status: number,
  headers: Record<string, string>,
  final: boolean,
): { body: Buffer; rest: Buffer } | null {
  if (status === 100 || status === 204 || status === 304) return { body: Buffer.alloc(0), rest: bytes };
  const length = headers['content-length'];
  if (length !== undefined) {
    const size = Number(length);
    return bytes.length < size ? null : { body: bytes.subarray(0, size), rest: bytes.subarray(size) };
  }
  if (headers['transfer-encoding'] === 'chunked') return unchunk(bytes);
  if (headers['content-type']?.startsWith(STREAM) === true) return { body: bytes, rest: Buffer.alloc(0) };
  return final ? { body: bytes, rest: Buffer.alloc(0) } : null;
}

function unchunk(bytes: Buffer): { body: Buffer; rest: Buffer } | null {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return null;
    const size = Number.parseInt(bytes.subarray(at, line).toString('latin1'), 16);
    const from = line + 2;
    if (bytes.length < from + size + 2) return null;
    if (size === 0) return { body: Buffer.concat(chunks), rest: bytes.subarray(from + 2) };
    chunks.push(bytes.subarray(from, from + size));
    at = from + size + 2;
  }
}

function decode(body: Buffer, encoding: string | undefined): string {
  if (body.length === 0) return '';
  if (encoding === 'br') return brotliDecompressSync(body).toString();
  return (encoding === 'gzip' ? gunzipSync(body) : body).toString();
}
