import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { useState } from 'react';
import type { ReactNode } from 'react';

import { useTopology } from '../api/use-topology.ts';
import { shortenId } from '../lib/ids.ts';
import { Dialog } from '../ui/dialog.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { StateGlyph } from '../ui/state-glyph.tsx';
import { visualOf } from '../ui/state-visual.ts';
import { furtherPages } from './further-pages.ts';
import { navigation } from './pages.ts';
import { findTargets } from './palette.rules.ts';

const MOST = 20;

function Item({ value, onSelect, children }: { value: string; onSelect: () => void; children: ReactNode }) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex h-9 cursor-pointer items-center gap-2 rounded-md px-2 data-[selected=true]:bg-active"
    >
      {children}
    </Command.Item>
  );
}

export function CommandPalette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const navigate = useNavigate();
  const { data } = useTopology();
  const matches = ({ label }: { label: string }) => label.toLowerCase().includes(text.trim().toLowerCase());
  const pages = [...navigation.filter(matches), ...furtherPages.filter(matches)];
  const targets = findTargets(data?.nodes ?? [], text, MOST);
  const go = (to: Promise<void>) => {
    void to;
    onClose();
  };
  return (
    <Dialog open onOpenChange={onClose} title="Go to" size="md">
      <Command
        shouldFilter={false}
        label="Go to a page, container or instance"
        className="flex min-h-0 flex-col gap-2"
      >
        <Command.Input
          // The palette opens for typing.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder="Page, container or instance by name or id"
          className="h-9 w-full rounded-md border border-line-strong bg-panel px-3 text-sm placeholder:text-muted"
        />
        <Command.List className="max-h-[50vh] min-h-40 overflow-auto">
          <Command.Empty className="p-4 text-center text-muted">No matches.</Command.Empty>
          {pages.length > 0 && (
            <Command.Group heading="Pages" className="text-muted [&_[cmdk-item]]:text-text">
              {pages.map(({ to, label, icon: Icon, ...page }) => (
                <Item key={to} value={to} onSelect={() => go(navigate({ to }))}>
                  <Icon aria-hidden size={14} className="text-muted" />
                  <span className="flex-1">{label}</span>
                  {'letter' in page && <KeyHint keys={['g', page.letter]} />}
                </Item>
              ))}
            </Command.Group>
          )}
          {targets.length > 0 && (
            <Command.Group
              heading="Containers and instances"
              className="text-muted [&_[cmdk-item]]:text-text"
            >
              {targets.map((node) => {
                const visual = visualOf(
                  node.state.current,
                  node.kind === 'instance' ? node.health : undefined,
                );
                const open = () =>
                  node.kind === 'container'
                    ? navigate({ to: '/containers/$containerId', params: { containerId: node.id } })
                    : navigate({ to: '/instances/$instanceId', params: { instanceId: node.id } });
                return (
                  <Item key={node.id} value={node.id} onSelect={() => go(open())}>
                    <StateGlyph shape={visual.shape} tone={visual.tone} label={visual.label} />
                    <span className="min-w-0 flex-1 truncate">{node.name}</span>
                    <span className="text-xs text-muted">{node.kind}</span>
                    <code className="font-mono text-xs text-muted">{shortenId(node.id)}</code>
                  </Item>
                );
              })}
            </Command.Group>
          )}
        </Command.List>
      </Command>
    </Dialog>
  );
}
