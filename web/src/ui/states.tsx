import type { Freshness } from '@cyclorama/shared/common.ts';
import { CircleAlert, Inbox, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

import { cx } from '../lib/class-names.ts';
import { describeError } from '../lib/describe-error.ts';
import { Button } from './button.tsx';
import { Ago } from './time.tsx';

export function LoadingState({ rows = 6, label = 'Loading' }: { rows?: number; label?: string }) {
  return (
    <output
      aria-label={label}
      data-loading
      className="block overflow-hidden rounded-lg border border-line bg-panel"
    >
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-9 items-center gap-4 border-b border-line px-3 last:border-b-0">
          <span className="size-3 rounded-full bg-active" />
          <span className="h-3 rounded bg-active" style={{ width: `${28 + ((row * 37) % 30)}%` }} />
          <span className="ml-auto h-3 w-16 rounded bg-active" />
        </div>
      ))}
    </output>
  );
}

/** For a list that is empty without an error: what belongs here and how to get it. */
export function EmptyState({ title, hint, action }: { title: string; hint?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-2 rounded-lg border border-dashed border-line px-4 py-10 text-center">
      <Inbox aria-hidden size={20} className="text-muted" />
      <p className="font-medium">{title}</p>
      {hint !== undefined && <p className="max-w-prose text-muted">{hint}</p>}
      {action}
    </div>
  );
}

type ErrorStateProps = {
  error: unknown;
  retry?: (() => void) | undefined;
  /** Inside a form or panel. */
  compact?: boolean;
};

export function ErrorState({ error, retry, compact = false }: ErrorStateProps) {
  const { message, hint, requestId } = describeError(error);
  return (
    <div
      role="alert"
      className={cx(
        'flex gap-2 rounded-lg border border-danger-line bg-danger-soft text-text',
        compact ? 'px-3 py-2' : 'px-4 py-3',
      )}
    >
      <CircleAlert aria-hidden size={16} className="mt-0.5 shrink-0 text-danger-text" />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-danger-text">{message}</p>
        {hint !== undefined && <p>{hint}</p>}
        {requestId !== undefined && (
          <p className="text-xs text-muted">
            Request <code className="font-mono break-all select-all">{requestId}</code>
          </p>
        )}
      </div>
      {retry !== undefined && (
        <Button size="sm" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}

export function StaleNotice({ freshness }: { freshness: Freshness }) {
  const { state, parts = [] } = freshness;
  const isLive = state === 'live';
  if (isLive && parts.length === 0) return null;
  // An upstream that was never configured is no fault, nor is a limited scope; missing credentials are.
  const calm = isLive
    ? parts.every(({ needsScope }) => needsScope !== undefined)
    : state === 'unconfigured' && freshness.credentials === undefined;
  const reason = isLive ? parts.map((part) => part.reason).join(' ') : freshness.reason;
  return (
    <div
      className={cx(
        'flex items-start gap-2 rounded-lg border px-3 py-2',
        calm ? 'border-line bg-sunken' : 'border-warning-line bg-warning-soft',
      )}
    >
      <TriangleAlert
        aria-hidden
        size={16}
        className={cx('mt-0.5 shrink-0', calm ? 'text-muted' : 'text-warning-text')}
      />
      <p>
        <output>{reason ?? 'The upstream does not answer.'}</output>
        {!isLive && freshness.asOf !== null && (
          <>
            {' '}
            Last read <Ago at={freshness.asOf} />.
          </>
        )}
      </p>
    </div>
  );
}
