import { z } from 'zod';

import { freshness, isoTime } from './common.ts';

const count = z.number().nullable();

/** Of the server this dashboard runs on; Cycle’s internal API describes no other. */
export const serverDetail = z.object({
  freshness,
  id: z.string(),
  hostname: z.string(),
  nickname: z.string().nullable(),
  cluster: z.string(),
  state: z.object({ current: z.string(), changed: isoTime.nullable(), error: z.string().nullable() }),
  provider: z.object({
    vendor: z.string().nullable(),
    model: z.string().nullable(),
    location: z.string().nullable(),
    zone: z.string().nullable(),
  }),
  addresses: z.array(z.string()),
  tags: z.array(z.string()),
  /** What Cycle may place on it. */
  allows: z.object({ pool: z.boolean(), services: z.boolean(), overcommit: z.boolean() }),
  isEphemeral: z.boolean(),
  evacuatingSince: isoTime.nullable(),
  provisionedAt: isoTime.nullable(),
  newestInstanceAt: isoTime.nullable(),
  /** What its node reports; null where it reports nothing. */
  node: z
    .object({
      isOnline: z.boolean().nullable(),
      isHealthy: z.boolean().nullable(),
      lastCheckinAt: isoTime.nullable(),
      kernel: z.string().nullable(),
      cores: count,
      threads: count,
      memoryBytes: count,
      memoryAvailableBytes: count,
      /** Averages of 1, 5 and 15 minutes. */
      load: z.array(z.number()),
      uptimeSeconds: count,
    })
    .nullable(),
});
export type ServerDetail = z.infer<typeof serverDetail>;

/** `usedBy`: containers of this environment that run it. Cycle’s internal API tells no sizes. */
const image = z.object({
  id: z.string(),
  lastUsedAt: isoTime.nullable(),
  usedBy: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type ServerImage = z.infer<typeof image>;
export const serverImages = z.object({ freshness, images: z.array(image) });
export type ServerImages = z.infer<typeof serverImages>;

export const imageDownloadRequest = z.strictObject({
  imageId: z.string().regex(/^[0-9a-f]{24}$/, 'expected 24 hexadecimal digits'),
});

const powerAction = z.enum(['reboot', 'poweroff']);
/** `hostname`: typed by the person; must be that of the server this dashboard runs on. */
export const powerRequest = z.strictObject({ action: powerAction, hostname: z.string().min(1).max(300) });
export type PowerRequest = z.infer<typeof powerRequest>;
export const powerAnswer = z.object({ action: powerAction, hostname: z.string() });
export type PowerAnswer = z.infer<typeof powerAnswer>;

export const networkDetail = z.object({
  freshness,
  id: z.string(),
  name: z.string(),
  identifier: z.string(),
  cidr: z.string().nullable(),
  vxlanTag: count,
  createdAt: isoTime.nullable(),
  environments: z.array(
    z.object({
      id: z.string(),
      /** Null where it may not be read. */
      name: z.string().nullable(),
      state: z.string().nullable(),
      addedAt: isoTime.nullable(),
    }),
  ),
  /** Of the environments above; what the upstream tells of them doesn’t say more. */
  instances: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      state: z.string(),
      environmentId: z.string(),
      containerId: z.string(),
      serverId: z.string(),
      privateIp: z.string().nullable(),
    }),
  ),
});
export type NetworkDetail = z.infer<typeof networkDetail>;

export const virtualMachineDetail = z.object({
  freshness,
  id: z.string(),
  name: z.string(),
  identifier: z.string(),
  state: z.object({ current: z.string(), changed: isoTime.nullable(), error: z.string().nullable() }),
  hostname: z.string().nullable(),
  publicNetwork: z.string().nullable(),
  image: z.string().nullable(),
  cores: count,
  memoryBytes: count,
  containerId: z.string().nullable(),
  isLocked: z.boolean(),
  isDeprecated: z.boolean(),
  createdAt: isoTime.nullable(),
  startedAt: isoTime.nullable(),
  volumes: z.array(
    z.object({
      id: z.string(),
      identifier: z.string().nullable(),
      maxSize: z.string().nullable(),
      isReadOnly: z.boolean(),
    }),
  ),
  gateways: z.array(z.object({ instanceId: z.string(), ips: z.array(z.string()) })),
});
export type VirtualMachineDetail = z.infer<typeof virtualMachineDetail>;

/** As the environment has them set; null: not set up. */
export const servicesResponse = z.object({
  freshness,
  services: z.array(
    z.object({
      service: z.string(),
      containerId: z.string().nullable(),
      isEnabled: z.boolean(),
      isHighlyAvailable: z.boolean().nullable(),
      isAutoUpdated: z.boolean().nullable(),
    }),
  ),
});
export type ServicesResponse = z.infer<typeof servicesResponse>;

/** Public parts only; the private key never leaves the server. */
export const certificatesResponse = z.object({
  freshness,
  certificates: z.array(
    z.object({
      id: z.string(),
      domains: z.array(z.string()),
      /** Null where the bundle can’t be read. */
      leaf: z
        .object({
          issuer: z.string(),
          serialNumber: z.string(),
          validFrom: isoTime,
          validTo: isoTime,
          fingerprint256: z.string(),
        })
        .nullable(),
    }),
  ),
});
export type CertificatesResponse = z.infer<typeof certificatesResponse>;
