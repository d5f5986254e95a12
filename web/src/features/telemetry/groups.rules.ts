import type { Aggregate, GroupBy, TelemetryResponse } from '@cyclorama/shared/telemetry.ts';

import type { Target, TargetKind } from './queries.ts';
import type { TelemetrySearch } from './search.ts';

export const togetherWords: Record<Aggregate, string> = {
  sum: 'Sum of instances',
  mean: 'Mean of instances',
  max: 'Highest instance',
};
export const groupWords: Record<GroupBy, string> = { ...togetherWords, top: 'The five busiest' };

/** Of these the server makes one of many instances, as there may be thousands. */
export const isGroup = (kind: TargetKind): boolean => kind === 'server' || kind === 'environment';

/** What is asked for where the target is a group, or a container whose instances are drawn as one. */
export function groupOf(target: Target, { by, measure }: TelemetrySearch): Target {
  if (target.kind === 'container' && by !== 'top') return { ...target, by };
  return isGroup(target.kind) ? { ...target, by: by ?? 'sum', measure } : target;
}

/** The one series of a server has the name that the page knows it by. */
export function namedGroup(answer: TelemetryResponse, { id }: Target, name: string): TelemetryResponse {
  const [only, second] = answer.series;
  if (only?.id !== id || second !== undefined) return answer;
  return { ...answer, series: [{ ...only, name }] };
}
