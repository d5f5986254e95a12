import type { Booking, RobotDeployment } from '@cyclorama/shared/robots.ts';
import { isOpenBooking } from '@cyclorama/shared/rules/bookings.ts';
import { deploymentRefusal, searchDeployments } from '@cyclorama/shared/rules/deployments.ts';

import type { RobotsSearch } from './search.ts';

/**
 * The deployments an address asks for. `q`, `types` and `maxlen` mean what they mean to the rerobots API (`q` looks at
 * type and region), but are applied here: the whole list is at hand, and a push can change a queue at any moment.
 */
export function filterDeployments(deployments: RobotDeployment[], search: RobotsSearch): RobotDeployment[] {
  return searchDeployments(deployments, search).filter(
    (robot) =>
      (search.addon === undefined || robot.addons.includes(search.addon)) &&
      (search.region === undefined || robot.region === search.region) &&
      (search.online !== true || deploymentRefusal(robot) === null),
  );
}

/** The bookings an address asks for, those nobody booked here apart. */
export function splitBookings(bookings: Booking[], search: RobotsSearch, userName: string) {
  const wanted = search.state ?? 'open';
  const inState = bookings.filter((one) => wanted === 'all' || isOpenBooking(one) === (wanted === 'open'));
  return {
    booked: inState.filter((one) => one.owner !== null && (search.who !== 'mine' || one.owner === userName)),
    unclaimed: inState.filter((one) => one.owner === null),
  };
}

/** The regions there are, in order; robots of users may have none. */
export function regionsOf(deployments: RobotDeployment[]): string[] {
  return [...new Set(deployments.map((robot) => robot.region))].filter((region) => region !== '').toSorted();
}

type Longest = NonNullable<RobotsSearch['maxlen']>;

/** The lengths of queue to choose from, in the words of `maxlen`; one that only the address asks for is added. */
export function queueOptions(chosen: RobotsSearch['maxlen']): { value: string; label: string }[] {
  const offered: Longest[] = ['u', 0, 1, 3];
  const all = chosen === undefined || offered.includes(chosen) ? offered : [...offered, chosen];
  return all.map((longest) => ({ value: String(longest), label: queueLabel(longest) }));
}

/** `maxlen` of an address as it was chosen among `queueOptions`. */
export const longestOf = (value: string): Longest => (value === 'u' ? value : Number(value));

function queueLabel(longest: Longest): string {
  if (longest === 'u') return 'Any queue';
  if (longest === 0) return 'Free when last read';
  return longest === 1 ? 'No one waiting' : `At most ${longest - 1} waiting`;
}

/** The add-ons there are, in order. */
export function addonsOf(deployments: RobotDeployment[]): string[] {
  return [...new Set(deployments.flatMap((robot) => robot.addons))].toSorted();
}

/** `types` of an address with one type put in or taken out; undefined when none is left. */
export function toggleType(types: string | undefined, type: string): string | undefined {
  const chosen = types === undefined ? [] : types.split(',');
  const next = chosen.includes(type) ? chosen.filter((one) => one !== type) : [...chosen, type];
  return next.length === 0 ? undefined : next.join(',');
}
