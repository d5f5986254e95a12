import { useNavigate } from '@tanstack/react-router';
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
import { PaletteList } from './PaletteList.tsx';
import { finderOf } from './rank.rules.ts';
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

/** As many as anybody reads before they type on. */
const MOST = 12;

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
  const find = useMemo(() => finderOf(entries), [entries]);
  const found = useMemo(() => find(text, { recent, limit: MOST }), [find, text, recent]);
  const targets = useMemo(() => onFirstUse(() => targetsOf(entries, data)), [entries, data]);
  const commands = useMemo(() => commandsOf(text, targets, user.role), [text, targets, user.role]);

  const leave = (to: Promise<void>) => {
    void to;
    onClose();
  };
  const open = (entry: Entry) => {
    rememberOpened(user.name, entry.key);
    const { opening } = entry;
    if (opening.by === 'page') return leave(navigate({ to: opening.page.to }));
    if (opening.by === 'person') return leave(navigate({ to: '/team', search: { person: opening.name } }));
    if (opening.by === 'variable')
      return leave(navigate({ to: '/variables', search: { q: opening.name, show: opening.name } }));
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
  return (
    <Dialog open onOpenChange={onClose} title="Go to" size="md">
      {signOut.error !== null && <ErrorState compact error={signOut.error} />}
      <PaletteList
        text={text}
        onTextChange={setText}
        groups={
          text.trim() === ''
            ? [
                { heading: 'Recent', entries: lately },
                { heading: 'Pages', entries: pages },
              ]
            : [{ heading: 'Found', entries: found }]
        }
        commands={commands}
        onOpen={open}
        onRun={run}
      />
    </Dialog>
  );
}

function onFirstUse<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
