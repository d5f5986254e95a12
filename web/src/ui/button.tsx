import { useId, useLayoutEffect, useRef } from 'react';
import type { ButtonHTMLAttributes, MouseEvent, ReactNode, Ref } from 'react';

import { cx } from '../lib/class-names.ts';
import { Tooltip } from './tooltip.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  variant?: ButtonVariant;
  size?: 'sm' | 'md';
  /** It stays focusable; the reason shows on hover and focus, and is read by screen readers. */
  disabledReason?: string | undefined;
  pending?: boolean;
  icon?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
};

const LOOK: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent border-transparent hover:bg-accent-hover',
  secondary: 'bg-panel text-text border-line-strong hover:bg-hover',
  ghost: 'bg-transparent text-text border-transparent hover:bg-hover',
  danger: 'bg-danger text-on-accent border-transparent hover:bg-danger-hover',
};
const OFF = 'cursor-not-allowed border-line bg-sunken text-muted';

export function buttonClass(
  variant: ButtonVariant = 'secondary',
  size: 'sm' | 'md' = 'md',
  off = false,
): string {
  return cx(
    'inline-flex items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none transition-colors no-underline',
    size === 'sm' ? 'h-7 px-2 text-xs' : 'h-8 px-3 text-sm',
    off ? OFF : LOOK[variant],
  );
}

export function Button({
  variant = 'secondary',
  size = 'md',
  disabledReason,
  pending = false,
  disabled = false,
  icon,
  className,
  children,
  onClick,
  onFocus,
  onBlur,
  ref,
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const own = useRef<HTMLButtonElement>(null);
  const hasFocus = useRef(false);
  // With a reason the button is a new element, inside its tooltip: the keyboard's place must not be lost.
  useLayoutEffect(() => {
    if (hasFocus.current && document.activeElement === document.body) own.current?.focus();
  });
  const off = disabledReason !== undefined || pending || disabled;
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (off) event.preventDefault();
    else onClick?.(event);
  };
  const button = (
    <button
      type="button"
      {...rest}
      ref={(element) => {
        own.current = element;
        if (typeof ref === 'function') return ref(element);
        if (ref) ref.current = element;
        return undefined;
      }}
      onFocus={(event) => {
        hasFocus.current = true;
        onFocus?.(event);
      }}
      onBlur={(event) => {
        hasFocus.current = false;
        onBlur?.(event);
      }}
      onClick={press}
      aria-disabled={off || undefined}
      aria-busy={pending || undefined}
      aria-describedby={disabledReason === undefined ? rest['aria-describedby'] : reasonId}
      className={cx(buttonClass(variant, size, off), className)}
    >
      {icon}
      {children}
    </button>
  );
  if (disabledReason === undefined) return button;
  return (
    <Tooltip content={disabledReason} id={reasonId}>
      {button}
    </Tooltip>
  );
}
