import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';

import { shortenId } from '../lib/ids.ts';
import { Tooltip } from './tooltip.tsx';

export function CopyButton({ text, label }: { text: string; label: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), 1500);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      setState('failed');
    }
  };
  const Icon = state === 'copied' ? Check : Copy;
  return (
    <button
      type="button"
      aria-label={`Copy ${label}`}
      onClick={() => void copy()}
      className="inline-flex size-6 shrink-0 items-center justify-center rounded text-muted hover:bg-hover hover:text-text"
    >
      <Icon aria-hidden size={13} />
      <output className="sr-only">
        {state === 'copied' && 'Copied'}
        {state === 'failed' && 'Copying is blocked'}
      </output>
    </button>
  );
}

export function CopyId({ id, label = 'id' }: { id: string; label?: string }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      <Tooltip content={<code className="font-mono">{id}</code>}>
        <code className="font-mono text-xs">{shortenId(id)}</code>
      </Tooltip>
      <CopyButton text={id} label={label} />
    </span>
  );
}
