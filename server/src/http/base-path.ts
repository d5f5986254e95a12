import type { RequestListener } from 'node:http';

/** The path below which the page is opened, such as `/ops/dash`; empty where it is the root. */
export function basePathOf(publicUrl: string | null): string {
  return publicUrl === null ? '' : new URL(publicUrl).pathname.replace(/\/$/, '');
}

/** Takes the base path off where a proxy has left it on; requests without it are served as they are. */
export function stripBasePath(listener: RequestListener, basePath: string): RequestListener {
  if (basePath === '') return listener;
  return (request, response) => {
    const { url = '/' } = request;
    const rest = url.slice(basePath.length);
    if (url.startsWith(basePath) && /^(?:$|[/?])/.test(rest)) {
      request.url = rest.startsWith('/') ? rest : `/${rest}`;
    }
    listener(request, response);
  };
}
