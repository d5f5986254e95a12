import type { Random } from '../random.ts';
import type { Micros } from './format.ts';
import { dispatch } from './reservations.ts';
import type { Deployment, World } from './world.ts';
import { stampNow } from './world.ts';

const MEAN_GAP_MS = 420_000;

export function drawExponential(random: Random, mean: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, -mean * Math.log(1 - random.next())));
}

export function isOpen({ beating, lockout, dissolved }: Deployment): boolean {
  return beating && !lockout && dissolved === null;
}

export function startOutages(world: World, deployments: readonly Deployment[]): void {
  const random = world.random.fork('outages');

  function comeBack(deployment: Deployment, lost: Micros): void {
    // Stays offline if it was taken offline by an event since.
    if (deployment.lastBeat !== lost) return;
    deployment.beating = true;
    dispatch(world, deployment);
  }

  function outage(): void {
    const up = deployments.filter(isOpen);
    if (up.length > 0) {
      const deployment = random.pick(up);
      const lost = stampNow(world);
      Object.assign(deployment, { lastBeat: lost, beating: false });
      world.clock.after(random.int(45_000, 180_000), () => comeBack(deployment, lost));
    }
    wait();
  }

  function wait(): void {
    world.clock.after(drawExponential(random, MEAN_GAP_MS, 60_000, 3_600_000), outage);
  }

  if (deployments.length > 0) wait();
}
