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
  /** What is selected; of containers, all of their instances are acted on. */
  kind: 'instances' | 'containers';
  /** How many instances are in what is selected. */
  countInstances?: (selected: ReadonlySet<string>) => number;
  shown: readonly string[];
  selected: ReadonlySet<string>;
  onSelectedChange: (selected: ReadonlySet<string>) => void;
  onStarted: (batchId: string) => void;
  /** Beside the actions, for what is selected. */
  children?: ReactNode;
};

/** Only what is selected is acted on, also where the filter no longer shows it. */
export function BulkBar(props: BulkBarProps) {
  const { kind, shown, selected, onSelectedChange, onStarted, children } = props;
  const { user } = useSession();
  const [asking, setAsking] = useState<TaskAction | null>(null);
  const refusal = roleRefusal(user.role, 'operator') ?? undefined;
  const count = props.countInstances?.(selected) ?? selected.size;
  const what = plural(count, 'instance');
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
          what={kind === 'instances' ? what : `${what} of ${plural(selected.size, 'container')}`}
          count={count}
          target={{ [kind]: [...selected].join(',') }}
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
