import type { DeploymentsQuery, RobotDeployment } from '@cyclorama/shared/robots.ts';

/**
 * The search of the rerobots API on our own snapshot ("rerobots API: GET /deployments"): `q` is a case-insensitive
 * part of type or region; `types` a comma list, where `!type` leaves a type out; `maxlen` the longest queue.
 */
export function searchDeployments(all: RobotDeployment[], query: DeploymentsQuery): RobotDeployment[] {
  const q = query.q?.trim().toLowerCase() ?? '';
  const types = (query.types ?? '').split(',').flatMap((type) => type.trim() || []);
  const wanted = new Set(types.filter((type) => !type.startsWith('!')));
  const unwanted = new Set(types.filter((type) => type.startsWith('!')).map((type) => type.slice(1)));
  return all.filter(
    ({ type, region, queueLength }) =>
      (type.toLowerCase().includes(q) || region.toLowerCase().includes(q)) &&
      (wanted.size === 0 || wanted.has(type)) &&
      !unwanted.has(type) &&
      (query.maxlen === undefined || (queueLength !== null && queueLength <= query.maxlen)),
  );
}

/** Why a deployment can't be booked now, as a sentence; null where it can, or where that is not known. */
export function whyNotBookable(deployment: RobotDeployment): string | null {
  if (deployment.lockedOut) return 'This robot is locked out by rerobots and can’t be booked.';
  if (deployment.online === false) return 'This robot is offline and can’t be booked.';
  return null;
}

/** The deployment of a type with the shortest queue among those that can be booked; null where there is none. */
export function shortestQueue(all: RobotDeployment[], type: string): RobotDeployment | null {
  const candidates = all.filter((one) => one.type === type && whyNotBookable(one) === null);
  return candidates.toSorted((a, b) => (a.queueLength ?? 0) - (b.queueLength ?? 0))[0] ?? null;
}

/** For the overview: how many there are, answer, and could be had at once. */
export function countDeployments(all: RobotDeployment[]): {
  deployments: number;
  online: number;
  free: number;
} {
  const online = all.filter((one) => one.online === true);
  const free = online.filter((one) => one.queueLength === 0 && !one.lockedOut).length;
  return { deployments: all.length, online: online.length, free };
}
