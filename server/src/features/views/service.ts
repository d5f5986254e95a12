import { roleAllows } from '@cyclorama/shared/rules/roles.ts';
import type { SavedView, ViewRequest } from '@cyclorama/shared/views.ts';

import type { ActivityNote } from '../../lib/activity-note.ts';
import { isoOf } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import type { RequestKey } from '../../lib/idempotency.ts';
import type { Person } from '../../lib/person.ts';
import { visibleText } from '../../lib/visible-text.ts';
import {
  addPin,
  countViewsOf,
  deleteView,
  dropPin,
  insertView,
  pinsOf,
  viewById,
  viewsFor,
} from '../../store/saved-views.ts';
import type { SavedViewRow } from '../../store/saved-views.ts';
import type { FeatureContext } from '../context.ts';

const MAX_VIEWS = 50;
const MAX_PINS = 200;

export type ViewsService = ReturnType<typeof createViewsService>;

type Deps = Pick<FeatureContext, 'db' | 'clock' | 'changeOnRecord' | 'newId'>;

export function createViewsService({ db, clock, changeOnRecord, newId }: Deps) {
  const noteOf = (person: Person, action: string, row: SavedViewRow): ActivityNote => ({
    actor: person.name,
    action,
    subject: { kind: 'view', id: row.id, name: row.name },
    outcome: 'done',
    detail: row.shared === 1 ? 'The team shares it.' : null,
  });
  const visible = async (id: string, person: Person): Promise<SavedViewRow> => {
    const row = await viewById(db, id);
    if (row !== null && (row.owner === person.name || row.shared === 1)) return row;
    throw new AppError('not-found', 'There is no saved view with this id.');
  };

  return {
    async list({ name }: Person): Promise<SavedView[]> {
      return (await viewsFor(db, name)).map(present);
    },

    async get(id: string, person: Person): Promise<SavedView> {
      return present(await visible(id, person));
    },

    async save(
      { name: given, search, shared }: ViewRequest,
      person: Person,
      requestKey: RequestKey | null = null,
    ): Promise<SavedView> {
      if ((await countViewsOf(db, person.name)) >= MAX_VIEWS) {
        throw new AppError('conflict', `You have ${MAX_VIEWS} saved views already. Nothing was saved.`, {
          hint: 'Delete one you don’t need.',
        });
      }
      const name = visibleText(given);
      const owner = person.name;
      const row = {
        id: newId(),
        owner,
        name,
        search,
        shared: shared ? 1 : 0,
        created_at: clock.now(),
      } as const;
      const saved = await changeOnRecord(async (within, note) => {
        const inserted = await insertView(within, row, requestKey);
        if (inserted !== null) note(noteOf(person, 'view.save', inserted));
        return inserted;
      });
      if (saved === null) {
        throw new AppError('conflict', 'You have a view of this name already. Nothing was saved.', {
          hint: 'Choose another name, or delete the old one.',
          field: 'body.name',
        });
      }
      return present(saved);
    },

    async remove(id: string, person: Person): Promise<void> {
      const row = await visible(id, person);
      if (row.owner !== person.name && !roleAllows(person.role, 'admin')) {
        const message = 'Someone else saved this view. It was not deleted.';
        throw new AppError('forbidden', message, { hint: 'Ask its owner or an admin.' });
      }
      await changeOnRecord(async (within, note) => {
        const deleted = await deleteView(within, id);
        if (deleted !== null) note(noteOf(person, 'view.delete', deleted));
      });
    },

    pins: ({ name }: Person): Promise<string[]> => pinsOf(db, name),

    /** Not on record: it changes nothing but the order of the person's own lists. */
    async pin(nodeId: string, { name }: Person): Promise<void> {
      if ((await pinsOf(db, name)).length >= MAX_PINS) {
        throw new AppError('conflict', `You have ${MAX_PINS} pins already. Nothing was pinned.`, {
          hint: 'Unpin what you don’t need.',
        });
      }
      await addPin(db, { person: name, node_id: nodeId, at: clock.now() });
    },

    unpin: (nodeId: string, { name }: Person): Promise<void> => dropPin(db, name, nodeId),
  };
}

function present(row: SavedViewRow): SavedView {
  return {
    id: row.id,
    owner: row.owner,
    name: row.name,
    search: row.search,
    shared: row.shared === 1,
    createdAt: isoOf(row.created_at),
  };
}
