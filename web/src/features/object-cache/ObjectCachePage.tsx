import { useCan } from '../../api/session.ts';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { PutPanel } from './components/PutPanel.tsx';
import { ReadPanel } from './components/ReadPanel.tsx';

export function ObjectCachePage() {
  const mayUse = useCan('operator');
  return (
    <Page
      title="Object cache"
      subtitle="Values that programs keep for a time, by scope and key. Cycle lists none and deletes none."
    >
      {mayUse ? (
        <div className="grid items-start gap-3 lg:grid-cols-2">
          <ReadPanel />
          <PutPanel />
        </div>
      ) : (
        <EmptyState
          title="Not for viewers"
          hint="Programs keep secrets in the cache. Operators can read it and put values into it."
        />
      )}
    </Page>
  );
}
