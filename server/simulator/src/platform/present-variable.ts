import { createHash } from 'node:crypto';

import { creator, lifecycle, stateOf } from '../cycle/present-common.ts';
import type { ScopedVariable } from '../world/types.ts';
import type { World } from '../world/world.ts';

/** ScopedVariable of the public API: unlike the internal API's map it tells scope, access and source. */
export function presentVariable(world: World, variable: ScopedVariable): Record<string, unknown> {
  const { id: environmentId } = world.environment;
  const { createdAt } = world.hub;
  return {
    id: createHash('sha256').update(`${environmentId} ${variable.identifier}`).digest('hex').slice(0, 24),
    creator: creator(world),
    hub_id: world.hub.id,
    environment_id: environmentId,
    identifier: variable.identifier,
    scope: { containers: { global: true, ids: [], identifiers: [] } },
    access: {
      env_variable: null,
      internal_api: {
        duration: variable.durationMs === null ? null : `${variable.durationMs / 1000}s`,
      },
      file: null,
    },
    source:
      variable.value === ''
        ? {
            type: 'url',
            details: { url: 'https://values.example.com/unreachable', headers: {}, auth_token_url: null },
          }
        : { type: 'raw', details: { value: variable.value, blob: false, secret: null } },
    state: stateOf('live', createdAt),
    events: lifecycle(createdAt, createdAt),
  };
}
