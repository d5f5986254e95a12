import type { SavedView } from '@cyclorama/shared/views.ts';
import { Link } from '@tanstack/react-router';
import { Bookmark, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent } from 'react';

import { useSession } from '../../../../api/session.ts';
import { Button } from '../../../../ui/button.tsx';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import { Popover } from '../../../../ui/popover.tsx';
import { ErrorState } from '../../../../ui/states.tsx';
import { useDeleteView, useSaveView, useViews } from '../queries.ts';
import type { TopologySearch } from '../search.ts';
import { isShown, readView, writeView } from '../views.rules.ts';

/** A view's link opens it as it was saved, for anyone it is sent to. */
export function ViewsMenu({ search }: { search: TopologySearch }) {
  return (
    <Popover
      label="Saved views"
      align="end"
      triggerClass="border border-line-strong bg-panel"
      trigger={
        <>
          <Bookmark aria-hidden size={14} />
          Views
        </>
      }
    >
      {(close) => (
        <div className="flex w-72 max-w-full flex-col gap-3 p-1">
          <ViewList search={search} onOpened={close} />
          <SaveForm search={search} />
        </div>
      )}
    </Popover>
  );
}

function ViewList({ search, onOpened }: { search: TopologySearch; onOpened: () => void }) {
  const { data, error } = useViews();
  const { user } = useSession();
  const remove = useDeleteView();
  if (error !== null) return <ErrorState compact error={error} />;
  if (data === undefined) return <p className="text-muted">Loading…</p>;
  if (data.views.length === 0) return <p className="text-muted">No saved views yet.</p>;
  const isMine = (view: SavedView) => view.owner === user.name;
  return (
    <>
      <ul aria-label="Saved views">
        {data.views.map((view) => (
          <li key={view.id} className="flex min-h-8 items-center gap-2">
            <Link
              to="/topology"
              search={readView(view.search)}
              onClick={onOpened}
              aria-current={isShown(view.search, search) ? 'page' : undefined}
              className="min-w-0 flex-1 truncate rounded px-1.5 py-1 hover:bg-hover aria-[current]:bg-accent-soft"
            >
              {view.name}
            </Link>
            <span className="text-xs text-muted">
              {isMine(view) ? view.shared && 'shared' : `by ${view.owner}`}
            </span>
            {(isMine(view) || user.role === 'admin') && (
              <Button
                variant="ghost"
                size="sm"
                aria-label={`Delete the view ${view.name}`}
                disabled={remove.isPending}
                onClick={() => remove.mutate(view.id)}
                className="px-1.5"
              >
                <Trash2 aria-hidden size={14} />
              </Button>
            )}
          </li>
        ))}
      </ul>
      {remove.error !== null && <ErrorState compact error={remove.error} />}
    </>
  );
}

function SaveForm({ search }: { search: TopologySearch }) {
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = useSaveView(() => setName(''));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') save.mutate({ name, search: writeView(search), shared });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2 border-t border-line pt-3">
      <Field label="Save what you see as">
        <Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Checkbox label="Share with the team" checked={shared} onCheckedChange={() => setShared(!shared)} />
      {save.error !== null && <ErrorState compact error={save.error} />}
      <Button
        type="submit"
        variant="primary"
        size="sm"
        pending={save.isPending}
        disabled={name.trim() === ''}
      >
        Save view
      </Button>
    </form>
  );
}
