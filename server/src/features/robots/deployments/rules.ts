import type { Overview } from '@cyclorama/shared/environment.ts';
import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import { deploymentRefusal } from '@cyclorama/shared/rules/deployments.ts';

export function shortestQueue(all: RobotDeployment[], type: string): RobotDeployment | null {
  const candidates = all.filter((one) => one.type === type && deploymentRefusal(one) === null);
  return candidates.toSorted((a, b) => (a.queueLength ?? 0) - (b.queueLength ?? 0))[0] ?? null;
}

export function countDeployments(all: RobotDeployment[], heldByUs: ReadonlySet<string>): Overview['robots'] {
  const counts = { deployments: all.length, ours: 0, free: 0, heldByOthers: 0, unavailable: 0, unknown: 0 };
  for (const deployment of all) counts[useOf(deployment, heldByUs)] += 1;
  return counts;
}

function useOf(
  deployment: RobotDeployment,
  heldByUs: ReadonlySet<string>,
): Exclude<keyof Overview['robots'], 'deployments'> {
  if (heldByUs.has(deployment.id)) return 'ours';
  if (deploymentRefusal(deployment) !== null) return 'unavailable';
  if (deployment.online === null || deployment.queueLength === null) return 'unknown';
  return deployment.queueLength === 0 ? 'free' : 'heldByOthers';
}
