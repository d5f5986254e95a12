import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import { deploymentRefusal } from '@cyclorama/shared/rules/deployments.ts';

export function shortestQueue(all: RobotDeployment[], type: string): RobotDeployment | null {
  const candidates = all.filter((one) => one.type === type && deploymentRefusal(one) === null);
  return candidates.toSorted((a, b) => (a.queueLength ?? 0) - (b.queueLength ?? 0))[0] ?? null;
}
