import { z } from 'zod';

import { recordOf } from '../wire-text.ts';
import { flag, lenient, list, number, text } from './lenient.ts';
import { state } from './wire.ts';

const lifecycle = lenient(z.object({ created: text, started: text }));

/** `meta.node` is there only where it was asked for or the node reports it. RAM in kB. */
export const serverDetail = z.object({
  id: z.string(),
  hostname: text,
  nickname: text,
  cluster: text,
  provider: lenient(
    z.object({ vendor: text, model: text, location: text, zone: text, init_ips: list(z.string()) }),
  ),
  constraints: lenient(
    z.object({
      tags: list(z.string()),
      allow: lenient(z.object({ pool: flag, services: flag, overcommit: flag })),
    }),
  ),
  ephemeral: flag,
  evacuate: lenient(z.object({ started: text })),
  state,
  events: lenient(z.object({ latest_instance: text, provisioning: lenient(z.object({ completed: text })) })),
  meta: lenient(
    z.object({
      node: lenient(
        z.object({
          online: flag,
          healthy: flag,
          last_checkin: text,
          stats: lenient(
            z.object({
              os: lenient(z.object({ kernel: text, release: text })),
              cpu: lenient(z.object({ cores: number, threads: number })),
              ram: lenient(z.object({ total: number, available: number })),
              load: lenient(z.object({ avg1m: number, avg5m: number, avg15m: number })),
              uptime: lenient(z.object({ seconds: number })),
            }),
          ),
        }),
      ),
    }),
  ),
});

export const image = z.object({ id: z.string(), access_time: text });

export const sdnNetworkDetail = z.object({
  id: z.string(),
  name: text,
  identifier: text,
  private_network: lenient(z.object({ vxlan_tag: number, ipv6: lenient(z.object({ cidr: text })) })),
  environments: list(z.object({ id: z.string(), added: text })),
  events: lifecycle,
});

export const virtualMachineDetail = z.object({
  id: z.string(),
  name: text,
  identifier: text,
  config: lenient(
    z.object({
      network: lenient(z.object({ public: text, hostname: text })),
      resources: lenient(
        z.object({
          ram: lenient(z.object({ limit: text })),
          cpu: lenient(z.object({ cores: lenient(z.object({ number })) })),
        }),
      ),
    }),
  ),
  image: lenient(z.object({ type: text, details: lenient(z.object({ identifier: text })) })),
  container_id: text,
  volumes: list(
    z.object({
      id: z.string(),
      config: lenient(
        z.object({ identifier: text, read_only: flag, local: lenient(z.object({ max_size: text })) }),
      ),
    }),
  ),
  state,
  lock: flag,
  deprecate: flag,
  events: lifecycle,
});

const serviceSettings = lenient(
  z.object({ enable: flag, container_id: text, high_availability: flag, auto_update: flag }),
);
export const environmentServices = z.object({ services: lenient(recordOf(serviceSettings)) });

/** `private_key` comes with it and is not read. */
export const certificate = z.object({ id: z.string(), domains: list(z.string()), bundle: text });
