import { monitoringEventsRequest } from '@cyclorama/shared/monitoring.ts';
import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { useState } from 'react';
import type { FormEvent } from 'react';

import { dashboardUrl } from '../../../lib/base-path.ts';
import { toCurl } from '../../../lib/curl.ts';
import { fieldErrors } from '../../../lib/form-errors.ts';
import { Field } from '../../../ui/field.tsx';
import { Input, TextArea } from '../../../ui/input.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Select } from '../../../ui/select.tsx';
import { useSendEvents } from '../queries.ts';
import { eventOf, formErrors } from '../request.rules.ts';
import type { EventDraft } from '../request.rules.ts';
import { CommonFields } from './CommonFields.tsx';
import { SendFooter } from './SendFooter.tsx';

const { type: types, priority: priorities } = monitoringEventsRequest.element.shape;
const empty: EventDraft = {
  event: '',
  type: 'info',
  priority: 'normal',
  text: '',
  tags: '',
  labels: '',
  componentId: '',
  componentType: '',
};

export function EventPanel() {
  const [draft, setDraft] = useState(empty);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const send = useSendEvents();
  const change = (part: Partial<EventDraft>) => setDraft({ ...draft, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const events = [eventOf(draft)];
    const found = formErrors(fieldErrors(monitoringEventsRequest, events));
    setErrors(found);
    if (Object.keys(found).length === 0) send.mutate(monitoringEventsRequest.parse(events));
  };
  return (
    <Panel title="Event" className="max-w-2xl">
      <form onSubmit={submit} className="flex flex-col gap-3" noValidate>
        <Field label="Name" error={errors['event']} hint="Such as render.failed">
          <Input
            value={draft.event}
            spellCheck={false}
            onChange={(event) => change({ event: event.target.value })}
          />
        </Field>
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Type">
            <Select
              value={draft.type}
              options={types.options.map((value) => ({ value, label: value }))}
              onValueChange={(type) => change({ type })}
            />
          </Field>
          <Field label="Priority">
            <Select
              value={draft.priority}
              options={priorities.options.map((value) => ({ value, label: value }))}
              onValueChange={(priority) => change({ priority })}
            />
          </Field>
        </div>
        <Field label="Text" error={errors['text']}>
          <TextArea rows={3} value={draft.text} onChange={(event) => change({ text: event.target.value })} />
        </Field>
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="About (id)" error={errors['component']} hint="Of an instance, say. May be empty.">
            <Input
              value={draft.componentId}
              spellCheck={false}
              onChange={(event) => change({ componentId: event.target.value })}
            />
          </Field>
          <Field label="About (kind)" hint="Such as instance">
            <Input
              value={draft.componentType}
              onChange={(event) => change({ componentType: event.target.value })}
            />
          </Field>
        </div>
        <CommonFields draft={draft} errors={errors} onChange={change} />
        <SendFooter
          label="Send event"
          noun="event"
          change={send}
          curl={toCurl({
            method: 'POST',
            url: dashboardUrl + environmentPaths.sendEvents(),
            body: [eventOf(draft)],
          })}
        />
      </form>
    </Panel>
  );
}
