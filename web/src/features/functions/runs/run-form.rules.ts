import type { BatchRequest, ClaimRequest, FunctionPool } from '@cyclorama/shared/claims.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';

import { formatDuration, plural } from '../../../lib/units.ts';
import { claimForecast } from '../claims/rules.ts';
import { toEnvironmentVariables } from '../variables/rules.ts';
import type { VariableRow } from '../variables/rules.ts';

export type TimeUnit = 's' | 'min' | 'h';

export type RunForm = {
  containerId: string;
  count: string;
  concurrency: string;
  /** Empty: never; 0: as soon as it runs. */
  releaseAfter: string;
  releaseUnit: TimeUnit;
  rows: VariableRow[];
};
export type RunFormField = 'count' | 'concurrency' | 'releaseAfter';

const secondsIn: Record<TimeUnit, number> = { s: 1, min: 60, h: 3600 };
// As in the contract's batchRequest and claimRequest.
const MOST_RUNS = 1000;
const MOST_AT_ONCE = 50;
const LEAST_RELEASE = 0;
const MOST_RELEASE = 7 * 86_400;

const whole = (text: string): number | null => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : null);
const within = (value: number | null, least: number, most: number) =>
  value !== null && value >= least && value <= most;

export function runFormErrors(form: RunForm): Partial<Record<RunFormField, string>> {
  const errors: Partial<Record<RunFormField, string>> = {};
  if (!within(whole(form.count), 1, MOST_RUNS))
    errors.count = 'Runs: expected a whole number from 1 to 1,000';
  if (isBatch(form) && !within(whole(form.concurrency), 1, MOST_AT_ONCE)) {
    errors.concurrency = 'In parallel: expected a whole number from 1 to 50';
  }
  if (form.releaseAfter.trim() !== '' && !within(releaseSeconds(form), LEAST_RELEASE, MOST_RELEASE)) {
    errors.releaseAfter = 'Release after: expected a whole number, from 0 seconds to 7 days';
  }
  return errors;
}

export function isBatch(form: Pick<RunForm, 'count'>): boolean {
  return (whole(form.count) ?? 1) > 1;
}

function releaseSeconds(form: Pick<RunForm, 'releaseAfter' | 'releaseUnit'>): number | null {
  const amount = whole(form.releaseAfter);
  return amount === null ? null : amount * secondsIn[form.releaseUnit];
}

const releasePart = (form: RunForm) => {
  const seconds = releaseSeconds(form);
  return seconds === null ? {} : { releaseAfterSeconds: seconds };
};

/** Requires `runFormErrors` to be empty. */
export function toClaimRequest(form: RunForm, isSpawning: boolean): ClaimRequest {
  return {
    containerId: form.containerId,
    ...(isSpawning ? { spawn: { environmentVariables: toEnvironmentVariables(form.rows) } } : {}),
    ...releasePart(form),
  };
}

export function toBatchRequest(form: RunForm): BatchRequest {
  return {
    containerId: form.containerId,
    count: Number(form.count),
    concurrency: Number(form.concurrency),
    environmentVariables: toEnvironmentVariables(form.rows),
    ...releasePart(form),
  };
}

export function runForecast(form: RunForm, pool: FunctionPool): string {
  const seconds = releaseSeconds(form);
  const limit = pool.maxRuntimeSeconds;
  const isLimited = limit !== null && limit > 0;
  const end =
    seconds !== null && (!isLimited || seconds < limit)
      ? seconds === 0
        ? 'is released as soon as it runs'
        : `is released ${formatDuration(seconds * 1000)} after its start`
      : isLimited
        ? `runs until it is released, ${formatDuration(limit * 1000)} at most`
        : 'runs until it is released';
  if (!isBatch(form)) return `${claimForecast(pool)} Once spawned it ${end}.`;
  const atOnce = Math.min(Number(form.concurrency), Number(form.count));
  return (
    `Claims and spawns ${isolated(pool.name)} ${plural(Number(form.count), 'time')}, at most ${atOnce} in parallel. ` +
    `Each run ${end}. Runs refused for lack of a free instance are retried.`
  );
}
