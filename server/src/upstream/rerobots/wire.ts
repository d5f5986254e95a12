import { z } from 'zod';

import { readableText, recordOf } from '../wire-text.ts';

/**
 * "rerobots API reference", and answers of the running service where they differ. Lenient: unknown fields pass, null
 * lists are empty, and fields that hold a private key are never read.
 */
const deploymentInfo = z.object({
  type: z.string().nullish(),
  type_version: z.number().nullish(),
  supported_addons: z.array(z.string()).nullish(),
  desc: readableText.nullish(),
  region: z.string().nullish(),
  icounter: z.number().nullish(),
  created: z.string().nullish(),
  queuelen: z.number().nullish(),
  online: z.boolean().nullish(),
  lockout: z.boolean().nullish(),
});
export type DeploymentInfo = z.infer<typeof deploymentInfo>;

export const deploymentAnswer = deploymentInfo.extend({ id: z.string() });

export const deploymentsAnswer = z.object({
  workspace_deployments: z.array(z.string()).nullish(),
  /** Only where requested; covers every match, not only the page. */
  info: recordOf(deploymentInfo).nullish(),
});

const instanceItem = z.object({
  id: z.string(),
  status: z.string().nullish(),
  deployment: z.string().nullish(),
  type: z.string().nullish(),
  region: z.string().nullish(),
  starttime: z.string().nullish(),
});
/** Ids, or objects where details were requested and are known; `workspace_deployments` runs parallel. */
export const instancesAnswer = z.object({
  workspace_instances: z.array(z.union([z.string(), instanceItem])).nullish(),
  workspace_deployments: z.array(z.string()).nullish(),
});
export type InstancesAnswer = z.infer<typeof instancesAnswer>;

export const instanceAnswer = instanceItem.extend({
  endtime: z.string().nullish(),
  expires: z.string().nullish(),
  /** `{}` while there is no address yet. */
  fwd: z.object({ ipv4: z.string().nullish(), port: z.number().nullish() }).nullish(),
  hostkeys: z.array(z.string()).nullish(),
  vpn: z.unknown().optional(),
});
export type InstanceAnswer = z.infer<typeof instanceAnswer>;

/** Oldest first; the last that concerns the account counts (observed). */
export const rulesAnswer = z.object({
  rules: z
    .array(z.object({ wdeployment_id: z.string(), capability: z.string(), id: z.number().nullish() }))
    .nullish(),
});

export type RulesAnswer = z.infer<typeof rulesAnswer>;

export const reservationsAnswer = z.object({
  reservations: z
    .array(
      z.object({
        id: z.string(),
        created: z.string().nullish(),
        /** `wd:<id>`, `deployment <id>` or `type <type>`. */
        desc: readableText.nullish(),
      }),
    )
    .nullish(),
});
export type ReservationsAnswer = z.infer<typeof reservationsAnswer>;

/** `success` false: a reservation. A documented `sshkey` (a private key) is not read. */
export const launchAnswer = z.object({ success: z.boolean(), id: z.string().min(1) });

/** The message may stand under any of three keys. */
export const errorAnswer = z.object({
  error_message: readableText.nullish(),
  result_message: readableText.nullish(),
  error: readableText.nullish(),
});

/** Pairs of source and action, in order of evaluation; null while there is no chain. */
export const firewallAnswer = z.object({
  rules: z.array(z.tuple([z.string(), z.string()]).rest(z.unknown())).nullish(),
});

export const vpnAnswer = z.object({ status: z.string(), clients: z.array(z.string()).nullish() });
export const vpnClientAnswer = z.object({ client_id: z.string(), ovpn: z.string().min(1) });

const ciId = z.union([z.string(), z.number()]).nullish();
export const ciProjectsAnswer = recordOf(
  z.object({ created: z.string().nullish(), repo_url: readableText.nullish() }),
).nullish();
/** `jid` only where a build was started at once, as documented. */
export const ciNewAnswer = z.object({ pid: ciId, jid: ciId });
export const ciJobAnswer = z.object({ jid: ciId });
