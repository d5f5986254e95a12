import type { CycleNotification } from '../../../upstream/cycle/types.ts';
import { resources } from './snapshot.ts';
import type { Resource } from './snapshot.ts';

/** Maximum delay of a read nobody waits for, so that many notifications become one read. */
export const LAZY_MS = 8_000;

export type Plan = { resources: readonly Resource[]; delayMs: number };

type Rule = { prefix: string; resources: readonly Resource[]; delayMs?: number };

/**
 * What a topic may have changed; first match wins. The list of topics is open (Cycle notification topics): one without
 * a rule leads to a lazy read of everything.
 */
const RULES: readonly Rule[] = [
  { prefix: 'container.instance.', resources: ['instances'] },
  { prefix: 'container.', resources: ['containers', 'instances'] },
  { prefix: 'environment.services.lb.ips', resources: ['ips', 'services'] },
  { prefix: 'environment.services.', resources: ['services', 'environment'] },
  { prefix: 'environment.scoped-variable.', resources: [] },
  { prefix: 'environment.deployments.', resources: ['environment', 'containers', 'domains'] },
  { prefix: 'environment.', resources: ['environment'] },
  { prefix: 'sdn.', resources: ['networks'] },
  { prefix: 'virtual-machine.ips', resources: ['ips', 'virtualMachines'] },
  { prefix: 'virtual-machine.', resources: ['virtualMachines'] },
  { prefix: 'infrastructure.server.internal_api.', resources: [] },
  { prefix: 'infrastructure.server.', resources: ['server', 'instances'], delayMs: 1_000 },
  { prefix: 'infrastructure.ips.', resources: ['ips'] },
  { prefix: 'dns.', resources: ['domains'], delayMs: LAZY_MS },
  { prefix: 'hub.', resources: ['hub'], delayMs: LAZY_MS },
  { prefix: 'job.', resources: [] },
  { prefix: 'event.', resources: [] },
  { prefix: 'pipeline.', resources: [] },
  { prefix: 'billing.', resources: [] },
  { prefix: 'image.', resources: [] },
];

/** Empty where the notification concerns other environments only. */
export function planFor(notification: CycleNotification, environmentId: string | null): Plan {
  const { topic, environmentIds } = notification;
  if (isElsewhere(environmentIds, environmentId) && !topic.startsWith('sdn.'))
    return { resources: [], delayMs: 0 };
  const rule = RULES.find((each) => topic.startsWith(each.prefix));
  if (rule === undefined) return { resources, delayMs: LAZY_MS };
  return { resources: rule.resources, delayMs: rule.delayMs ?? 0 };
}

/** Says neither which account nor whether it was made, changed or deleted (Cycle notification topics). */
export function vpnAccountsMayHaveChanged(
  { topic, environmentIds }: CycleNotification,
  environmentId: string | null,
): boolean {
  return topic === 'environment.services.vpn.users.updated' && !isElsewhere(environmentIds, environmentId);
}

function isElsewhere(environmentIds: readonly string[], environmentId: string | null): boolean {
  return environmentIds.length > 0 && environmentId !== null && !environmentIds.includes(environmentId);
}
