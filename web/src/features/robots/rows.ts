import type { Booking, RobotDeployment } from '@cyclorama/shared/robots.ts';
import { isOpenBooking } from '@cyclorama/shared/rules/bookings.ts';
import { deploymentRefusal, searchDeployments } from '@cyclorama/shared/rules/deployments.ts';

import type { RobotsSearch } from './search.ts';

/**
 * `q`, `types` and `maxlen` mean the same as in the rerobots API (`q` matches type and region), but are applied here:
 * the whole list is loaded and pushed changes apply at once.
 */
export function filterDeployments(deployments: RobotDeployment[], search: RobotsSearch): RobotDeployment[] {
  return searchDeployments(deployments, search).filter(
    (robot) =>
      (search.addon === undefined || robot.addons.includes(search.addon)) &&
      (search.region === undefined || robot.region === search.region) &&
      (search.online !== true || deploymentRefusal(robot) === null),
  );
}

export function splitBookings(bookings: Booking[], search: RobotsSearch, userName: string) {
  const wanted = search.state ?? 'open';
  const inState = bookings.filter((one) => wanted === 'all' || isOpenBooking(one) === (wanted === 'open'));
  return {
    booked: inState.filter((one) => one.owner !== null && (search.who !== 'mine' || one.owner === userName)),
    unclaimed: inState.filter((one) => one.owner === null),
  };
}

export function regionsOf(deployments: RobotDeployment[]): string[] {
  return [...new Set(deployments.map((robot) => robot.region))].filter((region) => region !== '').toSorted();
}

type Longest = NonNullable<RobotsSearch['maxlen']>;

/** As `maxlen` values; a length that only the URL asks for is added. */
export function queueOptions(chosen: RobotsSearch['maxlen']): { value: string; label: string }[] {
  const offered: Longest[] = ['u', 0, 1, 3];
  const all = chosen === undefined || offered.includes(chosen) ? offered : [...offered, chosen];
  return all.map((longest) => ({ value: String(longest), label: queueLabel(longest) }));
}

export const longestOf = (value: string): Longest => (value === 'u' ? value : Number(value));

function queueLabel(longest: Longest): string {
  if (longest === 'u') return 'Any queue';
  if (longest === 0) return 'Free when last read';
  return longest === 1 ? 'No one waiting' : `At most ${longest - 1} waiting`;
}

export function addonsOf(deployments: RobotDeployment[]): string[] {
  return [...new Set(deployments.flatMap((robot) => robot.addons))].toSorted();
}

export function toggleType(types: string | undefined, type: string): string | undefined {
  const chosen = types === undefined ? [] : types.split(',');
  const next = chosen.includes(type) ? chosen.filter((one) => one !== type) : [...chosen, type];
  return next.length === 0 ? undefined : next.join(',');
}
