import type { Draft, FieldForm } from '../form.rules.ts';

export type FormFieldProps = {
  label: string;
  /** Where it stands: `body.0.type`. */
  at: string;
  form: FieldForm;
  draft: Draft;
  required: boolean;
  errors: ReadonlyMap<string, string>;
  onChange: (draft: Draft) => void;
};
