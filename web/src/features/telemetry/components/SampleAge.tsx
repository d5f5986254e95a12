import type { TelemetryResponse } from '@cyclorama/shared/telemetry.ts';

import { useServerNow } from '../../../lib/server-clock.ts';
import { parseTime } from '../../../lib/time.ts';
import { formatDuration } from '../../../lib/units.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Ago } from '../../../ui/time.tsx';

const MISSED_SAMPLES = 4;

/** Amber when several samples in a row are missing. */
export function SampleAge({ answer, isLive }: { answer: TelemetryResponse; isLive: boolean }) {
  const now = useServerNow();
  const latest = parseTime(answer.latestAt);
  const isLate = latest !== null && now - latest > answer.intervalMs * MISSED_SAMPLES;
  return (
    <p className="flex items-center gap-2 text-xs text-muted">
      <span>1 point = {formatDuration(answer.stepMs)}</span>
      {isLive && latest === null && <Badge tone="warning">no samples yet</Badge>}
      {isLive && latest !== null && (
        <span className="inline-flex items-center gap-1">
          {isLate && <Badge tone="warning">late</Badge>}
          newest sample <Ago at={latest} />
        </span>
      )}
    </p>
  );
}
