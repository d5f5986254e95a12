import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A replica that sends nothing for this long is taken for dead, other than on an event stream. */
const PATIENCE_MS = 5_000;

/** A proxy that hands each request to the next replica; where one refuses the connection, to the one after it. */
export async function startBalancer(ports: readonly number[]): Promise<{ url: string; close(): void }> {
  let turn = 0;

  const pass = (
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
    triesLeft: number,
  ): void => {
    turn += 1;
    const { method, url: path, headers } = request;
    const onward = httpRequest({
      host: '127.0.0.1',
      port: ports[turn % ports.length],
      method,
      path,
      headers,
    });
    const isStream = path?.startsWith('/api/events') ?? false;
    if (!isStream) onward.setTimeout(PATIENCE_MS, () => onward.destroy(new Error('silent')));
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    onward.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' && triesLeft > 0) pass(request, response, body, triesLeft - 1);
      else if (response.headersSent) response.destroy();
      else response.writeHead(502).end();
    });
    response.on('close', () => onward.destroy());
    onward.end(body);
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => pass(request, response, Buffer.concat(chunks), ports.length - 1));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
