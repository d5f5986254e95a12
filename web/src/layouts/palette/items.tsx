import { Command } from 'cmdk';
import { Zap } from 'lucide-react';
import { Children } from 'react';
import type { ReactNode } from 'react';

import { shortenId } from '../../lib/ids.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { StateGlyph } from '../../ui/state-glyph.tsx';
import { visualOf } from '../../ui/state-visual.ts';
import type { Command as PaletteCommand } from './commands.rules.ts';
import type { Entry } from './entries.rules.ts';

/** Nothing without items. */
export function Group({ heading, children }: { heading: string; children: ReactNode[] }) {
  if (Children.count(children) === 0) return null;
  return (
    <Command.Group heading={heading} className="text-muted [&_[cmdk-item]]:text-text">
      {children}
    </Command.Group>
  );
}

type ItemProps = { value: string; disabled?: boolean; onSelect: () => void; children: ReactNode };

function Item({ value, disabled = false, onSelect, children }: ItemProps) {
  return (
    <Command.Item
      value={value}
      disabled={disabled}
      onSelect={onSelect}
      className="flex min-h-9 cursor-pointer items-center gap-2 rounded-md px-2 data-[disabled=true]:cursor-default data-[disabled=true]:!text-muted data-[selected=true]:bg-active"
    >
      {children}
    </Command.Item>
  );
}

export function EntryItem({ entry, onSelect }: { entry: Entry; onSelect: () => void }) {
  const { key, id, label, what, opening } = entry;
  const page = opening.by === 'page' ? opening.page : null;
  return (
    <Item value={key} onSelect={onSelect}>
      <Mark entry={entry} />
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {page !== null && 'letter' in page && <KeyHint keys={['g', page.letter]} />}
      {page === null && <span className="text-xs text-muted">{what}</span>}
      {page === null && id !== '' && id !== label.toLowerCase() && (
        <code className="font-mono text-xs text-muted max-sm:hidden">{shortenId(id)}</code>
      )}
    </Item>
  );
}

function Mark({ entry: { state, opening } }: { entry: Entry }) {
  if (opening.by === 'page') {
    const Icon = opening.page.icon;
    return <Icon aria-hidden size={14} className="text-muted" />;
  }
  if (state === undefined) return <span aria-hidden className="w-3.5" />;
  const { shape, tone, label } = visualOf(state.current, state.health);
  return <StateGlyph shape={shape} tone={tone} label={label} />;
}

export function CommandItem({ command, onSelect }: { command: PaletteCommand; onSelect: () => void }) {
  const { key, label, detail, refusal } = command;
  return (
    <Item value={key} disabled={refusal !== null} onSelect={onSelect}>
      <Zap aria-hidden size={14} className="text-muted" />
      <span className="min-w-0 flex-1">
        <span className="block truncate">{label}</span>
        {refusal !== null && <span className="block text-xs">{refusal}</span>}
      </span>
      {refusal === null && detail !== '' && <span className="text-xs text-muted">{detail}</span>}
    </Item>
  );
}
