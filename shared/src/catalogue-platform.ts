import type { Operation } from './catalogue-operation.ts';
import { operationsOf } from './catalogue-operation.ts';
import { platformFields } from './fields-platform.ts';
import { platformQueries } from './upstream-queries.ts';

const { get } = operationsOf('platform');

/** What of the public API is about this environment's work; its API key is worth the whole hub. */
export const platformOperations: readonly Operation[] = [
  get({
    id: 'environments',
    path: '/v1/environments',
    fields: `data{${platformFields.environment}}`,
    role: 'admin',
    query: platformQueries.environments,
    sessionOnly: true,
    help: 'Environments of the hub that the API key may see.',
  }),
  get({
    id: 'jobs',
    path: '/v1/jobs',
    route: 'GET /api/jobs',
    fields: `data{${platformFields.job}}`,
    query: platformQueries.jobs,
    help: 'Jobs of the hub; what their tasks were given is withheld.',
  }),
  get({
    id: 'jobs.latest',
    path: '/v1/jobs/latest',
    fields: `data{${platformFields.job}}`,
    help: 'The latest jobs of the hub.',
  }),
  get({
    id: 'job',
    path: '/v1/jobs/{job}',
    route: 'GET /api/jobs/:id',
    fields: `data{${platformFields.job}}`,
    help: 'One job with its tasks and their steps.',
  }),
];
