import { afterEach, describe, expect, it } from 'vitest';

import { bookingSteps } from '../../../store/bookings.ts';
import { ada, olga, oscar } from '../../../testing/builders/people.ts';
import { robotsBench } from '../robots.fixture.ts';
import type { RobotsBench } from '../robots.fixture.ts';
import type { RobotsService } from '../service.ts';

let bench: RobotsBench;
afterEach(() => bench.close());

async function readyBooking(robots: RobotsService): Promise<string> {
  await bench.pass(robots, 20_000);
  const free = robots.deployments.list({ maxlen: 0 }).deployments.find((one) => one.online && !one.lockedOut);
  const { id } = await robots.bookings.book(
    { deploymentId: free?.id ?? '', reserve: false, vpn: false },
    oscar,
  );
  for (let gone = 0; (await robots.bookings.detail(id)).state !== 'ready' && gone < 300; gone += 1) {
    await bench.pass(robots, 1_000);
  }
  return id;
}

describe.each(['documented', 'observed'] as const)('handing over a booking of the %s rerobots', (profile) => {
  it('transfers all rights, and is recorded', async () => {
    bench = await robotsBench(profile);
    const robots = bench.serve();
    const id = await readyBooking(robots);
    expect(await robots.bookings.handOver(id, 'olga', oscar)).toMatchObject({
      owner: 'olga',
      state: 'ready',
    });
    expect((await robots.bookings.detail(id)).connection).not.toBeNull();
    expect(bench.activity).toContainEqual({
      actor: 'oscar',
      action: 'booking.hand-over',
      subject: { kind: 'booking', id, name: (await robots.bookings.detail(id)).type },
      outcome: 'done',
      detail: 'From oscar to olga.',
    });
    const last = (await bookingSteps(bench.store.db, id)).at(-1);
    expect(last).toMatchObject({
      actor: 'oscar',
      to_state: 'ready',
      cause: 'handed over from oscar to olga',
    });
    const { notices } = robots.bookings;
    const told = (await notices.list(olga)).notices;
    expect(told).toMatchObject([{ bookingId: id, from: 'oscar', by: 'oscar' }]);
    expect(await notices.list(oscar)).toEqual({ notices: [] });
    expect((await notices.holders(id)).holders).toMatchObject([
      { owner: 'oscar', to: expect.any(String) as unknown },
      { owner: 'olga', to: null },
    ]);
    const [notice] = told;
    await expect(notices.dismiss(notice?.id ?? '', oscar)).rejects.toMatchObject({ code: 'not-found' });
    expect((await notices.list(olga)).notices).toHaveLength(1);
    await notices.dismiss(notice?.id ?? '', olga);
    expect(await bench.serve().bookings.notices.list(olga)).toEqual({ notices: [] });
    await bench.pass(robots, 10_000);
    await expect(robots.bookings.terminate(id, oscar)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(robots.bookings.handOver(id, 'oscar', oscar)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await robots.bookings.handOver(id, 'oscar', ada)).toMatchObject({ owner: 'oscar' });
    await robots.bookings.terminate(id, oscar);
    await expect(robots.bookings.handOver(id, 'olga', oscar)).rejects.toMatchObject({
      code: 'not-allowed-now',
    });
  });
});

describe('a booking', () => {
  it('goes only to someone else who is known, may operate and is below their quota', async () => {
    bench = await robotsBench();
    const robots = bench.serve(undefined, 1);
    const id = await readyBooking(robots);
    for (const [to, words] of [
      ['nobody', /signed in here before/],
      ['vera', /view-only access/],
      ['bob', /^bob was blocked by an admin\. Nothing was changed\./],
      ['oscar', /belongs to oscar already/],
    ] as const) {
      await expect(robots.bookings.handOver(id, to, oscar)).rejects.toMatchObject({
        code: 'invalid-request',
        field: 'body.to',
        message: expect.stringMatching(words) as string,
      });
    }
    const second = robots.deployments
      .list({ maxlen: 0 })
      .deployments.find((one) => one.online && !one.lockedOut);
    await robots.bookings.book({ deploymentId: second?.id ?? '', reserve: false, vpn: false }, olga);
    await expect(robots.bookings.handOver(id, 'olga', oscar)).rejects.toMatchObject({
      code: 'not-allowed-now',
      message: 'olga has 1 of 1 bookings open.',
    });
    expect(await robots.bookings.handOver(id, 'ada', oscar)).toMatchObject({ owner: 'ada' });
    // Admins have no quota.
    const target = { deploymentId: second?.id ?? '', reserve: true, vpn: false };
    expect(await robots.bookings.book(target, ada)).toMatchObject({ owner: 'ada' });
  });
});
