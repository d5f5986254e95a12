import type { Role } from './common.ts';

export type ProxiedUpstream = 'cycle' | 'scheduler' | 'rerobots';

export type Operation = {
  /** Stable (`cycle.environment`): it is stored in records. */
  id: string;
  upstream: ProxiedUpstream;
  method: 'GET' | 'POST' | 'DELETE';
  /** `/v1/functions/{containerId}/active`. */
  path: string;
  /** Lowest role that may call it. */
  role: Role;
  changes: boolean;
  /** False: refused by the proxy; `help` says why and what to use instead. */
  proxied: boolean;
  /** Response fields to withhold: `data.*.config.password`; `*` is any key or index. */
  secrets: readonly string[];
  /** Query parameters that are passed on. */
  query: readonly string[];
  /** Path parameter of a robot instance that only its booker and admins may touch. */
  owned?: string;
  /** One line for people. */
  help: string;
};

type Given = Pick<Operation, 'id' | 'path' | 'help'> & Partial<Operation>;

/** Reads default to viewers, changes to operators. */
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
