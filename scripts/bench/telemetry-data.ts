import { cursorOf, deriveSample } from '../../server/src/features/telemetry/rates.ts';
import type { Cursor, Sample } from '../../server/src/features/telemetry/rates.ts';
import type { CycleTelemetryRow } from '../../server/src/upstream/cycle/types.ts';

const PAGE = 4_096;
const MIB = 1_048_576;

type Machine = { id: string; next(at: number): Sample };

export const machineId = (index: number): string => index.toString(16).padStart(24, '0');

/**
 * An instance as Cycle tells of it: counters in nanoseconds and bytes, memory in pages, sampled with a few milliseconds
 * of jitter, load that swings by the day, bursts, and now and then a restart. The rates are the product's own.
 */
export function createMachine(index: number, random: () => number): Machine {
  const id = machineId(index);
  const isPublic = index % 4 === 0;
  const load = 0.02 + random() ** 3;
  const limitBytes = 512 * MIB * 2 ** Math.floor(random() * 4);
  let memory = limitBytes * (0.2 + 0.4 * random());
  let cache = memory * 0.2;
  let processes = 4 + Math.floor(random() * 30);
  let burst = 0;
  const total = { cpu: 0, periods: 0, throttled: 0, rx: 0, tx: 0, publicRx: 0, publicTx: 0 };
  let before: Cursor | null = null;

  return {
    id,
    next(at) {
      const time = at + Math.floor(random() * 6);
      const day = 1 + 0.6 * Math.sin((at / 86_400_000) * 2 * Math.PI + index);
      burst = random() < 0.004 ? 3 : burst * 0.8;
      const busy = Math.min(2, load * day * (0.8 + 0.4 * random()) + burst * random());
      if (random() < 0.000_05) for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] = 0;
      total.cpu += Math.floor(busy * 1e10 * 0.5);
      total.periods += 100;
      total.throttled += busy > 1.2 ? Math.floor(random() * 20) : 0;
      const bytes = busy * 400_000 * (0.7 + 0.6 * random());
      total.rx += Math.floor(bytes);
      total.tx += Math.floor(bytes * (1.5 + random()));
      if (isPublic) {
        total.publicRx += Math.floor(bytes * 0.3);
        total.publicTx += Math.floor(bytes * 2 * random());
      }
      memory = Math.max(32 * MIB, Math.min(limitBytes * 0.95, memory + (random() - 0.5) * 2 * MIB));
      if (random() < 0.3) cache = Math.max(MIB, Math.min(limitBytes * 0.3, cache + (random() - 0.45) * MIB));
      if (random() < 0.02) processes = Math.max(1, processes + (random() < 0.5 ? -1 : 1));
      const counters = { errors: 0, drops: 0 };
      const row: CycleTelemetryRow = {
        instanceId: id,
        containerId: `c${index % 50}`,
        environmentId: 'e',
        at: time,
        cpuNs: total.cpu,
        periods: total.periods,
        throttledPeriods: total.throttled,
        limitHits: 0,
        memoryBytes: Math.floor(memory / PAGE) * PAGE,
        memoryLimitBytes: limitBytes,
        swapBytes: 0,
        cacheBytes: Math.floor(cache / PAGE) * PAGE,
        processes,
        interfaces: [
          { name: 'eth0', kind: 'private', receivedBytes: total.rx, transmittedBytes: total.tx, ...counters },
          ...(isPublic
            ? [
                {
                  name: 'eth1',
                  kind: 'public' as const,
                  receivedBytes: total.publicRx,
                  transmittedBytes: total.publicTx,
                  ...counters,
                },
              ]
            : []),
        ],
      };
      const sample = deriveSample(before, row, 10_000);
      before = cursorOf(row);
      return sample ?? { at: time, start: time - 10_000, values: [] };
    },
  };
}
