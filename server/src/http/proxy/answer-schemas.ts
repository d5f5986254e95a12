import type { Operation } from '@cyclorama/shared/catalogue.ts';
import { cycleFields } from '@cyclorama/shared/fields-cycle.ts';
import { rerobotsFields } from '@cyclorama/shared/fields-rerobots.ts';
import { parseFields } from '@cyclorama/shared/fields.ts';
import type { Field, Fields } from '@cyclorama/shared/fields.ts';
import { z } from 'zod';

import { WITHHELD } from '../../lib/redact-url.ts';
import { fieldNamed, fieldsOfAnswer } from './pick-fields.ts';

/**
 * What `pickAnswer` lets through of an operation's answers, for the API document. The catalogue names fields, not their
 * types: a value is plain or a list of plain ones, an object may be one or a list.
 */
export function answerSchemas(operation: Pick<Operation, 'id' | 'upstream' | 'isList'>): {
  success: z.ZodType;
  failure: z.ZodType;
} {
  const prefix = operation.upstream === 'rerobots' ? 'Rerobots' : 'Cycle';
  const { success, failure } = fieldsOfAnswer(operation);
  const answer = objectOf(success, prefix, prefix);
  return {
    success: operation.isList === true ? z.array(answer) : answer.or(z.null()),
    failure: objectOf(failure, prefix, prefix).or(z.null()),
  };
}

const plain = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const redactedValue: z.ZodType = z
  .lazy(() => plain.or(z.array(redactedValue)))
  .meta({
    id: 'RedactedValue',
    description: 'A plain value or a list of them, without the credentials in URLs.',
  });
const withheld = z
  .literal(WITHHELD)
  .or(z.null())
  .meta({ id: 'Withheld', description: 'A secret: there is one, or there is none.' });

function schemaOf(field: Field, name: string, parent: string, prefix: string): z.ZodType {
  const { mark, fields } = field;
  if (mark === '!') return withheld;
  if (mark === '~') return z.unknown();
  if (fields === null) return redactedValue;
  const objects = oneOrMany(named(fields, name, parent, prefix));
  return field.plain ? z.union([redactedValue, objects]) : objects;
}

function oneOrMany(object: z.ZodType): z.ZodType {
  return z.union([object, z.null(), z.array(object.or(z.null()))]);
}

function objectOf(fields: Fields, parent: string, prefix: string): z.ZodType {
  const shape: Record<string, z.ZodType> = {};
  for (const name of fields.keys()) {
    const field = fieldNamed(name, { mark: '', plain: false, fields });
    if (name !== '*' && field !== undefined) shape[name] = schemaOf(field, name, parent, prefix).optional();
  }
  const any = fields.get('*');
  const object = z.strictObject(shape);
  // Whatever its name, unless it is that of a secret.
  return any === undefined
    ? object
    : object.catchall(z.union([schemaOf(any, 'item', parent, prefix), withheld]));
}

/** By what they hold; the same object in several places is written once. */
const objects = new Map<string, z.ZodType>();
const resources = new Map([
  ...Object.entries(cycleFields).map(([name, text]) => [keyOf(parseFields(text), 'Cycle'), name] as const),
  ...Object.entries(rerobotsFields).map(
    ([name, text]) => [keyOf(parseFields(text), 'Rerobots'), name] as const,
  ),
]);
const names = new Set([...resources].map(([key, name]) => prefixOf(key) + pascal(name)));

function named(fields: Fields, name: string, parent: string, prefix: string): z.ZodType {
  const key = keyOf(fields, prefix);
  const known = objects.get(key);
  if (known !== undefined) return known;
  const resource = resources.get(key);
  const id =
    resource === undefined
      ? freeName(prefix + pascal(name), parent + pascal(name))
      : prefix + pascal(resource);
  const made = objectOf(fields, id, prefix).meta({ id });
  objects.set(key, made);
  return made;
}

function keyOf(fields: Fields, prefix: string): string {
  const text = JSON.stringify([...fields], (_name, value: unknown) =>
    value instanceof Map ? [...value] : value,
  );
  return `${prefix} ${text}`;
}

function prefixOf(key: string): string {
  return key.slice(0, key.indexOf(' '));
}

/** `CycleConfig`, the next one `CycleContainerConfig`. */
function freeName(short: string, long: string): string {
  let name = names.has(short) ? long : short;
  for (let number = 2; names.has(name); number += 1) name = `${long}${number}`;
  names.add(name);
  return name;
}

/** `scoped-variables` → `ScopedVariables`. */
function pascal(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
