import { cycleFields } from './fields-cycle.ts';

/**
 * What the proxy passes of Cycle's public API ("Cycle Platform API"), in the notation of `fields.ts`. What a task was
 * given and what it made is withheld: both may hold credentials.
 */
const state = 'state{current changed error{message}}';
const events = 'events{queued started completed}';
const task = `id caption header ${events} steps{caption description started completed} input! output! error{message}
  ${state}`;

const activity = `id hub_id user{id type} verbosity context{*} session! changes! annotations! error{message}
  component{id type} tags status event time`;

/** Where a value comes from is as good as the value: it may be the value itself, or an address with its token. */
const scopedVariable = `id creator{id type} hub_id environment_id identifier
  scope{containers{global ids identifiers}}
  access{env_variable{key} internal_api{duration} file{decode path}} source! ${state} events{created updated deleted}`;

export const platformFields = {
  activity,
  scopedVariable,
  environment: cycleFields.environment,
  job: `id hub_id queue caption ${events} schedule expires tasks{${task}} hash limit_duplicates creator{id type} ${state}`,
} as const;
