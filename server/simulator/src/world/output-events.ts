import { writeLine } from './output.ts';
import type { World } from './world.ts';

export type OutputEvent = {
  kind: string;
  id?: string;
  /** For `output.write`: what the program wrote, with its line end. */
  message?: string;
  source?: 'stdout' | 'stderr';
  /** For `logs.set`. */
  chatty?: boolean;
  aggregated?: boolean;
  keeps?: 'newest' | 'oldest';
};

type Handler = (world: World, event: OutputEvent) => string | undefined;

export const OUTPUT_EVENTS: Record<string, Handler> = {
  'output.write': (world, { id = '', message = '', source = 'stdout' }) => {
    if (!world.instances.has(id)) return `id: expected an instance of this world, got "${id}"`;
    writeLine(world, id, { source, message });
    return undefined;
  },
  'logs.set': ({ output }, { chatty = true, aggregated = true, keeps = 'newest' }) => {
    Object.assign(output, { chatty, aggregated, keeps });
    return undefined;
  },
};
