import { z } from 'zod';

import { isoTime } from './common.ts';
import { repositoryRefusal } from './repository-address.ts';

export type AccessPart = 'firewall' | 'VPN';

/** The first match wins. `source`: IPv4, optional prefix length. */
export const firewallRule = z.object({ source: z.string(), action: z.string() });
/** As read back from the upstream. `rules: null`: no chain exists yet. */
export const firewallResponse = z.object({
  rules: z.array(firewallRule).nullable(),
  /** IPv4 address of the person as the server sees it; null for IPv6 or unknown. */
  yourAddress: z.string().nullable(),
});
export type FirewallResponse = z.infer<typeof firewallResponse>;

export const firewallSource = z
  .string('expected an IPv4 address or subnet; without one the rule would be for this server’s address')
  .regex(
    /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\/(?:3[0-2]|[12]?\d))?$/,
    'expected an IPv4 address or subnet, such as 203.0.113.7 or 203.0.113.0/24',
  );
export const firewallAction = z.enum(['ACCEPT', 'DROP', 'REJECT']);
export const firewallRequest = z.strictObject({
  source: firewallSource.optional(),
  action: firewallAction.default('ACCEPT'),
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

export const repositoryAddress = z
  .string('expected the address of a git repository')
  .max(2000, 'expected at most 2,000 characters')
  .superRefine((address, context) => {
    const message = repositoryRefusal(address);
    if (message !== null) context.addIssue({ code: 'custom', message });
  });
/** A name that git takes, and not for an option. */
export const gitBranch = z
  .string()
  .max(200, 'expected at most 200 characters')
  .regex(/^(?!-)[^\s~^:?*[\\]+$/, 'expected the name of a branch');
export const gitCommit = z.string().regex(/^[0-9a-f]{7,40}$/, 'expected a commit id');
/** Both known body forms are sent in one. */
export const ciRequest = z.strictObject({
  repositoryUrl: repositoryAddress,
  branch: gitBranch.optional(),
  commit: gitCommit.optional(),
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
