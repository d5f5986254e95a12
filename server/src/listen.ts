import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { ConfigError } from './config.ts';

/**
 * `host` null: all addresses of both families, or IPv4 only where the machine has no IPv6.
 * @throws ConfigError naming PORT or HOST where it can't be used.
 */
export async function listen(server: Server, port: number, host: string | null): Promise<AddressInfo> {
  try {
    return await listenOn(server, port, host ?? '::');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (host === null && ['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes(code))
      return listenOn(server, port, '0.0.0.0');
    throw new ConfigError(explain(code, port, host), { cause: error });
  }
}

function listenOn(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server.address() as AddressInfo);
    });
  });
}

function explain(code: string, port: number, host: string | null): string {
  if (code === 'EADDRINUSE') return `PORT: ${port} is taken by another process; expected a free port.`;
  if (code === 'EACCES')
    return `PORT: ${port} needs more rights than this process has; expected one above 1023.`;
  if (code === 'EADDRNOTAVAIL') return `HOST: ${host} is no address of this machine.`;
  return `The server could not listen on port ${port} (${code}).`;
}
