import type { Booking, RobotDeployment } from '@cyclorama/shared/robots.ts';

import { isOpen } from './robots.rules.ts';
import type { RobotsSearch } from './robots.search.ts';

/**
 * The deployments an address asks for. `q`, `types` and `maxlen` mean what they mean to the rerobots API (`q` looks at
 * type and region), but are applied here: the whole list is at hand, and a push can change a queue at any moment.
 */
export function filterDeployments(deployments: RobotDeployment[], search: RobotsSearch): RobotDeployment[] {
  const text = (search.q ?? '').trim().toLowerCase();
  return deployments.filter(
    (robot) =>
      (text === '' || `${robot.type} ${robot.region}`.toLowerCase().includes(text)) &&
      isOfTypes(robot.type, search.types) &&
      (search.maxlen === undefined || (robot.queueLength !== null && robot.queueLength <= search.maxlen)) &&
      (search.addon === undefined || robot.addons.includes(search.addon)) &&
      (search.region === undefined || robot.region === search.region) &&
      (search.online !== true || (robot.online !== false && !robot.lockedOut)),
  );
}

/** `types` as the rerobots API reads it: a comma list of the wanted, where `!type` leaves one out. */
function isOfTypes(type: string, types: string | undefined): boolean {
  const listed = (types ?? '').split(',').filter((one) => one !== '');
  const wanted = listed.filter((one) => !one.startsWith('!'));
  return !listed.includes(`!${type}`) && (wanted.length === 0 || wanted.includes(type));
}

/** The bookings an address asks for, those nobody booked here apart. */
export function splitBookings(bookings: Booking[], search: RobotsSearch, userName: string) {
  const wanted = search.state ?? 'open';
  const inState = bookings.filter((one) => wanted === 'all' || isOpen(one) === (wanted === 'open'));
  return {
    booked: inState.filter((one) => one.owner !== null && (search.who !== 'mine' || one.owner === userName)),
    unclaimed: inState.filter((one) => one.owner === null),
  };
}

/** The regions there are, in order; robots of users may have none. */
export function regionsOf(deployments: RobotDeployment[]): string[] {
  return [...new Set(deployments.map((robot) => robot.region))].filter((region) => region !== '').toSorted();
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
