import { useState } from 'react';

import { fieldsOf, limitsText, resolve, typeText } from '../../../lib/json-schema.ts';
import type { JsonSchema, SchemaField, Schemas } from '../../../lib/json-schema.ts';

type SchemaTreeProps = { schema: JsonSchema; schemas: Schemas };

/** A schema and its first level; deeper ones are made when they are opened. */
export function SchemaTree({ schema, schemas }: SchemaTreeProps) {
  const fields = fieldsOf(schema, schemas);
  return (
    <div className="min-w-0">
      <p>
        <TypeText schema={schema} schemas={schemas} />
      </p>
      {fields.length > 0 && <FieldList fields={fields} schemas={schemas} />}
    </div>
  );
}

export function FieldList({ fields, schemas }: { fields: readonly SchemaField[]; schemas: Schemas }) {
  return (
    <ul className="ml-1.5 border-l border-line pl-3">
      {fields.map((field) => (
        <li key={field.name} className="py-0.5">
          <Field field={field} schemas={schemas} />
        </li>
      ))}
    </ul>
  );
}

function Field({ field, schemas }: { field: SchemaField; schemas: Schemas }) {
  const below = fieldsOf(field.schema, schemas);
  const [isOpen, setOpen] = useState(false);
  if (below.length === 0) {
    return (
      <div className="pl-4">
        <FieldLine field={field} schemas={schemas} />
      </div>
    );
  }
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer rounded marker:text-muted hover:bg-hover">
        <FieldLine field={field} schemas={schemas} />
      </summary>
      {isOpen && <FieldList fields={below} schemas={schemas} />}
    </details>
  );
}

function FieldLine({ field: { name, required, schema }, schemas }: { field: SchemaField; schemas: Schemas }) {
  return (
    <span className="wrap-anywhere">
      <code className="font-mono text-xs font-medium">{name}</code>{' '}
      <TypeText schema={schema} schemas={schemas} />
      {required === false && <span className="text-xs text-muted"> · optional</span>}
    </span>
  );
}

function TypeText({ schema, schemas }: SchemaTreeProps) {
  const limits = limitsText(schema);
  const { description } = resolve(schema, schemas);
  return (
    <>
      <code className="font-mono text-xs wrap-anywhere text-accent-text">{typeText(schema)}</code>
      {limits !== '' && <span className="text-xs wrap-anywhere text-muted"> {limits}</span>}
      {description !== undefined && <span className="text-xs text-muted"> · {description}</span>}
    </>
  );
}
