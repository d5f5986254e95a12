import { snapshotsRequest } from '@cyclorama/shared/monitoring.ts';
import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { useState } from 'react';
import type { FormEvent } from 'react';

import { dashboardUrl } from '../../../lib/base-path.ts';
import { toCurl } from '../../../lib/curl.ts';
import { serverNow } from '../../../lib/server-clock.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { TextArea } from '../../../ui/input.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { useSendSnapshots } from '../queries.ts';
import { exampleSnapshots } from '../snapshot-example.ts';
import { readSnapshots } from '../snapshot.rules.ts';
import { SendFooter } from './SendFooter.tsx';
import { SnapshotCharts } from './SnapshotCharts.tsx';

/** The internal API takes snapshots and hands none out: what is pasted here is drawn, then handed in. */
export function SnapshotView() {
  const [text, setText] = useState('');
  const [isAsked, setAsked] = useState(false);
  const send = useSendSnapshots();
  const read = text.trim() === '' ? null : readSnapshots(text);
  const error = read === null ? 'Paste a snapshot first.' : 'error' in read ? read.error : undefined;
  const body = read !== null && 'body' in read ? read.body : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (error === undefined) send.mutate(snapshotsRequest.parse(body));
  };
  const fill = () => setText(JSON.stringify(exampleSnapshots(new Date(serverNow()).toISOString()), null, 2));
  return (
    <div className="grid items-start gap-3 xl:grid-cols-[minmax(20rem,2fr)_minmax(0,3fr)]">
      <Panel
        title="Snapshot"
        actions={
          <Button size="sm" variant="ghost" onClick={fill}>
            Use an example
          </Button>
        }
      >
        <form onSubmit={submit} className="flex flex-col gap-3" noValidate>
          <Field
            label="Snapshot as JSON"
            error={isAsked || read !== null ? error : undefined}
            hint="An object with a snapshot for each controller, such as port-443."
          >
            <TextArea
              rows={14}
              spellCheck={false}
              className="font-mono text-xs"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </Field>
          <SendFooter
            label="Hand in snapshot"
            noun="snapshot"
            change={send}
            curl={toCurl({ method: 'POST', url: dashboardUrl + environmentPaths.sendSnapshots(), body })}
          />
        </form>
      </Panel>
      {read !== null && 'controllers' in read ? (
        <div className="flex min-w-0 flex-col gap-3">
          {read.controllers.map(([name, snapshot]) => (
            <SnapshotCharts key={name} controller={name} snapshot={snapshot} />
          ))}
        </div>
      ) : (
        <EmptyState
          title="Nothing to draw yet"
          hint="Paste what a load balancer measured, or use the example: requests, answers, latencies and URLs are drawn here."
        />
      )}
    </div>
  );
}
