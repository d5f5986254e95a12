import { Field } from '../../../ui/field.tsx';
import { Input, TextArea } from '../../../ui/input.tsx';

type Common = { tags: string; labels: string };
type CommonFieldsProps = {
  draft: Common;
  errors: Record<string, string>;
  onChange: (part: Partial<Common>) => void;
};

export function CommonFields({ draft, errors, onChange }: CommonFieldsProps) {
  return (
    <>
      <Field label="Tags" error={errors['tags']} hint="Separated by commas. May be empty.">
        <Input value={draft.tags} onChange={(event) => onChange({ tags: event.target.value })} />
      </Field>
      <Field label="Labels" error={errors['labels']} hint="One a line, such as queue=render. May be empty.">
        <TextArea
          rows={3}
          spellCheck={false}
          value={draft.labels}
          onChange={(event) => onChange({ labels: event.target.value })}
        />
      </Field>
    </>
  );
}
