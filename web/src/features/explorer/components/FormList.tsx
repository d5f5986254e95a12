import { Plus, X } from 'lucide-react';
import type { ComponentType } from 'react';

import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { emptyDraft } from '../form.rules.ts';
import type { Draft, FieldForm, NamedDraft } from '../form.rules.ts';
import type { FormFieldProps } from './form-field.types.ts';

type ListProps = Pick<FormFieldProps, 'label' | 'at' | 'errors' | 'onChange'> & {
  /** One item or value, which may hold lists itself. */
  render: ComponentType<FormFieldProps>;
};

export function FormList({
  label,
  at,
  errors,
  onChange,
  render: FormField,
  item,
  drafts,
}: ListProps & { item: FieldForm; drafts: Draft[] }) {
  return (
    <>
      {drafts.map((draft, index) => (
        // Items have no name but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="flex items-start gap-1">
          <div className="min-w-0 flex-1">
            <FormField
              label={`${label} ${index + 1}`}
              at={`${at}.${index}`}
              form={item}
              draft={draft}
              required
              errors={errors}
              onChange={(next) => onChange(drafts.with(index, next))}
            />
          </div>
          <Remove label={`${label} ${index + 1}`} onRemove={() => onChange(drafts.toSpliced(index, 1))} />
        </div>
      ))}
      <Add label={label} onAdd={() => onChange([...drafts, emptyDraft(item)])} />
    </>
  );
}

export function FormRecord({
  label,
  at,
  errors,
  onChange,
  render: FormField,
  value,
  drafts,
}: ListProps & { value: FieldForm; drafts: NamedDraft[] }) {
  return (
    <>
      {drafts.map(({ name, draft }, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="flex items-start gap-1">
          <div className="grid min-w-0 flex-1 gap-2 sm:grid-cols-2">
            <Field label={`${label} ${index + 1}: name`}>
              <Input
                value={name}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => onChange(drafts.with(index, { name: event.target.value, draft }))}
              />
            </Field>
            <FormField
              label={`${label} ${index + 1}: value`}
              at={`${at}.${name}`}
              form={value}
              draft={draft}
              required
              errors={errors}
              onChange={(next) => onChange(drafts.with(index, { name, draft: next }))}
            />
          </div>
          <Remove label={`${label} ${index + 1}`} onRemove={() => onChange(drafts.toSpliced(index, 1))} />
        </div>
      ))}
      <Add label={label} onAdd={() => onChange([...drafts, { name: '', draft: emptyDraft(value) }])} />
    </>
  );
}

function Add({ label, onAdd }: { label: string; onAdd: () => void }) {
  return (
    <div>
      <Button size="sm" icon={<Plus aria-hidden size={14} />} onClick={onAdd}>
        Add to {label}
      </Button>
    </div>
  );
}

function Remove({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <Button
      size="sm"
      variant="ghost"
      aria-label={`Remove ${label}`}
      icon={<X aria-hidden size={14} />}
      onClick={onRemove}
    />
  );
}
