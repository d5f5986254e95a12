import type { TaskAction } from '@cyclorama/shared/environment.ts';
import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';
import { useState } from 'react';
import type { ReactNode } from 'react';

import { useSession } from '../../../../api/session.ts';
import { plural } from '../../../../lib/units.ts';
import { Button } from '../../../../ui/button.tsx';
import { VERB } from '../rules.ts';
import { BatchDialog } from './BatchDialog.tsx';

const ACTIONS = ['restart', 'start', 'stop'] as const;

type BulkBarProps = {
  shown: readonly string[];
  selected: ReadonlySet<string>;
  onSelectedChange: (selected: ReadonlySet<string>) => void;
  onStarted: (batchId: string) => void;
  /** Beside the actions, for what is selected. */
  children?: ReactNode;
};

/** Only what is selected is acted on, also where the filter no longer shows it. */
export function BulkBar({ shown, selected, onSelectedChange, onStarted, children }: BulkBarProps) {
  const { user } = useSession();
  const [asking, setAsking] = useState<TaskAction | null>(null);
  const refusal = roleRefusal(user.role, 'operator') ?? undefined;
  const isAllSelected = shown.every((id) => selected.has(id));
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      {!isAllSelected && (
        <Button size="sm" variant="ghost" onClick={() => onSelectedChange(new Set(shown))}>
          Select all {shown.length.toLocaleString('en')}
        </Button>
      )}
      {selected.size > 0 && (
        <>
          {ACTIONS.map((action) => (
            <Button key={action} size="sm" disabledReason={refusal} onClick={() => setAsking(action)}>
              {VERB[action]} {selected.size.toLocaleString('en')}
            </Button>
          ))}
          {children}
          <Button size="sm" variant="ghost" onClick={() => onSelectedChange(new Set())}>
            Clear selection
          </Button>
        </>
      )}
      {asking !== null && (
        <BatchDialog
          action={asking}
          what={plural(selected.size, 'instance')}
          count={selected.size}
          target={{ instances: [...selected].join(',') }}
          onClose={() => setAsking(null)}
          onStarted={(id) => {
            setAsking(null);
            onSelectedChange(new Set());
            onStarted(id);
          }}
        />
      )}
    </span>
  );
}
