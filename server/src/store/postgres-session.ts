import { Client } from 'pg';

import type { Logger } from '../lib/logger.ts';
import type { Service } from '../lib/service.ts';

export const BEAT_MS = 1_500;
/** PostgreSQL ends the session, with its locks, when it hears nothing for this long: also of a paused process. */
export const IDLE_MS = 7_500;
/** A beat unanswered for this long ends the session from here. */
const ANSWER_MS = 3_000;

/** What lives in the session: advisory locks, LISTEN. All of it is gone with the connection. */
export type SessionPart = {
  /** On each new connection, before the first beat. */
  opened?: (client: Client) => Promise<void>;
  beat?: (client: Client) => Promise<void>;
  /** The connection is gone. */
  lost?: () => void;
};

export type PostgresSession = Service & { add(part: SessionPart): void };

type Options = { connectionString: string; logger: Pick<Logger, 'warn'>; beatMs?: number; idleMs?: number };

/**
 * A connection of this process's own beside the pool, opened anew whenever it is lost. `start` tries once, and does not
 * reject where that fails.
 */
export function createPostgresSession({
  connectionString,
  logger,
  beatMs = BEAT_MS,
  idleMs = IDLE_MS,
}: Options): PostgresSession {
  const parts: SessionPart[] = [];
  let client: Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  let told = false;

  const drop = (gone: Client): void => {
    // With a query in flight this destroys the socket; the server may never answer.
    gone.end().catch(() => undefined);
    if (client !== gone) return;
    client = null;
    for (const part of parts) part.lost?.();
  };

  const connect = async (): Promise<Client> => {
    const next = new Client({
      connectionString,
      application_name: 'cyclorama replica',
      keepAlive: true,
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
    });
    next.on('error', () => drop(next));
    next.on('end', () => drop(next));
    try {
      await next.connect();
      await next.query(`set idle_session_timeout = ${idleMs}`);
      client = next;
      for (const part of parts) await part.opened?.(next);
      return next;
    } catch (error) {
      drop(next);
      throw error;
    }
  };

  const beat = async (): Promise<void> => {
    try {
      const connected = client ?? (await connect());
      for (const part of parts) await part.beat?.(connected);
      if (told) logger.warn('the session at the database is open again');
      told = false;
    } catch (error) {
      if (client !== null) drop(client);
      const reason = error instanceof Error ? error.message : String(error);
      if (!told) logger.warn({ reason }, 'the session at the database is lost; it is opened again');
      told = true;
    }
  };
  const round = (): void => {
    running = beat().finally(() => {
      if (!stopped) timer = setTimeout(round, beatMs);
    });
  };

  return {
    add: (part) => void parts.push(part),
    start() {
      stopped = false;
      round();
      return running;
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
      if (client !== null) drop(client);
    },
  };
}
