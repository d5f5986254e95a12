import { ApiError } from '../http/reply.ts';
import type { InternalApiScope } from '../world/internal-api-scope.ts';
import type { World } from '../world/world.ts';

/** Which scope a path needs. The vendor's list names the scopes only, so the rows are inferred from their names. */
const SCOPE_OF: readonly [prefix: string, scope: InternalApiScope][] = [
  ['/v1/environment', 'environment'],
  ['/v1/virtual-machine', 'environment'],
  ['/v1/hub', 'environment'],
  ['/v1/conductor', 'environment'],
  ['/v1/vpn', 'environment'],
  ['/v1/sdn', 'networks'],
  ['/v1/server', 'server'],
];

/** Throws 403.permissions where the caller's container has a scope that leaves this path out. */
export function requireScope(world: World, path: string): void {
  const needed = SCOPE_OF.find(([prefix]) => path.startsWith(prefix))?.[1] ?? 'self';
  requireNamedScope(world, needed);
}

export function requireNamedScope({ self }: World, needed: InternalApiScope): void {
  if (self.scope === null || self.scope.includes(needed)) return;
  throw new ApiError(
    403,
    '403.permissions',
    `config.runtime.internal_api.scope: expected ${needed}, this container has ${self.scope.join(', ') || 'none'}`,
  );
}
