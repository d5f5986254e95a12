import { z } from 'zod';

import { isoTime } from './common.ts';

/** The first match wins. `source`: IPv4, optional prefix length. */
export const firewallRule = z.object({ source: z.string(), action: z.string() });
/** As read back from the upstream. `rules: null`: no chain exists yet. */
export const firewallResponse = z.object({
  rules: z.array(firewallRule).nullable(),
  /** IPv4 address of the person as the server sees it; null for IPv6 or unknown. */
  yourAddress: z.string().nullable(),
});
export type FirewallResponse = z.infer<typeof firewallResponse>;

export const firewallRequest = z.strictObject({
  source: z
    .string()
    .regex(
      /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\/(?:3[0-2]|[12]?\d))?$/,
      'expected an IPv4 address or subnet, such as 203.0.113.7 or 203.0.113.0/24',
    )
    .optional(),
  action: z.enum(['ACCEPT', 'DROP', 'REJECT']).default('ACCEPT'),
});
export type FirewallRequest = z.infer<typeof firewallRequest>;

export const vpnResponse = z.object({
  status: z.enum(['none', 'preparing', 'ready']),
  clients: z.array(z.string()),
});
export type VpnResponse = z.infer<typeof vpnResponse>;
/** The profile is returned once and stored nowhere. */
export const vpnClient = z.object({ clientId: z.string(), ovpn: z.string() });
export type VpnClient = z.infer<typeof vpnClient>;

/** By hash, so that the token itself need not be sent. */
export const revokeRequest = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected the 64 hexadecimal digits of a SHA-256'),
});
export const purgeRequest = z.strictObject({ confirm: z.literal('revoke every token') });
/**
 * Stored encrypted, never shown again. A token of another account is refused (`conflict`, field `body.confirm`) unless
 * confirmed: bookings of the first account then wait.
 */
export const accountTokenRequest = z.strictObject({
  token: z.string().trim().min(20).max(8192),
  confirm: z.literal('use another account').optional(),
});
export type AccountTokenRequest = z.infer<typeof accountTokenRequest>;
export const robotAccount = z.object({
  /**
   * `configured`: REROBOTS_API_TOKEN · `stored`: set on the account page · `revoked`: on that page, and no other is set ·
   * `unreadable`: stored, but the session secret it was encrypted with is another now.
   */
  tokenFrom: z.enum(['configured', 'stored', 'revoked', 'unreadable', 'missing']),
  tokenWorks: z.boolean().nullable(),
  /** Lets its owner recognise the dashboard's token. */
  tokenSha256: z.string().nullable(),
  userName: z.string().nullable(),
  expiresAt: isoTime.nullable(),
});
export type RobotAccount = z.infer<typeof robotAccount>;

/** Both known body forms are sent in one. */
export const ciRequest = z.strictObject({
  repositoryUrl: z.url('expected the address of a git repository'),
  branch: z.string().max(200).optional(),
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,40}$/, 'expected a commit id')
    .optional(),
  namespace: z.string().max(100).default('default'),
});
export type CiRequest = z.infer<typeof ciRequest>;
export const ciBuild = z.object({
  projectId: z.string().nullable(),
  jobId: z.string().nullable(),
  /** What else the upstream answered, in one sentence. */
  note: z.string().nullable(),
});
export type CiBuild = z.infer<typeof ciBuild>;
export const ciProjects = z.object({
  projects: z.array(z.object({ id: z.string(), repositoryUrl: z.string(), createdAt: isoTime.nullable() })),
});
export type CiProjects = z.infer<typeof ciProjects>;
