import type { SelectHTMLAttributes } from 'react';

import { cx } from '../lib/class-names.ts';

export type SelectOption<T extends string> = {
  value: T;
  label: string;
  disabled?: boolean;
};

type SelectProps<T extends string> = Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange' | 'value'> & {
  value: T;
  options: readonly SelectOption<T>[];
  onValueChange: (value: T) => void;
};

/** The platform's own list, familiar to keyboards, phones and screen readers. */
export function Select<T extends string>({
  value,
  options,
  onValueChange,
  className,
  ...rest
}: SelectProps<T>) {
  return (
    <select
      {...rest}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value);
        if (chosen !== undefined) onValueChange(chosen.value);
      }}
      className={cx(
        'h-8 max-w-full rounded-md border border-line-strong bg-panel px-2 text-sm text-text aria-invalid:border-danger',
        className,
      )}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.disabled}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
