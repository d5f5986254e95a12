import type { Overview } from '@cyclorama/shared/environment.ts';

import { BusyPanel } from './BusyPanel.tsx';
import { RecentActivity } from './RecentActivity.tsx';

/** Below the fold of most screens, so they are not part of the first load. */
export function LowerPanels({ activity }: Pick<Overview, 'activity'>) {
  return (
    <>
      <div className="grid gap-3 lg:grid-cols-2">
        <BusyPanel measure="cpu" />
        <BusyPanel measure="memory" />
      </div>
      <RecentActivity entries={activity} />
    </>
  );
}
