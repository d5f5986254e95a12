import { bookingRequest } from '@cyclorama/shared/robots.ts';
import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import { describe, expect, it } from 'vitest';

import { deployment, misty } from '../../../testing/builders/robots.ts';
import {
  anyOf,
  bookingOf,
  emptyForm,
  minutesError,
  narrowedTo,
  onlyRefusal,
  targetsOf,
} from './booking-form.rules.ts';

const robot = (over: Partial<RobotDeployment> = {}) => deployment({ queueLength: 2, ...over });

describe('targetsOf', () => {
  it('offers any of a type first, as free as its freest robot that can be booked', () => {
    const targets = targetsOf([robot(), robot({ id: 'b', queueLength: 0, online: false })], ['null']);
    expect(targets.map(({ name, queueLength }) => [name, queueLength])).toEqual([
      ['any fixed_misty2', 2],
      ['any null', null],
      ['fixed_misty2 82051afa', 2],
      ['fixed_misty2 b', 0],
    ]);
    expect(targets[3]?.label).toBe('fixed_misty2 b, us:cali (offline)');
  });
});

it('takes whole minutes up to a week, or none', () => {
  expect(['', '1', '60', '10080'].map(minutesError)).toEqual([null, null, null, null]);
  for (const wrong of ['0', '-5', '1.5', '10081', 'an hour'])
    expect(minutesError(wrong)).toMatch(/whole minutes/);
});

describe('bookingOf', () => {
  const targets = targetsOf([robot()], []);

  it('asks for one robot or for any of a type, never both', () => {
    const one = bookingOf({ ...emptyForm(misty), minutes: '' }, targets);
    expect(one).toEqual({ deploymentId: misty, reserve: false, vpn: false });
    expect(bookingRequest.safeParse(one).success).toBe(true);
    const any = bookingOf({ ...emptyForm(anyOf('fixed_misty2')), reserve: true, vpn: true }, targets);
    expect(any).toEqual({ type: 'fixed_misty2', reserve: true, vpn: true, expiresInSeconds: 3600 });
    expect(bookingRequest.safeParse(any).success).toBe(true);
  });

  it('asks for any of those that are ticked, and for the one where it is one', () => {
    const [a, b, c] = [misty, misty.replace('8', '9'), misty.replace('8', '7')];
    const three = targetsOf(
      [a, b, c].map((id, queueLength) => robot({ id, queueLength })),
      [],
    );
    const form = (only: string[]) => ({ ...emptyForm(anyOf('fixed_misty2')), only, minutes: '' });
    const two = bookingOf(form([b, c]), three);
    expect(two).toEqual({ deploymentIds: [b, c], reserve: false, vpn: false });
    expect(bookingRequest.safeParse(two).success).toBe(true);
    expect(bookingRequest.safeParse({ ...two, type: 'fixed_misty2' }).success).toBe(false);
    expect(bookingOf(form([c]), three)).toMatchObject({ deploymentId: c });
    const narrowed = [[b, c], [c]].map((only) => three[0] && narrowedTo(three[0], only));
    expect(narrowed).toMatchObject([
      { name: 'any of 2 fixed_misty2', queueLength: 1 },
      { name: 'fixed_misty2 72051afa', queueLength: 2 },
    ]);
    expect([null, [a], []].map((only) => onlyRefusal({ ...emptyForm(''), only }))).toEqual([
      null,
      null,
      'Tick at least one robot.',
    ]);
  });

  it('sends the key trimmed', () => {
    expect(
      bookingOf({ ...emptyForm(misty), sshPublicKey: ' ssh-ed25519 AAAA\n' }, targets).sshPublicKey,
    ).toBe('ssh-ed25519 AAAA');
  });
});
