import type { Operation } from '@cyclorama/shared/catalogue.ts';

import { cx } from '../../../lib/class-names.ts';
import { Panel } from '../../../ui/panel.tsx';
import { PathText } from '../../../ui/path-text.tsx';
import { upstreamNames, upstreams } from '../rows.ts';
import { OperationMarks } from './OperationMarks.tsx';

type OperationListProps = {
  operations: readonly Operation[];
  openId: string | null;
  onOpen: (id: string) => void;
};

export function OperationList({ operations, openId, onOpen }: OperationListProps) {
  return (
    <div className="flex flex-col gap-3 lg:max-h-[calc(100dvh-170px)] lg:overflow-y-auto">
      {upstreams.map((upstream) => {
        const own = operations.filter((each) => each.upstream === upstream);
        if (own.length === 0) return null;
        return (
          <Panel key={upstream} title={upstreamNames[upstream]} flush>
            <ul>
              {own.map((operation) => (
                <li key={operation.id} className="border-b border-line last:border-b-0">
                  <button
                    type="button"
                    aria-current={operation.id === openId ? 'true' : undefined}
                    onClick={() => onOpen(operation.id)}
                    className={cx(
                      'flex w-full flex-col gap-0.5 px-3 py-1.5 text-left hover:bg-hover',
                      operation.id === openId && 'bg-active',
                    )}
                  >
                    <span className="flex w-full flex-wrap items-center gap-x-2 gap-y-1">
                      <span className="w-13 shrink-0 font-mono text-xs font-medium">{operation.method}</span>{' '}
                      <span className="min-w-0 flex-1 font-mono text-xs">
                        <PathText path={operation.path} />
                      </span>{' '}
                      <OperationMarks operation={operation} />
                    </span>
                    <span className="text-xs text-muted">{operation.help}</span>
                  </button>
                </li>
              ))}
            </ul>
          </Panel>
        );
      })}
    </div>
  );
}
