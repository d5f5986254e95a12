import type { ServerResponse } from 'node:http';

type Headers = (string | number)[] | Record<string, string | number>;

/** Headers and half of the body, then a broken connection. */
export function cutBody(response: ServerResponse): void {
  const write = response.write.bind(response);
  replaceEnd(response, (body) => {
    if (body === '') return response.socket?.destroy();
    const bytes = Buffer.from(body);
    const half = bytes.subarray(0, Math.max(1, Math.floor(bytes.length / 2)));
    return write(half, () => response.socket?.destroy());
  });
}

/** Headers only, on a connection that stays open. */
export function holdBody(response: ServerResponse): void {
  replaceEnd(response, () => response.flushHeaders());
}

/** Only for a 200; sets the matching length. */
export function changeBody(response: ServerResponse, change: (body: string) => string): void {
  const writeHead = response.writeHead.bind(response);
  const end = response.end.bind(response);
  let head: { status: number; headers: Headers } = { status: 200, headers: [] };
  response.writeHead = ((status: number, headers: Headers) => {
    head = { status, headers };
    return response;
  }) as typeof response.writeHead;
  replaceEnd(response, (body) => {
    const changed = head.status === 200 ? change(body) : body;
    writeHead(head.status, withLength(head.headers, Buffer.byteLength(changed)) as string[]);
    end(changed);
  });
}

function withLength(headers: Headers, length: number): Headers {
  if (!Array.isArray(headers)) return { ...headers, 'content-length': length };
  const place = headers.findIndex((each) => String(each).toLowerCase() === 'content-length');
  return place === -1 ? headers : headers.with(place + 1, String(length));
}

function replaceEnd(response: ServerResponse, end: (body: string) => unknown): void {
  response.end = ((body?: unknown) => {
    end(typeof body === 'string' ? body : '');
    return response;
  }) as typeof response.end;
}
