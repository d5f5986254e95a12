import { cx } from '../lib/class-names.ts';

/** `label` names it for screen readers. */
export function CodeBlock({ text, label, className }: { text: string; label: string; className: string }) {
  return (
    <pre
      // Scrolls, so the keyboard must reach it.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={label}
      className={cx('overflow-auto font-mono text-xs', className)}
    >
      {text}
    </pre>
  );
}
