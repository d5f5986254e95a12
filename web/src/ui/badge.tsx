import type { ReactNode } from 'react';

import { cx } from '../lib/class-names.ts';

export type BadgeTone = 'neutral' | 'accent' | 'danger' | 'warning' | 'success';

const LOOK: Record<BadgeTone, string> = {
  neutral: 'bg-sunken text-muted border-line',
  accent: 'bg-accent-soft text-accent-text border-accent-line',
  danger: 'bg-danger-soft text-danger-text border-danger-line',
  warning: 'bg-warning-soft text-warning-text border-warning-line',
  success: 'bg-success-soft text-success-text border-success-line',
};

/** The text carries the meaning; the tone only stresses it. */
export function Badge({
  tone = 'neutral',
  children,
  className,
}: {
  tone?: BadgeTone;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span
      className={cx(
        // As high as a line: on the baseline a badge would stand out of it, and be cut in a card.
        'inline-flex h-5 items-center gap-1 rounded border px-1.5 align-top text-xs font-medium whitespace-nowrap',
        LOOK[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
