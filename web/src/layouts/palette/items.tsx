import { Zap } from 'lucide-react';
import { memo } from 'react';
import type { ReactNode } from 'react';

import { shortenId } from '../../lib/ids.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { StateGlyph } from '../../ui/state-glyph.tsx';
import { visualOf } from '../../ui/state-visual.ts';
import type { Command as PaletteCommand } from './commands.rules.ts';
import type { Entry } from './entries.rules.ts';
import { optionProps } from './use-options.ts';

type GroupProps = { id: string; heading: string; children: ReactNode[] };

/** Nothing without items. */
export function Group({ id, heading, children }: GroupProps) {
  if (children.length === 0) return null;
  return (
    <fieldset aria-labelledby={id}>
      <div id={id} aria-hidden className="text-muted">
        {heading}
      </div>
      {children}
    </fieldset>
  );
}

type RowProps = { id: string; place: number; isActive: boolean };

function Row({ disabled = false, children, ...row }: RowProps & { disabled?: boolean; children: ReactNode }) {
  return (
    <div
      {...optionProps({ ...row, disabled })}
      className="flex min-h-9 cursor-pointer items-center gap-2 rounded-md px-2 text-text aria-disabled:cursor-default aria-disabled:text-muted aria-selected:bg-active"
    >
      {children}
    </div>
  );
}

export const EntryItem = memo(function EntryItem({ entry, ...row }: RowProps & { entry: Entry }) {
  const { id, label, what, opening } = entry;
  const page = opening.by === 'page' ? opening.page : null;
  return (
    <Row {...row}>
      <Mark entry={entry} />
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {page !== null && 'letter' in page && <KeyHint keys={['g', page.letter]} />}
      {page === null && <span className="text-xs text-muted">{what}</span>}
      {page === null && id !== '' && id !== label.toLowerCase() && (
        <code className="font-mono text-xs text-muted max-sm:hidden">{shortenId(id)}</code>
      )}
    </Row>
  );
});

function Mark({ entry: { state, opening } }: { entry: Entry }) {
  if (opening.by === 'page') {
    const Icon = opening.page.icon;
    return <Icon aria-hidden size={14} className="text-muted" />;
  }
  if (state === undefined) return <span aria-hidden className="w-3.5" />;
  const { shape, tone, label } = visualOf(state.current, state.health);
  return <StateGlyph shape={shape} tone={tone} label={label} />;
}

export function CommandItem({ command, ...row }: RowProps & { command: PaletteCommand }) {
  const { label, detail, refusal } = command;
  return (
    <Row {...row} disabled={refusal !== null}>
      <Zap aria-hidden size={14} className="text-muted" />
      <span className="min-w-0 flex-1">
        <span className="block truncate">{label}</span>
        {refusal !== null && <span className="block text-xs">{refusal}</span>}
      </span>
      {refusal === null && detail !== '' && <span className="text-xs text-muted">{detail}</span>}
    </Row>
  );
}
