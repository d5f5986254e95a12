import { metricsRequest } from '@cyclorama/shared/monitoring.ts';
import { environmentPaths } from '@cyclorama/shared/paths-environment.ts';
import { useState } from 'react';
import type { FormEvent } from 'react';

import { dashboardUrl } from '../../../lib/base-path.ts';
import { toCurl } from '../../../lib/curl.ts';
import { fieldErrors } from '../../../lib/form-errors.ts';
import { serverNow } from '../../../lib/server-clock.ts';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Select } from '../../../ui/select.tsx';
import { useSendMetrics } from '../queries.ts';
import { formErrors, metricOf } from '../request.rules.ts';
import type { MetricDraft } from '../request.rules.ts';
import { CommonFields } from './CommonFields.tsx';
import { SendFooter } from './SendFooter.tsx';

const types = metricsRequest.element.shape.type.options;

export function MetricPanel() {
  const [draft, setDraft] = useState<MetricDraft>({
    metric: '',
    type: 'gauge',
    value: '',
    tags: '',
    labels: '',
  });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const send = useSendMetrics();
  const change = (part: Partial<MetricDraft>) => setDraft({ ...draft, ...part });
  const made = () => [metricOf(draft, new Date(serverNow()).toISOString())];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const metrics = made();
    const found = formErrors(fieldErrors(metricsRequest, metrics));
    setErrors(found);
    if (Object.keys(found).length === 0) send.mutate(metricsRequest.parse(metrics));
  };
  return (
    <Panel title="Metric" className="max-w-2xl">
      <form onSubmit={submit} className="flex flex-col gap-3" noValidate>
        <Field label="Name" error={errors['metric']} hint="Such as queue.depth">
          <Input
            value={draft.metric}
            spellCheck={false}
            onChange={(event) => change({ metric: event.target.value })}
          />
        </Field>
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Type">
            <Select
              value={draft.type}
              options={types.map((value) => ({ value, label: value }))}
              onValueChange={(type) => change({ type })}
            />
          </Field>
          <Field label="Value" error={errors['value']} hint="A whole number: Cycle takes no other.">
            <Input
              value={draft.value}
              inputMode="numeric"
              onChange={(event) => change({ value: event.target.value })}
            />
          </Field>
        </div>
        <CommonFields draft={draft} errors={errors} onChange={change} />
        <SendFooter
          label="Send metric"
          noun="metric"
          change={send}
          curl={toCurl({ method: 'POST', url: dashboardUrl + environmentPaths.sendMetrics(), body: made() })}
        />
      </form>
    </Panel>
  );
}
