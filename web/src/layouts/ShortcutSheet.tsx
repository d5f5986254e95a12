import { Dialog } from '../ui/dialog.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { navigation } from './pages.ts';

const GENERAL: [string, string[]][] = [
  ['Go to a page, container or instance', ['Ctrl', 'K']],
  ['Filter the list', ['/']],
  ['Show shortcuts', ['?']],
  ['Close, clear', ['Esc']],
];
const LISTS: [string, string[]][] = [
  ['Next row', ['j']],
  ['Previous row', ['k']],
  ['Open the row', ['Enter']],
  ['Select the row', ['x']],
];

function Group({ title, rows }: { title: string; rows: readonly (readonly [string, string[]])[] }) {
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
        <Group title="Everywhere" rows={GENERAL} />
        <Group title="In lists (focus the list first)" rows={LISTS} />
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
