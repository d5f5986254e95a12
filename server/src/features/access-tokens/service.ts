import type {
  AccessToken,
  AccessTokenCreated,
  AccessTokenRequest,
  AccessTokensResponse,
} from '@cyclorama/shared/access-tokens.ts';
import type { Role } from '@cyclorama/shared/common.ts';
import { roleAllows } from '@cyclorama/shared/rules/roles.ts';
import type { Kysely } from 'kysely';

import type { ActivityNote } from '../../lib/activity-note.ts';
import type { Clock } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import type { RequestKey } from '../../lib/idempotency.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Person } from '../../lib/person.ts';
import { visibleText } from '../../lib/visible-text.ts';
import {
  accessTokenByPrefix,
  accessTokensOf,
  allAccessTokens,
  deleteAccessToken,
  deleteAccessTokensOf,
  insertAccessToken,
  missingAccessTokens,
  touchAccessToken,
} from '../../store/access-tokens.ts';
import type { AccessTokenRow } from '../../store/access-tokens.ts';
import type { ChangeOnRecord } from '../../store/on-record.ts';
import type { Database } from '../../store/schema.ts';
import { presentAccessToken } from './presenter.ts';
import { hashOf, makeToken, prefixOf, sameHash } from './token-text.ts';

/** How long a token read from the store is trusted where it can’t be read again. */
const CACHE_MS = 10_000;
/** How soon a token that was revoked at one replica stops at the others. */
const REFRESH_MS = 2_000;
const TOUCH_EVERY_MS = 60_000;
const MAX_CACHED = 1_000;
const MAX_PER_PERSON = 50;
const DAY_MS = 86_400_000;

export type TokenBearer = { tokenId: string; tokenName: string; name: string; role: Role; expiresAt: number };

export type AccessTokensService = {
  list(person: Person): Promise<AccessTokensResponse>;
  /** The token is shown only here. Throws AppError `forbidden` for a role above the person's. */
  create(
    body: AccessTokenRequest,
    person: Person,
    requestKey?: RequestKey | null,
  ): Promise<AccessTokenCreated>;
  /** Also ends the streams opened with it. */
  revoke(id: string, person: Person): Promise<void>;
  /** The same for another's, once it is checked that `person` may. */
  revokeOf(owner: string, id: string, person: Person): Promise<void>;
  /** In the given transaction, for who puts it on record; `done` is to follow once that is committed. */
  deleteAllOf(owner: string, within: Kysely<Database>): Promise<{ count: number; done: () => void }>;
  /** Those of everybody that have not expired. */
  listAll(): Promise<{ owner: string; token: AccessToken }[]>;
  /**
   * Null for an unknown, revoked or expired token.
   * @throws AppError `unauthenticated` where its owner has no access now.
   */
  read(token: string): Promise<TokenBearer | null>;
  start(): void;
  stop(): Promise<void>;
};

type Deps = {
  db: Kysely<Database>;
  clock: Clock;
  logger: Logger;
  changeOnRecord: ChangeOnRecord;
  newId: () => string;
  random: (bytes: number) => Buffer;
  roleOf: (name: string) => Role;
  /** Why the tokens of `owner` are refused now; null: they are not. */
  ownerLapse: (owner: string) => { message: string; hint: string } | null;
  /** Tokens with which something is open. */
  inUse: () => Iterable<string>;
  /** Called for each token revoked, here or at another replica. */
  onRevoked: (tokenId: string) => void;
};

/** Tokens are stored as hashes only. */
export function createAccessTokensService(deps: Deps): AccessTokensService {
  const { db, clock, logger, changeOnRecord, newId, random, roleOf, ownerLapse, inUse, onRevoked } = deps;
  const known = new Map<string, { row: AccessTokenRow; readAt: number }>();
  let refreshing: NodeJS.Timeout | undefined;

  const find = async (prefix: string): Promise<AccessTokenRow | null> => {
    const seen = known.get(prefix);
    if (seen !== undefined && clock.now() - seen.readAt < CACHE_MS) return seen.row;
    const row = await accessTokenByPrefix(db, prefix);
    known.delete(prefix);
    if (row === null) return null;
    const [oldest] = known.keys();
    if (known.size >= MAX_CACHED && oldest !== undefined) known.delete(oldest);
    known.set(prefix, { row, readAt: clock.now() });
    return row;
  };

  /** Last use is stored to the minute. */
  const touch = (row: AccessTokenRow): void => {
    const now = clock.now();
    if (row.last_used_at !== null && now - row.last_used_at < TOUCH_EVERY_MS) return;
    row.last_used_at = now;
    touchAccessToken(db, row.id, now).catch((error: unknown) =>
      logger.warn({ err: error }, 'the last use of an access token could not be stored'),
    );
  };

  const noteOf = (person: Person, action: string, row: AccessTokenRow, detail: string): ActivityNote => {
    const subject = { kind: 'access-token', id: row.id, name: row.name };
    return { actor: person.name, action, subject, outcome: 'done', detail };
  };

  const forget = ({ prefix, id }: AccessTokenRow): void => {
    known.delete(prefix);
    onRevoked(id);
  };

  const revokeOf: AccessTokensService['revokeOf'] = async (owner, id, person) => {
    const isOwn = owner === person.name;
    const detail = `${isOwn ? 'It' : `The token of ${owner}`} no longer works.`;
    const row = await changeOnRecord(async (within, note) => {
      const deleted = await deleteAccessToken(within, owner, id);
      if (deleted !== null) note(noteOf(person, 'token.revoke', deleted, detail));
      return deleted;
    });
    if (row === null) {
      throw new AppError('not-found', `${isOwn ? 'You have' : `${owner} has`} no access token with this id.`);
    }
    forget(row);
  };

  const refresh = async (): Promise<void> => {
    try {
      const ids = new Set([...known.values()].map(({ row }) => row.id).concat(...inUse()));
      for (const id of await missingAccessTokens(db, [...ids])) {
        for (const [prefix, { row }] of known) if (row.id === id) known.delete(prefix);
        onRevoked(id);
      }
    } catch (error) {
      logger.warn({ err: error }, 'revoked access tokens could not be read');
    }
  };

  return {
    async list({ name }) {
      return { tokens: (await accessTokensOf(db, name)).map(presentAccessToken) };
    },

    async create({ name: given, role, expiresInDays }, person, requestKey = null) {
      const name = visibleText(given);
      if (!roleAllows(person.role, role)) {
        const message = `You are ${person.role}, so your tokens can’t be ${role}. No token was made.`;
        throw new AppError('forbidden', message, { field: 'body.role' });
      }
      if ((await accessTokensOf(db, person.name)).length >= MAX_PER_PERSON) {
        const message = `You have ${MAX_PER_PERSON} access tokens already. No token was made.`;
        throw new AppError('conflict', message, { hint: 'Revoke one you don’t need.' });
      }
      const { token, prefix } = makeToken(random);
      const now = clock.now();
      const row: AccessTokenRow = {
        id: newId(),
        owner: person.name,
        name,
        role,
        prefix,
        hash: hashOf(token),
        created_at: now,
        expires_at: now + expiresInDays * DAY_MS,
        last_used_at: null,
      };
      await changeOnRecord(async (within, note) => {
        await insertAccessToken(within, row, requestKey);
        note(noteOf(person, 'token.create', row, `As ${role}, for ${expiresInDays} days.`));
      });
      const listed: AccessToken = presentAccessToken(row);
      return { ...listed, token };
    },

    revoke: (id, person) => revokeOf(person.name, id, person),
    revokeOf,
    async deleteAllOf(owner, within) {
      const rows = await deleteAccessTokensOf(within, owner);
      return { count: rows.length, done: () => rows.forEach(forget) };
    },

    async listAll() {
      const rows = await allAccessTokens(db);
      return rows
        .filter((row) => row.expires_at > clock.now())
        .map((row) => ({ owner: row.owner, token: presentAccessToken(row) }));
    },

    start() {
      refreshing = setInterval(() => void refresh(), REFRESH_MS).unref();
    },
    stop() {
      clearInterval(refreshing);
      return Promise.resolve();
    },

    async read(token) {
      const prefix = prefixOf(token);
      const row = prefix === null ? null : await find(prefix);
      if (row === null || !sameHash(row.hash, hashOf(token)) || row.expires_at <= clock.now()) return null;
      const lapse = ownerLapse(row.owner);
      if (lapse !== null) throw new AppError('unauthenticated', lapse.message, { hint: lapse.hint });
      touch(row);
      const most = roleOf(row.owner);
      const role = roleAllows(most, row.role) ? row.role : most;
      return { tokenId: row.id, tokenName: row.name, name: row.owner, role, expiresAt: row.expires_at };
    },
  };
}
