import type { InputHTMLAttributes, Ref, TextareaHTMLAttributes } from 'react';

import { cx } from '../lib/class-names.ts';

const LOOK =
  'w-full min-w-0 rounded-md border border-line-strong bg-panel px-2.5 text-sm text-text placeholder:text-muted aria-invalid:border-danger';

export function Input({
  className,
  ...rest
}: InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }) {
  return <input {...rest} className={cx(LOOK, 'h-8', className)} />;
}

export function TextArea({
  className,
  ...rest
}: TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> }) {
  return <textarea {...rest} className={cx(LOOK, 'py-1.5', className)} />;
}
