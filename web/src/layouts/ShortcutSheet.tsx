import { shortcuts } from '../lib/shortcuts.ts';
import { topologyKeys } from '../lib/topology-keys.ts';
import { Dialog } from '../ui/dialog.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { navigation } from './pages.ts';

type Name = keyof typeof shortcuts;
type GroupName = (typeof shortcuts)[Name]['group'];

// Here and not beside the keys: the first page loads those.
const WHAT: Record<Name, string> = {
  palette: 'Find anything',
  sheet: 'Show shortcuts',
  filter: 'Filter the list',
  close: 'Close',
  toList: 'Go to the first row',
  clear: 'Clear the filter',
  next: 'Next row',
  previous: 'Previous row',
  open: 'Open the row',
  select: 'Select the row',
  details: 'Show what has no room in the row',
};
const names = Object.keys(WHAT) as Name[];

const rowsOf = (group: GroupName) =>
  names
    .filter((name) => shortcuts[name].group === group)
    .map((name) => [WHAT[name], shortcuts[name].keys] as const);

function Group({ title, rows }: { title: string; rows: readonly (readonly [string, readonly string[]])[] }) {
  return (
    <section>
      <h3 className="mb-1 text-xs text-muted">{title}</h3>
      <dl>
        {rows.map(([what, keys]) => (
          <div
            key={what}
            className="flex min-h-8 items-center justify-between gap-4 border-b border-line last:border-0"
          >
            <dt>{what}</dt>
            <dd>
              <KeyHint keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose} title="Keyboard shortcuts" size="md">
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <Group title="Everywhere" rows={rowsOf('everywhere')} />
        <Group title="In lists (focus the list first)" rows={rowsOf('list')} />
        <Group title="In a filter" rows={rowsOf('filter')} />
        <Group
          title="In the topology’s picture"
          rows={Object.values(topologyKeys).map(({ what, keys }) => [what, keys])}
        />
        <Group
          title="Pages"
          rows={navigation.slice(0, 4).map(({ label, letter }) => [label, ['g', letter]])}
        />
        <Group
          title="More pages"
          rows={navigation.slice(4).map(({ label, letter }) => [label, ['g', letter]])}
        />
      </div>
    </Dialog>
  );
}
