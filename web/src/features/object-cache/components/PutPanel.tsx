import { cachePut } from '@cyclorama/shared/object-cache.ts';
import type { CachePut } from '@cyclorama/shared/object-cache.ts';
import { useState } from 'react';
import type { FormEvent } from 'react';

import { fieldErrors } from '../../../lib/form-errors.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input, TextArea } from '../../../ui/input.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { usePutEntry } from '../queries.ts';
import { ScopeField } from './ScopeField.tsx';

export function PutPanel() {
  const [entry, setEntry] = useState<CachePut>({ scope: 'environment', key: '', expires: '15m', value: '' });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const put = usePutEntry();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = fieldErrors(cachePut, entry);
    setErrors(found);
    if (Object.keys(found).length === 0) put.mutate(entry);
  };
  const change = (part: Partial<CachePut>) => setEntry({ ...entry, ...part });
  return (
    <Panel title="Put an entry">
      <form onSubmit={submit} className="flex flex-col gap-3" noValidate>
        <ScopeField value={entry.scope} onChange={(scope) => change({ scope })} />
        <Field label="Key" error={errors['key']} hint="An entry under this key is replaced.">
          <Input
            value={entry.key}
            spellCheck={false}
            onChange={(event) => change({ key: event.target.value })}
          />
        </Field>
        <Field label="Kept for" error={errors['expires']} hint="From now: 90s, 15m, 72h45m or 7d.">
          <Input value={entry.expires} onChange={(event) => change({ expires: event.target.value })} />
        </Field>
        <Field label="Value" hint="Not on record; key, scope and time are.">
          <TextArea
            rows={5}
            spellCheck={false}
            value={entry.value}
            onChange={(event) => change({ value: event.target.value })}
          />
        </Field>
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" variant="primary" pending={put.isPending}>
            Put entry
          </Button>
          <output>{put.data !== undefined && `Kept under ${put.data.key} for ${put.data.expires}.`}</output>
        </div>
        {put.error !== null && <ErrorState compact error={put.error} />}
      </form>
    </Panel>
  );
}
