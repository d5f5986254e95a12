import { z } from 'zod';

import { recordOf } from '../wire-text.ts';
import { flag, lenient, list, number, text } from './lenient.ts';

const names = list(z.string());
const waf = lenient(z.object({ rules: list(z.unknown()) }));

const router = z.object({
  match: lenient(z.object({ domains: names, internal_ports: list(z.number()), path: text })),
  mode: text,
  config: lenient(z.object({ sticky_sessions: flag, destination_retries: number })),
});
const controller = z.object({
  identifier: text,
  port: number,
  waf,
  transport: lenient(
    z.object({
      disable: flag,
      mode: text,
      config: lenient(
        z.object({
          performance: flag,
          ingress: lenient(z.object({ tls: lenient(z.object({ enable: flag })) })),
          timeouts: lenient(z.object({ idle: text })),
          verbosity: text,
        }),
      ),
      routers: list(router),
    }),
  ),
});

const common = { enable: flag, container_id: text, high_availability: flag, auto_update: flag };
const serviceWith = <S extends z.ZodType>(config: S) =>
  lenient(z.object({ ...common, config: lenient(config) }));

const services = lenient(
  z.object({
    loadbalancer: serviceWith(
      z.object({
        type: text,
        performance: flag,
        ipv4: flag,
        ipv6: flag,
        details: lenient(z.object({ waf, controllers: list(controller) })),
      }),
    ),
    discovery: serviceWith(z.object({ custom_resolvers: names, domain_suffix: text })),
    vpn: serviceWith(
      z.object({
        allow_internet: flag,
        custom_directives: lenient(z.unknown()),
        auth: lenient(z.object({ webhook: text, cycle_accounts: flag, vpn_accounts: flag })),
      }),
    ),
    scheduler: serviceWith(
      // The secret of an access key is plain text in it, and goes no further.
      z.object({ public: flag, access_keys: list(z.object({ name: z.string(), ips: names })) }),
    ),
    gateway: serviceWith(z.unknown()),
  }),
);
const privateNetwork = lenient(
  z.object({ vxlan_tag: number, subnet: text, ipv6: lenient(z.object({ cidr: text })) }),
);
const deployments = lenient(z.object({ tags: lenient(recordOf(z.string())) }));

/** "Environment Metadata File": no envelope, name or state. */
export const metadata = z.object({
  id: z.string(),
  services,
  private_network: privateNetwork,
  deployments,
});

const endpoint = lenient(z.object({ endpoint: lenient(z.object({ url: text })) }));
export const settings = metadata.extend({
  name: text,
  identifier: text,
  cluster: text,
  about: lenient(z.object({ description: text })),
  state: z.object({ current: z.string().catch('unknown') }),
  events: lenient(z.object({ created: text })),
  features: lenient(
    z.object({
      legacy_networking: flag,
      monitoring: lenient(
        z.object({
          tier: text,
          config: lenient(
            z.object({
              logs: lenient(
                z.object({
                  drain: lenient(z.object({ url: text, format: text, exclude_services: flag })),
                }),
              ),
              metrics: endpoint,
              events: endpoint,
            }),
          ),
        }),
      ),
    }),
  ),
});
