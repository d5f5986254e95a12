import { cacheScopes } from '@cyclorama/shared/object-cache.ts';
import type { CacheQuery } from '@cyclorama/shared/object-cache.ts';

import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';

const LABELS: Record<CacheQuery['scope'], string> = {
  global: 'Global',
  environment: 'This environment',
  container: 'Cyclorama’s container',
  instance: 'Cyclorama’s instance',
};

type ScopeFieldProps = { value: CacheQuery['scope']; onChange: (scope: CacheQuery['scope']) => void };

export function ScopeField({ value, onChange }: ScopeFieldProps) {
  return (
    <Field label="Scope">
      <Select
        value={value}
        options={cacheScopes.map((scope) => ({ value: scope, label: LABELS[scope] }))}
        onValueChange={onChange}
      />
    </Field>
  );
}
