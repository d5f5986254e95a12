import { z } from 'zod';

import { recordOf } from '../wire-text.ts';
import { flag, lenient, list, number, text } from './lenient.ts';

/** Items are parsed one by one, so that one bad row costs only itself. */
export const listEnvelope = z.object({ data: z.array(z.unknown()).nullable() });
export const objectEnvelope = z.object({ data: z.looseObject({}) });
export const flagEnvelope = z.object({ data: z.boolean() });
export const errorEnvelope = z.object({
  error: z.object({ code: text, title: text, detail: text }),
});

export const state = z.object({
  current: z.string().catch('unknown'),
  changed: text,
  error: lenient(z.object({ message: text })),
});
const events = lenient(z.object({ created: text, updated: text }));
const startedEvents = lenient(z.object({ created: text, updated: text, started: text }));
const network = z.object({ ip: text, cidr: text });
const deployment = lenient(z.object({ version: text }));
const provider = lenient(z.object({ vendor: text, location: text }));

export const environment = z.object({
  id: z.string(),
  name: text,
  identifier: text,
  cluster: text,
  hub_id: text,
  state,
  services: lenient(
    recordOf(
      lenient(
        z.object({
          enable: flag,
          high_availability: flag,
          auto_update: flag,
          config: z.unknown().optional(),
        }),
      ),
    ),
  ),
  features: z.unknown().optional(),
  private_network: z.unknown().optional(),
  deployments: lenient(z.object({ tags: lenient(recordOf(z.string())) })),
});
export const hub = z.object({ id: z.string(), name: text, state });

/** As they came: a secret must not be changed by what makes text readable. */
export const scopedVariables = recordOf(z.string());

const containerConfig = z.object({
  network: lenient(z.object({ public: text, hostname: text, ports: list(z.string()) })),
  deploy: lenient(
    z.object({
      instances: number,
      strategy: text,
      function: lenient(
        z.object({
          max_pool_size: number,
          max_shard_concurrency: number,
          max_runtime: text,
          max_queue_time: text,
        }),
      ),
      telemetry: lenient(z.object({ interval: text, disable: flag })),
      health_check: lenient(z.unknown()),
      readiness_check: lenient(z.unknown()),
      restart: lenient(z.unknown()),
      startup: lenient(z.unknown()),
      shutdown: lenient(z.unknown()),
      update: lenient(z.unknown()),
      constraints: lenient(z.unknown()),
    }),
  ),
  runtime: lenient(z.object({ environment_vars: lenient(recordOf(z.unknown())) })),
  resources: lenient(
    z.object({
      cpu: lenient(z.object({ shares: lenient(z.object({ limit: number, reserve: number })) })),
      ram: lenient(z.object({ limit: text, reserve: text })),
    }),
  ),
});

/** Container and ContainerSummary in one: a summary lacks identifier, config, instances and volumes. */
export const container = z.object({
  id: z.string(),
  name: text,
  identifier: text,
  environment: lenient(z.object({ id: text })),
  image: lenient(z.object({ id: text, service: text })),
  stack: lenient(z.object({ id: text, identifier: text })),
  config: lenient(containerConfig),
  deployment,
  instances: number,
  volumes: list(
    z.object({
      id: z.string(),
      config: lenient(z.object({ identifier: text, local: lenient(z.object({ max_size: text })) })),
    }),
  ),
  state,
  lock: flag,
  deprecate: flag,
  events: startedEvents,
});

const migrationEnd = lenient(z.object({ server_id: text }));

export const instance = z.object({
  id: z.string(),
  container_id: z.string(),
  environment: lenient(
    z.object({
      id: text,
      ipv6: lenient(network),
      legacy: lenient(z.object({ ipv4: lenient(network) })),
      mac_addr: text,
    }),
  ),
  server_id: text,
  location_id: text,
  provider,
  ready_state: text,
  hostname: text,
  state: state.extend({
    health: lenient(z.object({ healthy: flag, updated: text })),
    readiness: lenient(z.object({ ready: flag, updated: text })),
  }),
  service: text,
  function: lenient(z.looseObject({})),
  deployment,
  migration: lenient(z.object({ to: migrationEnd, completed: text })),
  purge_time: text,
  events,
});

export const server = z.object({
  id: z.string(),
  hostname: text,
  nickname: text,
  location_id: text,
  provider,
  /** May be absent. RAM in kB. */
  meta: lenient(
    z.object({
      node: lenient(z.object({ stats: lenient(z.object({ ram: lenient(z.object({ total: number })) })) })),
    }),
  ),
  state,
});

export const ip = z.object({
  id: z.string(),
  kind: text,
  ip: z.string(),
  assignment: lenient(
    z.object({
      container_id: text,
      instance_id: text,
      environment_id: text,
      virtual_machine: lenient(z.object({ id: text })),
    }),
  ),
  state,
});

export const service = z.object({ container, instances: list(z.unknown()) });

export const virtualMachine = z.object({
  id: z.string(),
  name: text,
  identifier: text,
  environment: lenient(z.object({ id: text })),
  container_id: text,
  state,
});

export const gateway = z.object({
  gateway_instance_id: z.string(),
  ips: list(z.object({ public_ip: text })),
});

export const sdnNetwork = z.object({
  id: z.string(),
  name: text,
  identifier: text,
  private_network: lenient(z.object({ ipv6: lenient(network) })),
  environments: list(z.object({ id: z.string() })),
  state,
});

const linked = z.object({ features: lenient(z.object({ tls: lenient(z.object({ enable: flag })) })) });

export const domain = z.object({
  fqdn: z.string(),
  record: lenient(
    z.object({
      id: z.string(),
      /** One of `linked`, `a`, `aaaa`, `cname` …, by its name. */
      type: lenient(z.looseObject({ linked: lenient(linked) })),
      features: lenient(
        z.object({ certificate: lenient(z.object({ generated: text, expires: text, user_supplied: flag })) }),
      ),
      state: lenient(state),
    }),
  ),
});

export const integration = z.object({
  id: z.string(),
  name: text,
  vendor: text,
  identifier: text,
  state,
  /** Secrets; which of them are set is none. */
  auth: lenient(recordOf(z.unknown())),
});

export const cacheEntry = z.object({
  scope: z.string(),
  key: z.string(),
  /** As it was put there. */
  value: z.string(),
  expires: text,
});

const networkInterface = z.object({
  name: z.string(),
  rx_bytes: number,
  tx_bytes: number,
  rx_errors: number,
  tx_errors: number,
  rx_dropped: number,
  tx_dropped: number,
});

export const telemetry = z.object({
  instance_id: z.string(),
  container_id: z.string(),
  environment_id: z.string(),
  stats: z.object({
    time: z.string(),
    cpu: lenient(
      z.object({
        usage: lenient(z.object({ total: number })),
        throttling: lenient(z.object({ periods: number, throttled_periods: number })),
      }),
    ),
    memory: lenient(
      z.object({
        cache: number,
        usage: lenient(z.object({ usage: number, limit: number, fail_count: number })),
        swap_usage: lenient(z.object({ usage: number })),
      }),
    ),
    processes: lenient(z.object({ current: number })),
    network: lenient(z.object({ interfaces: list(networkInterface) })),
  }),
});

export const notification = z.object({
  topic: z.string(),
  object: lenient(z.object({ id: text, state: text })),
  context: lenient(z.object({ environments: list(z.string()), containers: list(z.string()) })),
});
