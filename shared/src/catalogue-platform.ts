import type { Operation } from './catalogue-operation.ts';
import { operationsOf } from './catalogue-operation.ts';
import { cycleFields } from './fields-cycle.ts';
import { platformFields } from './fields-platform.ts';
import { platformBodies } from './upstream-bodies.ts';
import { platformQueries } from './upstream-queries.ts';

const { get, post } = operationsOf('platform');

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
  get({
    id: 'scoped-variables',
    path: '/v1/environments/{environment}/scoped-variables',
    fields: `data{${platformFields.scopedVariable}}`,
    role: 'admin',
    query: platformQueries.scopedVariables,
    sessionOnly: true,
    help: 'Scoped variables of an environment: who may read each and for how long; where the value comes from is withheld.',
  }),
  get({
    id: 'hub.activity',
    path: '/v1/hubs/current/activity',
    route: 'GET /api/hub/activity',
    fields: `data{${platformFields.activity}} includes{users{accounts{*{id name{first last} email!}}}}`,
    query: platformQueries.activity,
    help: 'What was done in the hub and by whom; sessions, what was changed and addresses of accounts are withheld.',
  }),
  get({
    id: 'instance.console',
    path: '/v1/containers/{container}/instances/{containerInstance}/console',
    route: 'GET /api/instances/:id/console',
    fields: 'data{address^ token!}',
    role: 'operator',
    sessionOnly: true,
    proxied: false,
    help: 'A token for a console stays on the server. Read the console on the page of the instance.',
  }),
  get({
    id: 'instance.telemetry',
    path: '/v1/containers/{container}/instances/{containerInstance}/telemetry/resources/report',
    route: 'GET /api/telemetry/instances/:id',
    fields: `data{request{instance_id start end} snapshots{${cycleFields.snapshot}}}`,
    role: 'admin',
    query: platformQueries.telemetry,
    help: 'Snapshots of what an instance used, whichever server it runs on.',
  }),
  post({
    id: 'logs.aggregate',
    path: '/v1/monitoring/logs/aggregate',
    route: 'GET /api/instances/:id/logs',
    fields: 'data{time source message instance_id context_window}',
    role: 'admin',
    sessionOnly: true,
    changes: false,
    body: platformBodies.logs,
    help: 'What instances of the hub wrote in the last 72 hours, found by text or expression. Changes nothing.',
  }),
];
