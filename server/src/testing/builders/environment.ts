import { toContainer, toInstance } from '../../upstream/cycle/to-domain.ts';
import type { CycleContainer, CycleDomain, CycleInstance } from '../../upstream/cycle/types.ts';
// oxlint-disable-next-line no-restricted-imports -- only tests are built with it
import * as wire from '../../upstream/cycle/wire.ts';

export const runningState = { current: 'running', changed: '2026-11-21T09:00:00Z' };

const container = {
  id: 'c1',
  identifier: 'api',
  name: 'API',
  environment: { id: 'e1' },
  image: { id: 'm1', service: null },
  config: {
    network: { public: 'enable', hostname: 'api', ports: ['443:8443'] },
    deploy: { instances: 2, strategy: 'function', function: { max_runtime: '15m', max_queue_time: '30s' } },
    runtime: { environment_vars: { API_KEY: 'SECRET-var' } },
    resources: { ram: { limit: '1G', reserve: '256M' } },
    integrations: { webhooks: { config: 'SECRET-webhook' } },
  },
  volumes: [
    { id: 'v1', config: { identifier: 'data', remote_access: { password: { data: 'SECRET-volume' } } } },
  ],
  annotations: { note: 'SECRET-note' },
  state: runningState,
  events: { created: '2026-01-01T00:00:00Z', started: '0001-01-01T00:00:00Z' },
};
const instance = {
  id: 'i00000000000000000000c36c',
  container_id: 'c1',
  server_id: 's1',
  location_id: 'l1',
  provider: { vendor: 'vultr', integration_id: 'SECRET-integration', location: 'ewr' },
  environment: { id: 'e1', ipv6: { ip: 'fd00::1' }, mac_addr: '02:c9' },
  hostname: 'api',
  ready_state: 'active',
  state: { ...runningState, health: { healthy: null }, readiness: null },
  migration: { to: { server_id: 's2' }, completed: '0001-01-01T00:00:00Z', key: 'SECRET-migration' },
  events: null,
};

/** Cycle's wire format, parsed as the client parses it; secrets begin with `SECRET-`. `changes` are wire fields. */
export const cycleContainer = (
  changes: Partial<Record<keyof typeof container, unknown>> = {},
): CycleContainer => toContainer(wire.container.parse({ ...container, ...changes }));

/** Migrating, never health-checked; `changes` as above. */
export const cycleInstance = (changes: Partial<Record<keyof typeof instance, unknown>> = {}): CycleInstance =>
  toInstance(wire.instance.parse({ ...instance, ...changes }));

export const cycleDomain = (over: Partial<CycleDomain> = {}): CycleDomain => ({
  id: 'd1',
  fqdn: 'a.example',
  containerId: 'c1',
  virtualMachineId: null,
  tls: true,
  record: { type: 'linked', value: null },
  certificateExpires: '2026-11-23T10:00:00Z',
  certificateIssued: '2026-08-25T10:00:00Z',
  certificateIsOwn: false,
  state: null,
  ...over,
});
