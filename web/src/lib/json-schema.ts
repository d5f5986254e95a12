/** What the page reads of JSON Schema 2020-12. */
export type JsonSchema = {
  $ref?: string;
  description?: string;
  type?: string | string[];
  const?: string | number | boolean | null;
  enum?: unknown[];
  default?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  pattern?: string;
  format?: string;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
};
export type Schemas = Readonly<Record<string, JsonSchema>>;

/** One line of a schema: a property, any property, or one of several forms. */
export type SchemaField = {
  name: string;
  /** Null where it says nothing, as for a form. */
  required: boolean | null;
  schema: JsonSchema;
};

const nameOf = ({ $ref = '' }: JsonSchema): string => $ref.split('/').at(-1) ?? '';
const isNull = ({ type }: JsonSchema): boolean => type === 'null';
const formsOf = ({ anyOf, oneOf }: JsonSchema): JsonSchema[] => anyOf ?? oneOf ?? [];

export function resolve(schema: JsonSchema, schemas: Schemas): JsonSchema {
  return schema.$ref === undefined ? schema : (schemas[nameOf(schema)] ?? {});
}

/** In words: `list of Claim`, `string (uuid) or null`, `"open" | "ended"`. */
export function typeText(schema: JsonSchema): string {
  const { $ref, type, format, items, additionalProperties: more } = schema;
  if ($ref !== undefined) return nameOf(schema);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((each) => JSON.stringify(each)).join(' | ');
  const forms = formsOf(schema);
  if (forms.length > 0) return [...new Set(forms.map((form) => typeText(form)))].join(' or ');
  if (Array.isArray(type)) return type.map((each) => typeText({ ...schema, type: each })).join(' or ');
  if (type === undefined) return 'any JSON';
  if (type === 'array') {
    const each = typeText(items ?? {});
    return each.includes(' or ') ? `list of (${each})` : `list of ${each}`;
  }
  if (type === 'object' && schema.properties === undefined && typeof more === 'object') {
    return `object of ${typeText(more)}`;
  }
  return format === undefined || type === 'null' ? type : `${type} (${format})`;
}

/** What else a value must be: `1 to 500, default 200`. */
export function limitsText(schema: JsonSchema): string {
  const { format, pattern } = schema;
  const [from, to] = [schema.minimum, schema.maximum];
  const parts = [
    rangeText(from, to, ''),
    schema.exclusiveMinimum === undefined ? null : `more than ${schema.exclusiveMinimum}`,
    rangeText(schema.minLength, schema.maxLength, ' characters'),
    rangeText(schema.minItems, schema.maxItems, ' items'),
    pattern === undefined || format !== undefined ? null : `matches ${pattern}`,
    schema.default === undefined ? null : `default ${JSON.stringify(schema.default)}`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

function rangeText(from: number | undefined, to: number | undefined, unit: string): string | null {
  if (from === undefined) return to === undefined ? null : `at most ${to}${unit}`;
  return to === undefined ? `at least ${from}${unit}` : `${from} to ${to}${unit}`;
}

/** What one item is, of a list, of what may be null, and of what is one or a list of them. */
function itemOf(schema: JsonSchema): JsonSchema {
  if (schema.items !== undefined) return itemOf(schema.items);
  const forms = formsOf(schema)
    .filter((form) => !isNull(form))
    .map((form) => itemOf(form));
  const [first, ...others] = new Map(forms.map((form) => [JSON.stringify(form), form])).values();
  return first === undefined || others.length > 0 ? schema : first;
}

/** What is below, one level: lists are seen through, and so is the only form that has fields. */
export const fieldsOf = (schema: JsonSchema, schemas: Schemas): SchemaField[] =>
  fieldsBelow(schema, schemas, []);

/** `above`: what is being looked into. A value that is itself or a list of itself has no end. */
function fieldsBelow(schema: JsonSchema, schemas: Schemas, above: readonly JsonSchema[]): SchemaField[] {
  const resolved = resolve(schema, schemas);
  if (above.includes(resolved)) return [];
  const below = (each: JsonSchema) => fieldsBelow(each, schemas, [...above, resolved]);
  const item = itemOf(resolved);
  if (item !== resolved) return below(item);
  const forms = formsOf(resolved).filter((form) => !isNull(form) && below(form).length > 0);
  if (forms.length === 1) return below(forms[0] ?? {});
  if (forms.length > 1) {
    return forms.map((form, index) => ({
      name: formName(form, index, schemas),
      required: null,
      schema: form,
    }));
  }
  const { properties = {}, required = [], additionalProperties: more } = resolved;
  const named = Object.entries(properties).map(([name, below]) => ({
    name,
    required: required.includes(name),
    schema: below,
  }));
  return typeof more === 'object' ? [...named, { name: 'any name', required: null, schema: more }] : named;
}

/** By the property that tells the forms apart: `type: "claim"`. */
function formName(form: JsonSchema, index: number, schemas: Schemas): string {
  const { properties = {} } = resolve(form, schemas);
  const [name, mark] = Object.entries(properties).find(([, each]) => each.const !== undefined) ?? [];
  if (name !== undefined) return `${name}: ${JSON.stringify(mark?.const)}`;
  return nameOf(form) || `form ${index + 1}`;
}

/** The least that a body can be, for a `curl` line to start from. */
export function exampleOf(schema: JsonSchema, schemas: Schemas): unknown {
  const resolved = resolve(schema, schemas);
  if (resolved.const !== undefined) return resolved.const;
  if (resolved.default !== undefined) return resolved.default;
  if (resolved.enum !== undefined) return resolved.enum[0];
  const [form] = formsOf(resolved);
  if (form !== undefined) return exampleOf(form, schemas);
  const { type, properties = {}, required = [], minimum = 0, minItems = 0, items = {} } = resolved;
  switch (Array.isArray(type) ? type[0] : type) {
    case 'object':
      return Object.fromEntries(required.map((name) => [name, exampleOf(properties[name] ?? {}, schemas)]));
    case 'array':
      return Array.from({ length: minItems }, () => exampleOf(items, schemas));
    case 'integer':
    case 'number':
      return minimum;
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return '…';
  }
}
