import { CodeBlock } from './code-block.tsx';
import { CopyButton } from './copy.tsx';

export function CurlBlock({ command, title = 'As curl' }: { command: string; title?: string }) {
  return (
    <details className="rounded-md border border-line">
      <summary className="cursor-pointer px-2.5 py-1.5 text-xs text-muted hover:text-text">{title}</summary>
      <div className="flex items-start gap-1 border-t border-line bg-sunken p-2">
        <CodeBlock text={command} label="curl command" className="min-w-0 flex-1" />
        <CopyButton text={command} label="curl command" />
      </div>
    </details>
  );
}
