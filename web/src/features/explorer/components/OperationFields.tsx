import { Input } from '../../../ui/input.tsx';
import type { OperationForm, Typed } from '../request.rules.ts';
import { FormField, HintedField } from './FormField.tsx';

type OperationFieldsProps = {
  form: OperationForm;
  typed: Typed;
  onChange: (typed: Typed) => void;
  /** By field, such as `body.0.type`. */
  errors: ReadonlyMap<string, string>;
};

export function OperationFields({ form, typed, onChange, errors }: OperationFieldsProps) {
  const { params, query, body } = typed;
  if (form.params.length === 0 && form.query.length === 0 && form.body === null) {
    return <p className="text-muted">Nothing to fill in.</p>;
  }
  return (
    <>
      {form.params.map((name) => (
        <HintedField key={name} label={name} at={`path.${name}`} schema={{ type: 'string' }} errors={errors}>
          <Input
            value={params[name] ?? ''}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange({ ...typed, params: { ...params, [name]: event.target.value } })}
          />
        </HintedField>
      ))}
      {form.query.map(({ name, form: field }) => (
        <FormField
          key={name}
          label={name}
          at={`query.${name}`}
          form={field}
          draft={query[name] ?? ''}
          required={false}
          errors={errors}
          onChange={(draft) =>
            onChange({ ...typed, query: { ...query, [name]: typeof draft === 'string' ? draft : '' } })
          }
        />
      ))}
      {form.body !== null && (
        <FormField
          label="Body"
          at="body"
          form={form.body}
          draft={body}
          required
          errors={errors}
          onChange={(draft) => onChange({ ...typed, body: draft })}
        />
      )}
    </>
  );
}
