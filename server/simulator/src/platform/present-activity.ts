import { createHash } from 'node:crypto';

import { creator } from '../cycle/present-common.ts';
import { wireTime } from '../wire-time.ts';
import type { Job } from '../world/job.ts';
import type { World } from '../world/world.ts';

const ACCOUNT_NAME = { first: 'Ada', last: 'Keller' };

/** Activity of the public API: who had a job done, and what became of it. */
export function presentActivity(world: World, job: Job): Record<string, unknown> {
  const [task] = job.tasks;
  const id = task?.input['id'];
  return {
    id: createHash('sha256').update(`activity ${job.id}`).digest('hex').slice(0, 24),
    hub_id: world.hub.id,
    user: creator(world),
    verbosity: 0,
    context: { environment_id: world.environment.id, ...(id === undefined ? {} : { container_id: id }) },
    session: { url: '/v1/jobs', ip: '203.0.113.44', token: null, api_key: null },
    changes: [],
    annotations: {},
    error: job.error === null ? null : { message: job.error },
    component: id === undefined ? null : { id, type: 'container' },
    tags: [],
    status: statusOf(job),
    event: task?.header ?? 'hub.update',
    time: wireTime(job.completedAt ?? job.queuedAt),
  };
}

const statusOf = ({ state }: Job): string =>
  state === 'completed' ? 'success' : state === 'error' || state === 'expired' ? 'error' : 'request';

/** `includes` for `include=users`: accounts by their ids. */
export function presentUsers({ hub: { accountId } }: World): Record<string, unknown> {
  return {
    accounts: {
      [accountId]: {
        id: accountId,
        name: ACCOUNT_NAME,
        email: { address: 'ada@example.com' },
        two_factor_auth: { verified: true },
      },
    },
  };
}
