import type { DurationsResponse } from '@cyclorama/shared/claims.ts';

export type Run = DurationsResponse['runs'][number];
export type Phase = 'queue' | 'start' | 'run';
export type PhaseRun = {
  claimId: string;
  at: string;
  seconds: number;
};
export type PhaseSummary = {
  count: number;
  median: number;
  p95: number;
  longest: number;
};

export const phases: readonly { phase: Phase; title: string; meaning: string }[] = [
  { phase: 'queue', title: 'Queue', meaning: 'requested until claimed' },
  { phase: 'start', title: 'Start', meaning: 'spawn sent until running' },
  { phase: 'run', title: 'Run', meaning: 'running until ended' },
];

export function runsOf(runs: readonly Run[], phase: Phase): PhaseRun[] {
  return runs.flatMap((run) => {
    const seconds = run[phase];
    return seconds === null || !Number.isFinite(seconds) || seconds < 0
      ? []
      : [{ claimId: run.claimId, at: run.at, seconds }];
  });
}

/** Nearest-rank percentiles, so each is a measured value; null without runs. */
export function summarise(runs: readonly PhaseRun[]): PhaseSummary | null {
  const sorted = runs.map(({ seconds }) => seconds).sort((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  if (sorted.length === 0) return null;
  return { count: sorted.length, median: rank(0.5), p95: rank(0.95), longest: sorted.at(-1) ?? 0 };
}
