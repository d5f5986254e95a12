import { Suspense, useState } from 'react';

import { lazyPart } from '../../../ui/lazy-part.ts';
import { LoadingState } from '../../../ui/states.tsx';

const HowFarBack = lazyPart(() => import('./HowFarBack.tsx'), 'HowFarBack');

/** Read only once somebody opens it. */
export function StorageDetails() {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className="min-w-0 rounded-lg border border-line bg-panel"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="min-h-9 content-center px-3 text-sm">
        How far back this reaches, and what a year takes
      </summary>
      {isOpen && (
        <Suspense fallback={<LoadingState rows={6} label="Loading what is stored" />}>
          <HowFarBack />
        </Suspense>
      )}
    </details>
  );
}
