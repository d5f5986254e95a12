import type { Integration } from '@cyclorama/shared/settings.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import { Button } from '../../../ui/button.tsx';
import { CopyId } from '../../../ui/copy.tsx';
import { DefinitionList } from '../../../ui/definition-list.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { LoadingState } from '../../../ui/states.tsx';
import { Ago } from '../../../ui/time.tsx';
import { integrationQuery } from '../queries.ts';
import { useHubSearch } from '../search.ts';
import type { LookedFor } from '../search.ts';

/** Cycle lists none; what was looked up is in the URL. */
export function IntegrationPanel() {
  const [looked, set] = useHubSearch();
  const [identifier, setIdentifier] = useState(looked.identifier ?? '');
  const [vendor, setVendor] = useState(looked.vendor ?? '');
  const [isRefused, setRefused] = useState(false);
  const look = (event: FormEvent) => {
    event.preventDefault();
    const given = { identifier: identifier.trim() || undefined, vendor: vendor.trim() || undefined };
    const isEmpty = given.identifier === undefined && given.vendor === undefined;
    setRefused(isEmpty);
    if (!isEmpty) set(given);
  };
  return (
    <Panel title="Integration">
      <form onSubmit={look} className="flex flex-col gap-3" noValidate>
        <div className="grid gap-3 sm:grid-cols-2">
          <Field
            label="Identifier"
            error={isRefused ? 'Give an identifier, a vendor, or both.' : undefined}
            hint="As set in Cycle: backups"
          >
            <Input value={identifier} onChange={(event) => setIdentifier(event.target.value)} />
          </Field>
          <Field label="Vendor" hint="Such as vultr or aws">
            <Input value={vendor} onChange={(event) => setVendor(event.target.value)} />
          </Field>
        </div>
        <div>
          <Button type="submit" variant="primary">
            Look up integration
          </Button>
        </div>
      </form>
      {(looked.identifier ?? looked.vendor) !== undefined && <Found looked={looked} />}
    </Panel>
  );
}

function Found({ looked }: { looked: LookedFor }) {
  const query = useQuery(integrationQuery(looked));
  return (
    <div className="mt-3 border-t border-line pt-3">
      <QueryView query={query} loading={<LoadingState rows={4} label="Looking up the integration" />}>
        {(found) => <DefinitionList items={factsOf(found)} />}
      </QueryView>
    </div>
  );
}

function factsOf(found: Integration) {
  return [
    ['Name', found.name],
    ['Vendor', found.vendor],
    ['Identifier', found.identifier],
    ['Id', <CopyId key="id" id={found.id} />],
    ['State', found.state],
    ['Since', <Ago key="since" at={found.stateChangedAt} />],
    ['Credentials set', found.credentials.join(', ') || 'None'],
    ['Read', <Ago key="read" at={found.readAt} />],
  ] as const;
}
