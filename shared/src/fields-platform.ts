import { cycleFields } from './fields-cycle.ts';

/**
 * What the proxy passes of Cycle's public API ("Cycle Platform API"), in the notation of `fields.ts`. What a task was
 * given and what it made is withheld: both may hold credentials.
 */
const state = 'state{current changed error{message}}';
const events = 'events{queued started completed}';
const task = `id caption header ${events} steps{caption description started completed} input! output! error{message}
  ${state}`;

export const platformFields = {
  environment: cycleFields.environment,
  job: `id hub_id queue caption ${events} schedule expires tasks{${task}} hash limit_duplicates creator{id type} ${state}`,
} as const;
