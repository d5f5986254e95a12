import type { SampleRow } from '../../server/src/store/telemetry/head.ts';
import type { Api } from '../lib/signed-in.ts';

/** Tables whose rows come from a request, and their ids from its answer. */
export type Kind = 'saved_views' | 'claims' | 'bookings' | 'access_tokens';

export type Acknowledged = { kind: Kind; id: string };

/** What the server has said yes to, by which alone it is measured. */
export type Journal = {
  rows: Acknowledged[];
  deletedViews: string[];
  pins: string[];
  sessions: Api[];
  /** Of past hours. */
  samples: SampleRow[];
};

export const newJournal = (): Journal => ({
  rows: [],
  deletedViews: [],
  pins: [],
  sessions: [],
  samples: [],
});

/** As it is now, whatever is added later. */
export const copyOf = (journal: Journal): Journal => ({
  rows: [...journal.rows],
  deletedViews: [...journal.deletedViews],
  pins: [...journal.pins],
  sessions: [...journal.sessions],
  samples: [...journal.samples],
});
