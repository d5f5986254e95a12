import type { Role } from './common.ts';

/** The upstreams whose operations may be called through the BFF's proxy. */
export type ProxiedUpstream = 'cycle' | 'scheduler' | 'rerobots';

/** One operation of an upstream's API, as the proxy, the API explorer and the documents know it. */
export type Operation = {
  /** `cycle.environment`; stable, used in records. */
  id: string;
  upstream: ProxiedUpstream;
  method: 'GET' | 'POST' | 'DELETE';
  /** `/v1/functions/{containerId}/active`. */
  path: string;
  /** The least role that may call it. */
  role: Role;
  changes: boolean;
  /** False: not through the proxy; `help` says why and what to use. */
  proxied: boolean;
  /** Fields of the answer whose values are withheld: `data.*.config.password`; `*` is any key or index. */
  secrets: readonly string[];
  /** Names of the query parameters that pass. */
  query: readonly string[];
  /** The path parameter that names a robot instance only its booker and administrators may touch. */
  owned?: string;
  /** One line for people. */
  help: string;
};

type Given = Pick<Operation, 'id' | 'path' | 'help'> & Partial<Operation>;

/** Makes the entries of one upstream: reads for viewers, changes for operators, unless said otherwise. */
export function operationsOf(upstream: ProxiedUpstream) {
  const entry =
    (method: Operation['method']) =>
    (given: Given): Operation => ({
      upstream,
      method,
      role: method === 'GET' ? 'viewer' : 'operator',
      changes: method !== 'GET',
      proxied: true,
      secrets: [],
      query: [],
      ...given,
      id: `${upstream}.${given.id}`,
    });
  return { get: entry('GET'), post: entry('POST'), del: entry('DELETE') };
}
