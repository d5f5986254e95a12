import type { InputHTMLAttributes, ReactNode } from 'react';

import { cx } from '../lib/class-names.ts';

type CheckboxProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'onChange'> & {
  label: ReactNode;
  onCheckedChange: (checked: boolean) => void;
};

export function Checkbox({ label, onCheckedChange, className, ...rest }: CheckboxProps) {
  return (
    <label className={cx('inline-flex min-h-6 items-center gap-2', className)}>
      <input
        {...rest}
        type="checkbox"
        onChange={(event) => onCheckedChange(event.target.checked)}
        className="size-4 shrink-0 accent-accent"
      />
      {label}
    </label>
  );
}
