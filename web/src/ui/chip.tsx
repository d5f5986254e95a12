import type { ReactNode } from 'react';

import { cx } from '../lib/class-names.ts';

type ChipProps = {
  pressed: boolean;
  onPressedChange: (pressed: boolean) => void;
  children: ReactNode;
};

export function Chip({ pressed, onPressedChange, children }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={() => onPressedChange(!pressed)}
      className={cx(
        'inline-flex h-7 items-center gap-1.5 rounded-full border px-2.5 text-xs whitespace-nowrap',
        pressed
          ? 'border-accent-text bg-accent-soft font-medium'
          : 'border-line-strong bg-panel hover:bg-hover',
      )}
    >
      {children}
    </button>
  );
}
