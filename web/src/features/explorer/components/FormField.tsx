import type { ReactElement, ReactNode } from 'react';

import { exampleOf, limitsText, typeText } from '../../../lib/json-schema.ts';
import type { JsonSchema } from '../../../lib/json-schema.ts';
import { Field } from '../../../ui/field.tsx';
import { Input, TextArea } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import type { Draft, DraftFields, NamedDraft } from '../form.rules.ts';
import type { FormFieldProps } from './form-field.types.ts';
import { FormList, FormRecord } from './FormList.tsx';

export function FormField(props: FormFieldProps) {
  const { form, draft, at, errors, onChange } = props;
  switch (form.kind) {
    case 'object':
      return (
        <Group {...props}>
          {form.fields.map(({ name, required, form: below }) => (
            <FormField
              key={name}
              label={name}
              at={`${at}.${name}`}
              form={below}
              draft={(draft as DraftFields)[name] ?? ''}
              required={required}
              errors={errors}
              onChange={(next) => onChange({ ...(draft as DraftFields), [name]: next })}
            />
          ))}
        </Group>
      );
    case 'list':
      return (
        <Group {...props}>
          <FormList {...props} render={FormField} item={form.item} drafts={draft as Draft[]} />
        </Group>
      );
    case 'record':
      return (
        <Group {...props}>
          <FormRecord {...props} render={FormField} value={form.value} drafts={draft as NamedDraft[]} />
        </Group>
      );
    default:
      return <PlainField {...props} text={typeof draft === 'string' ? draft : ''} />;
  }
}

/** Fields that belong together, with what is wrong with them as a whole. */
function Group({ label, at, form, required, errors, children }: FormFieldProps & { children: ReactNode }) {
  const error = errors.get(at);
  return (
    <fieldset className="flex min-w-0 flex-col gap-2 border-l-2 border-line pl-3">
      <legend className="-ml-3 font-medium">
        {label} <span className="text-xs font-normal text-muted">{typeHint(form.schema, required)}</span>
      </legend>
      {children}
      {error !== undefined && (
        <p role="alert" className="text-xs text-danger-text">
          {at}: {error}
        </p>
      )}
    </fieldset>
  );
}

function PlainField({
  label,
  at,
  form,
  required,
  errors,
  onChange,
  text,
}: FormFieldProps & { text: string }) {
  const plain = { value: text, autoComplete: 'off', spellCheck: false };
  const wrap = (control: ReactElement<{ id?: string }>) => (
    <HintedField label={label} at={at} schema={form.schema} required={required} errors={errors}>
      {control}
    </HintedField>
  );
  if (form.kind === 'choice') {
    const options = [
      { value: '', label: required ? 'Choose…' : 'Not given' },
      ...form.options.map((value) => ({ value, label: value })),
    ];
    return wrap(<Select value={text} options={options} onValueChange={onChange} />);
  }
  if (form.kind === 'json') {
    const example = JSON.stringify(exampleOf(form.schema, {}));
    return wrap(
      <TextArea
        {...plain}
        rows={3}
        placeholder={example === '"…"' ? undefined : example}
        className="font-mono text-xs"
        onChange={(event) => onChange(event.target.value)}
      />,
    );
  }
  return wrap(
    <Input
      {...plain}
      inputMode={form.kind === 'number' ? 'decimal' : undefined}
      onChange={(event) => onChange(event.target.value)}
    />,
  );
}

type HintedFieldProps = {
  label: string;
  at: string;
  schema: JsonSchema;
  required?: boolean;
  errors: ReadonlyMap<string, string>;
  children: ReactElement<{ id?: string }>;
};

export function HintedField({ label, at, schema, required = true, errors, children }: HintedFieldProps) {
  const error = errors.get(at);
  return (
    <Field
      label={label}
      hint={typeHint(schema, required)}
      error={error === undefined ? undefined : `${at}: ${error}`}
    >
      {children}
    </Field>
  );
}

function typeHint(schema: JsonSchema, required: boolean): string {
  const limits = limitsText(schema);
  return [typeText(schema), limits, required ? '' : 'optional'].filter((part) => part !== '').join(' · ');
}
