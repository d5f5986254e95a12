import { catalogue } from '@cyclorama/shared/catalogue.ts';
import type { Operation, ProxiedUpstream } from '@cyclorama/shared/catalogue.ts';
import { cycleErrorFields, notificationFields } from '@cyclorama/shared/fields-cycle.ts';
import { rerobotsErrorFields } from '@cyclorama/shared/fields-rerobots.ts';
import { parseFields } from '@cyclorama/shared/fields.ts';
import type { Field, Fields } from '@cyclorama/shared/fields.ts';

import { isSecretName, redactToHost, redactUrls, WITHHELD } from '../../lib/redact-url.ts';

export type Picked = {
  value: unknown;
  /** Names of fields that the catalogue does not know, sorted. */
  leftOut: string[];
};

/** Withheld wherever they occur, also where a list of fields has any name. */
const SECRET_NAMES: ReadonlySet<string> = new Set([
  'access_token',
  'api_key',
  'base64_config',
  'ovpn',
  'password',
  'private_key',
  'refresh_token',
  'secret',
  'sshkey',
  'token',
]);

const successes = new Map(catalogue.map(({ id, fields }) => [id, parseFields(fields)]));
const errors: Record<ProxiedUpstream, Fields> = {
  cycle: parseFields(cycleErrorFields),
  scheduler: parseFields(cycleErrorFields),
  rerobots: parseFields(rerobotsErrorFields),
  platform: parseFields(cycleErrorFields),
};

/** What may leave of an operation's answer, and of an error instead of it. */
export function fieldsOfAnswer({ id, upstream }: Pick<Operation, 'id' | 'upstream'>): {
  success: Fields;
  failure: Fields;
} {
  return { success: successes.get(id) ?? new Map<string, Field>(), failure: errors[upstream] };
}

/**
 * What the catalogue lets out of an operation's answer: named fields only, secrets withheld (null and missing stay, as
 * they reveal nothing), and every URL without its credentials.
 */
export function pickAnswer(
  operation: Pick<Operation, 'id' | 'upstream'>,
  status: number,
  json: unknown,
): Picked {
  const { success, failure } = fieldsOfAnswer(operation);
  const leftOut = new Set<string>();
  const fields = status < 300 ? success : failure;
  const value = pick(json, { mark: '', plain: false, fields }, leftOut) ?? null;
  return { value, leftOut: [...leftOut].toSorted() };
}

const ofNotification: Field = { mark: '', plain: false, fields: parseFields(notificationFields) };

/** What may leave of a notification, as of an answer. */
export function pickNotification(json: unknown): { value: unknown; stateBefore: string | null } {
  const value = pick(json, ofNotification, new Set()) ?? null;
  const { object } = Object(value) as { object?: Record<string, unknown> | null };
  const before = object?.['state_previous'] ?? object?.['previous_state'];
  return { value, stateBefore: typeof before === 'string' ? before : null };
}

const ANYTHING: Field = { mark: '~', plain: true, fields: null };
const SECRET: Field = { mark: '!', plain: true, fields: null };

/** Undefined where nothing of it may leave. */
function pick(value: unknown, field: Field, leftOut: Set<string>): unknown {
  if (value === null || value === undefined) return value;
  if (field.mark === '!') return WITHHELD;
  if (Array.isArray(value)) {
    return value.map((item: unknown) => pick(item, field, leftOut)).filter((item) => item !== undefined);
  }
  if (typeof value === 'object') return pickObject(value, field, leftOut);
  if (field.mark === '^') return typeof value === 'string' ? redactToHost(value) : WITHHELD;
  if (!field.plain) return undefined;
  return typeof value === 'string' ? redactUrls(value) : value;
}

function pickObject(value: object, field: Field, leftOut: Set<string>): unknown {
  if (field.fields === null && field.mark !== '~') return undefined;
  const entries = Object.entries(value).flatMap(([name, item]) => {
    const known = fieldNamed(name, field);
    const picked = known && pick(item, known, leftOut);
    if (picked !== undefined) return [[name, picked] as const];
    leftOut.add(name);
    return [];
  });
  return Object.fromEntries(entries);
}

/** Undefined where the name is unknown. */
export function fieldNamed(name: string, { mark, fields }: Field): Field | undefined {
  if (SECRET_NAMES.has(name)) return SECRET;
  if (mark === '~') return isSecretName(name) ? SECRET : ANYTHING;
  return fields?.get(name) ?? fields?.get('*');
}
