import { resolve } from '../../lib/json-schema.ts';
import type { JsonSchema, Schemas } from '../../lib/json-schema.ts';

/** What a form asks for, made from a schema. */
export type FieldForm = { schema: JsonSchema } & (
  | { kind: 'text' | 'number' | 'json' }
  | { kind: 'choice'; options: string[] }
  | { kind: 'object'; fields: NamedField[] }
  | { kind: 'list'; item: FieldForm }
  | { kind: 'record'; value: FieldForm }
);
export type NamedField = { name: string; required: boolean; form: FieldForm };

/** What is typed, as it is typed: nothing is a number before it is sent. */
export type Draft = string | Draft[] | DraftFields | NamedDraft[];
export type DraftFields = { [name: string]: Draft };
/** One entry of an object with any names. */
export type NamedDraft = { name: string; draft: Draft };

const isNull = ({ type }: JsonSchema): boolean => type === 'null';

export function formOf(given: JsonSchema, schemas: Schemas = {}): FieldForm {
  const schema = resolve(given, schemas);
  const forms = (schema.anyOf ?? schema.oneOf ?? []).filter((each) => !isNull(each));
  const [only, ...others] = forms;
  if (only !== undefined) return others.length === 0 ? formOf(only, schemas) : { kind: 'json', schema };
  if (schema.const !== undefined) return { kind: 'choice', options: [String(schema.const)], schema };
  if (schema.enum !== undefined) return { kind: 'choice', options: schema.enum.map(String), schema };
  switch (schema.type) {
    case 'string':
      return { kind: 'text', schema };
    case 'integer':
    case 'number':
      return { kind: 'number', schema };
    case 'boolean':
      return { kind: 'choice', options: ['true', 'false'], schema };
    case 'array':
      return { kind: 'list', item: formOf(schema.items ?? {}, schemas), schema };
    case 'object':
      return objectForm(schema, schemas);
    default:
      return { kind: 'json', schema };
  }
}

function objectForm(schema: JsonSchema, schemas: Schemas): FieldForm {
  const { properties = {}, required = [], additionalProperties: more } = schema;
  const names = Object.entries(properties);
  if (typeof more === 'object') {
    // Known and unknown names side by side are no form.
    return names.length > 0
      ? { kind: 'json', schema }
      : { kind: 'record', value: formOf(more, schemas), schema };
  }
  const fields = names.map(([name, below]) => ({
    name,
    required: required.includes(name),
    form: formOf(below, schemas),
  }));
  return { kind: 'object', fields, schema };
}

/** Empty, but for the one item or entry that a body without any would be pointless without. */
export function emptyDraft(form: FieldForm, isBody = false): Draft {
  switch (form.kind) {
    case 'object':
      return Object.fromEntries(form.fields.map(({ name, form: below }) => [name, emptyDraft(below)]));
    case 'list':
      return isBody ? [emptyDraft(form.item)] : [];
    case 'record':
      return isBody ? [{ name: '', draft: emptyDraft(form.value) }] : [];
    default:
      return '';
  }
}

/** Undefined where nothing was typed. What is not as its schema says stays text, so that the schema names it. */
export function valueOf(form: FieldForm, draft: Draft, required = true): unknown {
  switch (form.kind) {
    case 'object':
      return objectValue(form.fields, draft, required);
    case 'list': {
      const items = Array.isArray(draft) ? (draft as Draft[]) : [];
      if (items.length === 0 && !required) return undefined;
      return items.map((item) => valueOf(form.item, item) ?? '');
    }
    case 'record': {
      const entries = Array.isArray(draft) ? (draft as NamedDraft[]) : [];
      const named = entries.filter(({ name }) => name !== '');
      if (named.length === 0 && !required) return undefined;
      return Object.fromEntries(
        named.map(({ name, draft: below }) => [name, valueOf(form.value, below) ?? '']),
      );
    }
    default:
      return typeof draft !== 'string' || draft === '' ? undefined : plainValue(form, draft);
  }
}

function objectValue(fields: readonly NamedField[], draft: Draft, required: boolean): unknown {
  const drafts = new Map(Object.entries(draft));
  const entries = fields.flatMap(({ name, required: isNeeded, form }) => {
    const below: unknown = drafts.get(name);
    const value = below === undefined ? undefined : valueOf(form, below as Draft, isNeeded);
    return value === undefined ? [] : [[name, value] as const];
  });
  return entries.length === 0 && !required ? undefined : Object.fromEntries(entries);
}

function plainValue({ kind, schema }: FieldForm, text: string): unknown {
  switch (kind) {
    case 'number': {
      const value = Number(text);
      return text.trim() === '' || !Number.isFinite(value) ? text : value;
    }
    case 'choice':
      if (schema.type === 'boolean') return text === 'true';
      return [schema.const, ...(schema.enum ?? [])].find((each) => String(each) === text) ?? text;
    case 'json':
      return jsonValue(text);
    default:
      return text;
  }
}

/** Text that is no JSON is meant as text: `main` rather than `"main"`. */
function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
