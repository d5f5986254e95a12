import type { Migration, MigrationProvider } from 'kysely/migration';

import type { Engine } from '../engine.ts';
import { initial } from './0001-initial.ts';
import { claimsAtWork } from './0002-claims-at-work.ts';
import { robotsShared } from './0003-robots-shared.ts';
import { plainNames } from './0004-plain-names.ts';
import { telemetryMeasures } from './0005-telemetry-measures.ts';
import { bookingsWait } from './0006-bookings-wait.ts';
import { requestKeys } from './0007-request-keys.ts';
import { sessionsAndPeople } from './0008-sessions-and-people.ts';
import { signIn } from './0009-sign-in.ts';
import { recordChained } from './0010-record-chained.ts';
import { passkeys } from './0011-passkeys.ts';
import { life } from './0012-life.ts';
import { savedViews } from './0013-saved-views.ts';
import { handOvers } from './0014-hand-overs.ts';
import { capacity } from './0015-capacity.ts';
import { timeline } from './0016-timeline.ts';
import { timelineByActor } from './0017-timeline-by-actor.ts';
import { collectors } from './0019-collectors.ts';
import { replicas } from './0020-replicas.ts';
import { history } from './0021-history.ts';
import { candidates } from './0024-candidates.ts';
import { blocks } from './0026-blocks.ts';
import { alerts } from './0027-alerts.ts';
import { alertMessages } from './0028-alert-messages.ts';
import { retention } from './0029-retention.ts';
import { samplesByInstanceOnly } from './0031-samples-by-instance-only.ts';

/** In order. A released migration is never changed, only followed. */
export function migrationsFor(engine: Engine): MigrationProvider {
  const migrations: Record<string, Migration> = {
    '0001-initial': initial(engine),
    '0002-claims-at-work': claimsAtWork,
    '0003-robots-shared': robotsShared,
    '0004-plain-names': plainNames,
    '0005-telemetry-measures': telemetryMeasures,
    '0006-bookings-wait': bookingsWait,
    '0007-request-keys': requestKeys,
    '0008-sessions-and-people': sessionsAndPeople,
    '0009-sign-in': signIn,
    '0010-record-chained': recordChained(engine),
    '0011-passkeys': passkeys,
    '0012-life': life(engine),
    '0013-saved-views': savedViews,
    '0014-hand-overs': handOvers,
    '0015-capacity': capacity,
    '0016-timeline': timeline,
    '0017-timeline-by-actor': timelineByActor,
    '0019-collectors': collectors,
    '0020-replicas': replicas,
    '0021-history': history(engine),
    '0024-candidates': candidates,
    '0026-blocks': blocks(engine),
    '0027-alerts': alerts,
    '0028-alert-messages': alertMessages,
    '0029-retention': retention,
    '0031-samples-by-instance-only': samplesByInstanceOnly,
  };
  return { getMigrations: () => Promise.resolve(migrations) };
}
