import { plural } from '../../../../lib/units.ts';
import type { ChartMark } from '../rules.ts';
import { MarkRows } from './MarkRows.tsx';

/** What the charts mark. */
export function MarkList({ marks }: { marks: readonly ChartMark[] }) {
  if (marks.length === 0) return null;
  return (
    <details>
      <summary className="min-h-6 text-xs text-muted">{plural(marks.length, 'event')} in this range</summary>
      <div className="max-h-48 overflow-auto">
        <MarkRows marks={marks} label="Events in this range" />
      </div>
    </details>
  );
}
