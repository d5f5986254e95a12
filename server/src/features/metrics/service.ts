import type { CallMade } from '../../upstream/health.ts';
import { createInstanceGauges } from './instances.ts';
import type { InstanceSources } from './instances.ts';
import { createMeter } from './meter.ts';
import type { Meter, RequestMade } from './meter.ts';
import { createStateGauges } from './state.ts';
import type { StateSources } from './state.ts';

type Deps = {
  state: StateSources;
  /** Null where instances are not told. */
  instances: InstanceSources | null;
  /** Calls `listener` for each try to call an upstream; returns how to stop. */
  onCall: (listener: (made: CallMade) => void) => () => void;
};

export type MetricsService = {
  start(): Promise<void>;
  stop(): Promise<void>;
  noteRequest(made: RequestMade): void;
  /** As Prometheus reads it. */
  text(): Promise<{ contentType: string; body: string }>;
};

/** prom-client is loaded at the start, as most have no use for it. */
export function createMetricsService({ state, instances, onCall }: Deps): MetricsService {
  let meter: Meter | null = null;
  let read: MetricsService['text'] | null = null;
  let leave = (): void => undefined;
  /** Scrapes at one time share their work. */
  let reading: ReturnType<MetricsService['text']> | null = null;

  return {
    async start() {
      const prometheus = await import('prom-client');
      const made = createMeter(prometheus);
      const gauges = createStateGauges(prometheus, made.registry, state);
      const ofInstances = instances === null ? null : createInstanceGauges(prometheus, instances);
      meter = made;
      leave = onCall((call) => made.call(call));
      read = async () => {
        await gauges.update();
        const parts = [await made.registry.metrics(), (await ofInstances?.text()) ?? ''];
        return { contentType: made.registry.contentType, body: parts.join('') };
      };
    },
    stop() {
      leave();
      meter = null;
      return Promise.resolve();
    },
    noteRequest: (made) => meter?.request(made),
    text() {
      if (read === null) return Promise.reject(new Error('metrics are read before they have started'));
      reading ??= read().finally(() => {
        reading = null;
      });
      return reading;
    },
  };
}
