import { CopyButton } from './copy.tsx';

export function CurlBlock({ command, title = 'As curl' }: { command: string; title?: string }) {
  return (
    <details className="rounded-md border border-line">
      <summary className="cursor-pointer px-2.5 py-1.5 text-xs text-muted hover:text-text">{title}</summary>
      <div className="flex items-start gap-1 border-t border-line bg-sunken p-2">
        <pre
          // Scrolls sideways, so the keyboard must reach it.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          aria-label="curl command"
          className="min-w-0 flex-1 overflow-x-auto font-mono text-xs"
        >
          {command}
        </pre>
        <CopyButton text={command} label="curl command" />
      </div>
    </details>
  );
}
