import type { Operation } from './catalogue-operation.ts';
import { operationsOf } from './catalogue-operation.ts';
import { cycleFields } from './fields-cycle.ts';

const { get, post } = operationsOf('scheduler');

const LEDGER = 'Not proxied, since the ledger of claims must know: use /api/claims.';

export const schedulerOperations: readonly Operation[] = [
  get({
    id: 'functions.active',
    path: '/v1/functions/{containerId}/active',
    fields: `data{*{${cycleFields.instance}}}`,
    help: 'Running instances of a function container, as one scheduler sees them.',
  }),
  post({
    id: 'functions.claim',
    path: '/v1/functions/{containerId}/claim',
    proxied: false,
    route: 'POST /api/claims',
    help: `Reserves an idle instance for ten seconds. ${LEDGER}`,
  }),
  post({
    id: 'functions.spawn',
    path: '/v1/functions/{containerId}/spawn',
    proxied: false,
    route: 'POST /api/claims/:id/spawn',
    help: `Starts a claimed instance. ${LEDGER}`,
  }),
  post({
    id: 'functions.release',
    path: '/v1/functions/{containerId}/release',
    proxied: false,
    route: 'POST /api/claims/:id/release',
    help: `Gives an instance back to the pool. ${LEDGER}`,
  }),
];
