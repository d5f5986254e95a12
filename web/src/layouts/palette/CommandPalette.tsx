import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { useMemo, useState } from 'react';

import { useSession, useSignOut } from '../../api/session.ts';
import { setTheme } from '../../lib/theme.ts';
import { setZone } from '../../lib/time.ts';
import { pageOfResource } from '../../router/resource-link.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { lazyPart } from '../../ui/lazy-part.ts';
import { ErrorState } from '../../ui/states.tsx';
import { commandsOf, targetsOf } from './commands.rules.ts';
import type { Command as PaletteCommand, Setting } from './commands.rules.ts';
import { entriesOf } from './entries.rules.ts';
import type { Entry } from './entries.rules.ts';
import { CommandItem, EntryItem, Group } from './items.tsx';
import { rank } from './rank.rules.ts';
import { recentOf, rememberOpened } from './recent.store.ts';
import { usePaletteData } from './use-palette-data.ts';

const BatchDialog = lazyPart(
  () => import('../../features/environment/batches/components/BatchDialog.tsx'),
  'BatchDialog',
);
const BookDialog = lazyPart(
  () => import('../../features/robots/bookings/components/BookDialog.tsx'),
  'BookDialog',
);

const MOST = 20;
const PLACES = Array.from({ length: 100 }, (_, place) => `place ${place}`);

type Asked = Exclude<PaletteCommand['run'], { by: 'setting' }>;

export function CommandPalette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const [asked, setAsked] = useState<Asked | null>(null);
  const { user } = useSession();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const data = usePaletteData();
  const entries = useMemo(() => entriesOf(data), [data]);
  const recent = useMemo(() => recentOf(user.name), [user.name]);
  const found = useMemo(() => rank(entries, text, { recent, limit: MOST }), [entries, text, recent]);
  const targets = useMemo(() => targetsOf(data), [data]);
  const commands = useMemo(() => commandsOf(text, targets, user.role), [text, targets, user.role]);
  const isEmpty = text.trim() === '';

  const leave = (to: Promise<void>) => {
    void to;
    onClose();
  };
  const open = (entry: Entry) => {
    rememberOpened(user.name, entry.key);
    const { opening } = entry;
    if (opening.by === 'page') return leave(navigate({ to: opening.page.to }));
    if (opening.by === 'address')
      return leave(navigate({ to: '/addresses', search: { q: opening.address } }));
    if (opening.by === 'person') return leave(navigate({ to: '/team', search: { person: opening.name } }));
    return leave(navigate(pageOfResource(opening.kind, opening.id)));
  };
  const set = (setting: Setting) => {
    if (setting === 'sign-out') return signOut.mutate();
    if (setting === 'utc' || setting === 'local') setZone(setting);
    else setTheme(setting);
    onClose();
  };
  const run = (command: PaletteCommand) => {
    if (command.refusal !== null) return;
    if (command.run.by === 'setting') set(command.run.setting);
    else setAsked(command.run);
  };

  if (asked?.by === 'tasks') {
    return (
      <BatchDialog
        action={asked.action}
        what={asked.what}
        count={asked.count}
        target={{ [asked.kind]: asked.id }}
        onClose={onClose}
        onStarted={(id) => leave(navigate(pageOfResource('task-batch', id)))}
      />
    );
  }
  if (asked?.by === 'book') {
    return (
      <BookDialog
        deployments={[...data.deployments]}
        types={[...data.types]}
        deploymentId={asked.deploymentId}
        onClose={onClose}
        onBooked={({ id }) => leave(navigate(pageOfResource('booking', id)))}
      />
    );
  }
  const lately = recent.flatMap((key) => entries.find((entry) => entry.key === key) ?? []);
  const pages = entries.filter(({ what }) => what === 'page');
  // By place: a row then only changes its words with each key, where another would be made anew.
  const items = (list: Entry[]) =>
    list.map((entry, place) => <EntryItem key={PLACES[place]} entry={entry} onSelect={() => open(entry)} />);
  return (
    <Dialog open onOpenChange={onClose} title="Go to" size="md">
      {signOut.error !== null && <ErrorState compact error={signOut.error} />}
      <Command shouldFilter={false} label="Find anything" className="flex min-h-0 flex-col gap-2">
        <Command.Input
          // The palette opens for typing.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder="Name, id, address, or “restart api”"
          className="h-9 w-full rounded-md border border-line-strong bg-panel px-3 text-sm placeholder:text-muted"
        />
        <Command.List className="max-h-[50vh] min-h-40 overflow-auto">
          <Command.Empty className="p-4 text-center text-muted">No matches.</Command.Empty>
          {isEmpty ? (
            <>
              <Group heading="Recent">{items(lately)}</Group>
              <Group heading="Pages">{items(pages)}</Group>
            </>
          ) : (
            <>
              <Group heading="Found">{items(found)}</Group>
              <Group heading="Commands">
                {commands.map((command) => (
                  <CommandItem key={command.key} command={command} onSelect={() => run(command)} />
                ))}
              </Group>
            </>
          )}
        </Command.List>
      </Command>
    </Dialog>
  );
}
