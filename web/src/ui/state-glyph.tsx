import type { ReactNode } from 'react';

import { cx } from '../lib/class-names.ts';
import { visualOf } from './state-visual.ts';
import type { StateShape, StateTone } from './state-visual.ts';

const TONE: Record<StateTone, string> = {
  neutral: 'text-tone-neutral',
  success: 'text-tone-success',
  warning: 'text-tone-warning',
  danger: 'text-tone-danger',
  muted: 'text-tone-muted',
};

const ring = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.75 };

const SHAPE: Record<StateShape, ReactNode> = {
  filled: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  half: (
    <>
      <circle cx="6" cy="6" r="4" {...ring} />
      <path d="M6 2a4 4 0 0 1 0 8z" fill="currentColor" />
    </>
  ),
  ring: <circle cx="6" cy="6" r="4" {...ring} />,
  square: <rect x="1.5" y="1.5" width="9" height="9" rx="1" fill="currentColor" />,
  dashed: <circle cx="6" cy="6" r="4" {...ring} strokeDasharray="2.2 2" />,
};

type StateGlyphProps = {
  shape: StateShape;
  tone: StateTone;
  /** For screen readers; without it the glyph is decorative. */
  label?: string;
};

/** Filled dot running, half dot changing, ring stopped, square failed, dashed ring unknown. */
export function StateGlyph({ shape, tone, label }: StateGlyphProps) {
  const name = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" className={cx('shrink-0', TONE[tone])} {...name}>
      {SHAPE[shape]}
    </svg>
  );
}

type StateLabelProps = {
  state: string;
  health?: 'healthy' | 'unhealthy' | 'unknown' | 'none' | undefined;
};

export function StateLabel({ state, health }: StateLabelProps) {
  const { shape, tone, label } = visualOf(state, health);
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <StateGlyph shape={shape} tone={tone} />
      {label}
    </span>
  );
}
