import { Check, Copy } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';

import { copyText } from '../lib/copy-text.ts';
import { shortenId } from '../lib/ids.ts';
import { placeBeside } from './place.ts';
import { TextToCopy } from './text-to-copy.tsx';
import { Tooltip } from './tooltip.tsx';

type CopyButtonProps = {
  text: string;
  label: string;
  /** Called once the text is in the clipboard for sure. */
  onCopied?: () => void;
  /** Shows the text instead where copying is blocked; else it is shown beside the button. */
  onBlocked?: () => void;
};

export function CopyButton({ text, label, onCopied, onBlocked }: CopyButtonProps) {
  const [state, setState] = useState<'idle' | 'copied' | 'blocked'>('idle');
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (state !== 'copied') return undefined;
    const timer = setTimeout(() => setState('idle'), 1500);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async (from: HTMLElement) => {
    if (await copyText(text, from)) {
      setState('copied');
      onCopied?.();
    } else if (onBlocked === undefined) setState('blocked');
    else onBlocked();
  };
  const Icon = state === 'copied' ? Check : Copy;
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label={`Copy ${label}`}
        onClick={(event) => void copy(event.currentTarget)}
        className="inline-flex size-6 shrink-0 items-center justify-center rounded text-muted hover:bg-hover hover:text-text"
      >
        <Icon aria-hidden size={13} />
        <output className="sr-only">{state === 'copied' && 'Copied'}</output>
      </button>
      {state === 'blocked' && (
        <Beside anchor={button} onClose={() => setState('idle')}>
          <TextToCopy text={text} label={label} />
        </Beside>
      )}
    </>
  );
}

type BesideProps = {
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
  children: ReactNode;
};

/** Over the page until the focus leaves it. */
function Beside({ anchor, onClose, children }: BesideProps) {
  const box = useRef<HTMLSpanElement>(null);
  // Before the effect that selects the text, which must be visible for that.
  useLayoutEffect(() => {
    box.current?.showPopover?.();
    if (box.current && anchor.current) {
      placeBeside(box.current, anchor.current.getBoundingClientRect(), 'below-start');
    }
  }, [anchor]);
  return (
    <span
      ref={box}
      role="presentation"
      tabIndex={-1}
      popover="manual"
      className="m-0 w-80 max-w-[calc(100vw-16px)] rounded-md border border-line bg-panel p-2 text-xs font-normal whitespace-normal text-text shadow-pop"
      onBlur={({ currentTarget: own, relatedTarget }) => {
        // The focus is still inside where the whole window lost it.
        if (!own.contains(relatedTarget) && !own.contains(document.activeElement)) onClose();
      }}
      onKeyDown={({ key }) => {
        if (key !== 'Escape') return;
        onClose();
        anchor.current?.focus();
      }}
    >
      {children}
    </span>
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
