import { cacheQuery } from '@cyclorama/shared/object-cache.ts';
import type { CacheEntry, CacheQuery } from '@cyclorama/shared/object-cache.ts';
import { useState } from 'react';
import type { FormEvent } from 'react';

import { fieldErrors } from '../../../lib/form-errors.ts';
import { formatBytes } from '../../../lib/units.ts';
import { Button } from '../../../ui/button.tsx';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { CopyButton } from '../../../ui/copy.tsx';
import { DefinitionList } from '../../../ui/definition-list.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { Ago } from '../../../ui/time.tsx';
import { useReadEntry } from '../queries.ts';
import { ScopeField } from './ScopeField.tsx';

export function ReadPanel() {
  const [query, setQuery] = useState<CacheQuery>({ scope: 'environment', key: '' });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const read = useReadEntry();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = fieldErrors(cacheQuery, query);
    setErrors(found);
    if (Object.keys(found).length === 0) read.mutate(query);
  };
  return (
    <Panel title="Read an entry">
      <form onSubmit={submit} className="flex flex-col gap-3" noValidate>
        <ScopeField value={query.scope} onChange={(scope) => setQuery({ ...query, scope })} />
        <Field label="Key" error={errors['key']}>
          <Input
            value={query.key}
            spellCheck={false}
            onChange={(event) => setQuery({ ...query, key: event.target.value })}
          />
        </Field>
        <div>
          <Button type="submit" variant="primary" pending={read.isPending}>
            Read entry
          </Button>
        </div>
        {read.error !== null && <ErrorState compact error={read.error} />}
      </form>
      {read.data !== undefined && <Entry entry={read.data} />}
    </Panel>
  );
}

function Entry({ entry }: { entry: CacheEntry }) {
  return (
    <div className="mt-3 flex flex-col gap-2 border-t border-line pt-3">
      <DefinitionList
        items={[
          [
            'Key',
            <code key="key" className="font-mono text-xs">
              {entry.key}
            </code>,
          ],
          ['Scope', entry.scope],
          ['Put for', entry.expires],
          ['Size', formatBytes(new TextEncoder().encode(entry.value).length)],
          ['Read', <Ago key="read" at={entry.readAt} />],
        ]}
      />
      <div className="flex items-start gap-1 rounded-md bg-sunken px-2.5 py-1.5">
        <CodeBlock
          text={entry.value === '' ? '(empty)' : entry.value}
          label={`Value of ${entry.key}`}
          className="max-h-80 min-w-0 flex-1 leading-6 break-all whitespace-pre-wrap"
        />
        <CopyButton text={entry.value} label="value" />
      </div>
    </div>
  );
}
