import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';

type PasswordFieldProps = { value: string; onChange: (value: string) => void; isFirst: boolean };

export function PasswordField({ value, onChange, isFirst }: PasswordFieldProps) {
  return (
    <Field label="Password">
      <Input
        name="password"
        type="password"
        autoComplete="current-password"
        required
        // Where the form begins: it is the only purpose of what it is in.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={isFirst}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
