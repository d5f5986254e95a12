import type { Instance } from './types.ts';
import type { World } from './world.ts';

/** Cumulative counters of one running instance; CPU in nanoseconds, traffic in bytes and packets. */
export type Counters = {
  cpuTotal: number;
  cpuKernel: number;
  cpuUser: number;
  throttledPeriods: number;
  periods: number;
  memoryUsage: number;
  memoryMax: number;
  memoryLimit: number;
  memoryCache: number;
  memoryLimitHits: number;
  swapUsage: number;
  swapMax: number;
  processes: number;
  rxBytes: number;
  txBytes: number;
  rxPackets: number;
  txPackets: number;
};

const DAY = 86_400;
const TURN = 2 * Math.PI;

type Wave = { amplitude: number; period: number; phase: number };

/** Daily traffic peaks at 15:00 UTC; two short waves keep charts lively. The amplitudes' sum is below 1. */
function wavesOf(phase: number): Wave[] {
  return [
    { amplitude: 0.55, period: DAY, phase: 0.625 },
    { amplitude: 0.2, period: 420, phase },
    { amplitude: 0.15, period: 47, phase: phase * 7 },
  ];
}

/** The rate at `seconds`, as a multiple of the average; never below zero. */
function rateAt(seconds: number, waves: Wave[]): number {
  return waves.reduce(
    (sum, wave) => sum + wave.amplitude * Math.cos(TURN * (seconds / wave.period - wave.phase)),
    1,
  );
}

/** The integral of the rate from the epoch to `seconds`, so that a counter needs no history and only grows. */
function amountAt(seconds: number, waves: Wave[]): number {
  return waves.reduce((sum, wave) => {
    const angle = TURN * (seconds / wave.period - wave.phase);
    return sum + (wave.amplitude * wave.period * Math.sin(angle)) / TURN;
  }, seconds);
}

/** What a running instance's counters read, now unless told; undefined while it does not run, as it then has no row. */
export function countersOf(
  world: World,
  instance: Instance,
  at: number = world.clock.now(),
): Counters | undefined {
  if (instance.startedAt === null || !['running', 'migrating'].includes(instance.state)) return undefined;
  const container = world.containers.get(instance.containerId);
  const waves = wavesOf(instance.phase);
  const now = at / 1000;
  const used = amountAt(now, waves) - amountAt(instance.startedAt / 1000, waves);
  const rate = rateAt(now, waves);
  const cpu = used * instance.cores;
  const limit = (container?.ramMegabytes ?? 512) * 1_048_576;
  const level = Math.min(0.95, 0.25 + 0.3 * instance.phase + 0.12 * rate);
  const limitHits = instance.phase > 0.85 ? Math.floor(used / 900) : 0;
  const swapped = limit * Math.max(0, instance.phase - 0.7) * 0.2;
  const received = used * instance.cores * 240_000;
  return {
    cpuTotal: Math.floor(cpu * 1e9),
    cpuKernel: Math.floor(cpu * 0.23e9),
    cpuUser: Math.floor(cpu * 0.77e9),
    periods: Math.floor(used * 10),
    throttledPeriods: Math.floor(used * 0.02),
    memoryUsage: Math.floor(limit * level),
    memoryMax:
      limitHits > 0 ? limit : Math.floor(limit * Math.min(0.97, 0.25 + 0.3 * instance.phase + 0.12 * 1.9)),
    memoryLimit: limit,
    memoryCache: Math.floor((limit * level) / 12),
    memoryLimitHits: limitHits,
    swapUsage: Math.floor(swapped),
    swapMax: Math.floor(swapped * 1.5),
    processes: 6 + Math.floor(instance.phase * 20),
    rxBytes: Math.floor(received),
    txBytes: Math.floor(received * 1.7),
    rxPackets: Math.floor(received / 840),
    txPackets: Math.floor(received / 620),
  };
}
