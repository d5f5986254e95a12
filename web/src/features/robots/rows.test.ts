import type { Booking, RobotDeployment } from '@cyclorama/shared/robots.ts';
import { expect, it } from 'vitest';

import { booking, deployment } from '../../testing/builders/robots.ts';
import { filterDeployments, regionsOf, splitBookings, toggleType } from './rows.ts';
import type { RobotsSearch } from './search.ts';

const robot = (id: string, over: Partial<RobotDeployment> = {}) => deployment({ id, ...over });
const robots = [
  robot('a'),
  robot('b', { type: 'null', region: 'eu:berlin', queueLength: 2 }),
  robot('c', { online: false }),
  robot('d', { lockedOut: true, queueLength: null }),
];
const ids = (search: RobotsSearch) => filterDeployments(robots, search).map(({ id }) => id);

it('narrows by text over type and region, type, queue, region and what can be booked', () => {
  expect(ids({})).toEqual(['a', 'b', 'c', 'd']);
  expect(ids({ q: 'BERLIN' })).toEqual(['b']);
  expect(ids({ types: 'null,other' })).toEqual(['b']);
  expect(ids({ types: '!fixed_misty2' })).toEqual(['b']);
  expect(ids({ maxlen: 0 })).toEqual(['a', 'c']);
  expect(ids({ maxlen: 'u' })).toEqual(['a', 'b', 'c', 'd']);
  expect(ids({ region: 'us:cali' })).toEqual(['a', 'c', 'd']);
  expect(ids({ online: true })).toEqual(['a', 'b']);
});

it('lists each region once', () => {
  expect(regionsOf([...robots, robot('e', { region: '' })])).toEqual(['eu:berlin', 'us:cali']);
});

it('puts types in and out of the choice', () => {
  expect(toggleType(undefined, 'null')).toBe('null');
  expect(toggleType('null', 'fixed_misty2')).toBe('null,fixed_misty2');
  expect(toggleType('null', 'null')).toBeUndefined();
});

it('keeps what nobody booked here apart, whoever’s bookings are asked for', () => {
  const of = (id: string, owner: string | null, state: Booking['state']) => booking({ id, owner, state });
  const all = [of('1', 'ada', 'ready'), of('2', 'bob', 'queued'), of('3', null, 'ready')];
  const split = splitBookings([...all, of('4', 'ada', 'terminated')], { who: 'mine' }, 'ada');
  expect(split.booked.map(({ id }) => id)).toEqual(['1']);
  expect(split.unclaimed.map(({ id }) => id)).toEqual(['3']);
  expect(splitBookings(all, { state: 'ended' }, 'ada').booked).toEqual([]);
});
