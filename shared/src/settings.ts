import { z } from 'zod';

import { freshness, isoTime } from './common.ts';

const text = z.string().nullable();
const flag = z.boolean().nullable();

/** Durations are Cycle's own words: `30s`. */
export const loadBalancerController = z.object({
  name: z.string(),
  port: z.number().nullable(),
  enabled: z.boolean(),
  mode: text,
  tls: flag,
  performance: flag,
  idleTimeout: text,
  verbosity: text,
  /** Rules of its web application firewall. */
  firewallRules: z.number(),
  routers: z.array(
    z.object({
      mode: text,
      /** Empty: any. */
      domains: z.array(z.string()),
      ports: z.array(z.number()),
      path: text,
      stickySessions: flag,
      retries: z.number().nullable(),
    }),
  ),
});
export type LoadBalancerController = z.infer<typeof loadBalancerController>;

const service = z.object({
  name: z.string(),
  enabled: z.boolean(),
  containerId: text,
  highAvailability: flag,
  autoUpdate: flag,
});
export type ServiceSettings = z.infer<typeof service>;

/** What the environment is set to, without the secrets among it. Addresses that are secrets are cut to their host. */
export const settingsOfServices = z.object({
  privateNetwork: z.object({ cidr: text, vxlanTag: z.number().nullable(), subnet: text }).nullable(),
  deploymentTags: z.array(z.object({ tag: z.string(), version: z.string() })),
  services: z.array(service),
  loadBalancer: z
    .object({
      type: text,
      performance: flag,
      ipv4: flag,
      ipv6: flag,
      /** Rules of the firewall before all controllers. */
      firewallRules: z.number(),
      controllers: z.array(loadBalancerController),
    })
    .nullable(),
  vpn: z
    .object({
      allowInternet: flag,
      cycleAccounts: flag,
      vpnAccounts: flag,
      /** Asked whether an account may sign in. */
      webhook: text,
      hasCustomDirectives: z.boolean(),
    })
    .nullable(),
  scheduler: z
    .object({
      public: flag,
      accessKeys: z.array(z.object({ name: z.string(), ips: z.array(z.string()) })),
    })
    .nullable(),
  discovery: z.object({ customResolvers: z.array(z.string()), domainSuffix: text }).nullable(),
});
export type SettingsOfServices = z.infer<typeof settingsOfServices>;

export const environmentSettings = settingsOfServices.extend({
  freshness,
  id: z.string(),
  name: z.string(),
  identifier: z.string(),
  cluster: z.string(),
  description: text,
  state: z.string(),
  createdAt: isoTime.nullable(),
  legacyNetworking: flag,
  monitoring: z
    .object({
      tier: text,
      logs: z.object({ url: text, format: text, withoutServices: flag }).nullable(),
      metricsUrl: text,
      eventsUrl: text,
    })
    .nullable(),
});
export type EnvironmentSettings = z.infer<typeof environmentSettings>;

/** The file that Cycle mounts into each instance. */
export const metadataFile = settingsOfServices.extend({
  path: z.string(),
  id: z.string(),
  changedAt: isoTime,
  bytes: z.number(),
});
export type MetadataFile = z.infer<typeof metadataFile>;

export const hubResponse = z.object({
  freshness,
  id: z.string(),
  name: z.string(),
  state: z.string(),
  stateChangedAt: isoTime.nullable(),
});
export type HubResponse = z.infer<typeof hubResponse>;

const named = z.string().trim().min(1, 'expected a value').max(200, 'expected at most 200 characters');
/** Cycle lists none: it takes an identifier, a vendor, or both. */
export const integrationQuery = z
  .object({ identifier: named.optional(), vendor: named.optional() })
  .refine(({ identifier, vendor }) => identifier !== undefined || vendor !== undefined, {
    error: 'expected an identifier or a vendor',
    path: ['identifier'],
  });

/** Its credentials are withheld: only which of them are set. */
export const integration = z.object({
  id: z.string(),
  name: z.string(),
  vendor: z.string(),
  identifier: z.string(),
  state: z.string(),
  stateChangedAt: isoTime.nullable(),
  credentials: z.array(z.string()),
  readAt: isoTime,
});
export type Integration = z.infer<typeof integration>;
