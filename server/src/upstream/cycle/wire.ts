import { z } from 'zod';

/** Absent, null or of an unexpected type: null, since published schemas and answers differ. */
const may = <S extends z.ZodType>(schema: S) => schema.nullish().catch(null);
const text = may(z.string());
const number = may(z.number());
const flag = may(z.boolean());
/** Unreadable items are left out. */
const list = <S extends z.ZodType>(schema: S) =>
  may(
    z.array(z.unknown()).transform((items) =>
      items.flatMap((item) => {
        const read = schema.safeParse(item);
        return read.success ? [read.data] : [];
      }),
    ),
  );

/** Items are parsed one by one, so that one bad row costs only itself. */
export const listEnvelope = z.object({ data: z.array(z.unknown()).nullable() });
export const objectEnvelope = z.object({ data: z.looseObject({}) });
export const flagEnvelope = z.object({ data: z.boolean() });
export const errorEnvelope = z.object({
  error: z.object({ code: text, title: text, detail: text }),
});

const state = z.object({
  current: z.string().catch('unknown'),
  changed: text,
  error: may(z.object({ message: text })),
});
const events = may(z.object({ created: text, updated: text }));
const startedEvents = may(z.object({ created: text, updated: text, started: text }));
const network = z.object({ ip: text, cidr: text });
const deployment = may(z.object({ version: text }));
const provider = may(z.object({ vendor: text, location: text }));

export const environment = z.object({
  id: z.string(),
  name: text,
  identifier: text,
  cluster: text,
  hub_id: text,
  state,
  services: may(z.record(z.string(), may(z.object({ enable: flag })))),
});
export const hub = z.object({ id: z.string(), name: text, state });

const containerConfig = z.object({
  network: may(z.object({ public: text, hostname: text, ports: list(z.string()) })),
  deploy: may(
    z.object({
      instances: number,
      strategy: text,
      function: may(
        z.object({
          max_pool_size: number,
          max_shard_concurrency: number,
          max_runtime: text,
          max_queue_time: text,
        }),
      ),
      telemetry: may(z.object({ interval: text, disable: flag })),
    }),
  ),
  runtime: may(z.object({ environment_vars: may(z.record(z.string(), z.unknown())) })),
  resources: may(
    z.object({
      cpu: may(z.object({ shares: may(z.object({ limit: number, reserve: number })) })),
      ram: may(z.object({ limit: text, reserve: text })),
    }),
  ),
});

/** Container and ContainerSummary in one: a summary lacks identifier, config, instances and volumes. */
export const container = z.object({
  id: z.string(),
  name: text,
  identifier: text,
  environment: may(z.object({ id: text })),
  image: may(z.object({ id: text, service: text })),
  stack: may(z.object({ id: text, identifier: text })),
  config: may(containerConfig),
  deployment,
  instances: number,
  volumes: list(
    z.object({
      id: z.string(),
      config: may(z.object({ identifier: text, local: may(z.object({ max_size: text })) })),
    }),
  ),
  state,
  lock: flag,
  deprecate: flag,
  events: startedEvents,
});

const migrationEnd = may(z.object({ server_id: text }));

export const instance = z.object({
  id: z.string(),
  container_id: z.string(),
  environment: may(
    z.object({
      id: text,
      ipv6: may(network),
      legacy: may(z.object({ ipv4: may(network) })),
      mac_addr: text,
    }),
  ),
  server_id: text,
  location_id: text,
  provider,
  ready_state: text,
  hostname: text,
  state: state.extend({
    health: may(z.object({ healthy: flag, updated: text })),
    readiness: may(z.object({ ready: flag })),
  }),
  service: text,
  function: may(z.looseObject({})),
  deployment,
  migration: may(z.object({ to: migrationEnd, completed: text })),
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
  meta: may(
    z.object({ node: may(z.object({ stats: may(z.object({ ram: may(z.object({ total: number })) })) })) }),
  ),
  state,
});

export const ip = z.object({
  id: z.string(),
  kind: text,
  ip: z.string(),
  assignment: may(
    z.object({
      container_id: text,
      instance_id: text,
      environment_id: text,
      virtual_machine: may(z.object({ id: text })),
    }),
  ),
  state,
});

export const service = z.object({ container, instances: list(z.unknown()) });

export const virtualMachine = z.object({
  id: z.string(),
  name: text,
  identifier: text,
  environment: may(z.object({ id: text })),
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
  private_network: may(z.object({ ipv6: may(network) })),
  environments: list(z.object({ id: z.string() })),
  state,
});

export const domain = z.object({
  fqdn: z.string(),
  record: may(
    z.object({
      id: z.string(),
      type: may(
        z.object({
          linked: may(
            z.object({
              features: may(z.object({ tls: may(z.object({ enable: flag })) })),
            }),
          ),
        }),
      ),
      features: may(z.object({ certificate: may(z.object({ expires: text })) })),
      state: may(state),
    }),
  ),
});

export const integration = z.object({
  id: z.string(),
  name: text,
  vendor: text,
  identifier: text,
  state,
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
    cpu: may(
      z.object({
        usage: may(z.object({ total: number })),
        throttling: may(z.object({ periods: number, throttled_periods: number })),
      }),
    ),
    memory: may(
      z.object({
        cache: number,
        usage: may(z.object({ usage: number, limit: number, fail_count: number })),
        swap_usage: may(z.object({ usage: number })),
      }),
    ),
    processes: may(z.object({ current: number })),
    network: may(z.object({ interfaces: list(networkInterface) })),
  }),
});

export const notification = z.object({
  topic: z.string(),
  object: may(z.object({ id: text, state: text })),
  context: may(z.object({ environments: list(z.string()), containers: list(z.string()) })),
});
