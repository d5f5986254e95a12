import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ReverseProxy = { url: string; close(): void };

type Options = {
  /** Targets by the path they are served below; all else is 404. */
  routes: Record<string, string>;
  /** Whether targets see the path without what they are served below. */
  strips: boolean;
  headers?: Record<string, string>;
  port?: number;
};

/** A small reverse proxy, as many teams have one for all their tools. */
export async function startReverseProxy({
  routes,
  strips,
  headers = {},
  port = 0,
}: Options): Promise<ReverseProxy> {
  const proxy = createServer((request, response) => {
    const { url = '', method, headers: received } = request;
    const found = Object.entries(routes).find(([base]) => url === base || url.startsWith(`${base}/`));
    if (found === undefined) {
      response.writeHead(404).end();
      return;
    }
    const [base, target] = found;
    const path = strips ? url.slice(base.length) || '/' : url;
    const all = { ...received, ...headers };
    const onward = send(new URL(target), { path, method, headers: all }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      response.flushHeaders();
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => void proxy.listen(port, resolve));
  return {
    url: `http://localhost:${(proxy.address() as AddressInfo).port}`,
    close() {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}
