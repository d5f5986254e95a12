import type { AlertRule, AlertSeverity } from '@cyclorama/shared/alerts.ts';
import { alertSeverity } from '@cyclorama/shared/alerts.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import type { TopologyNode } from '@cyclorama/shared/topology.ts';
import { useId, useState } from 'react';

import { useTopology } from '../../../api/use-topology.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Select } from '../../../ui/select.tsx';
import { ErrorState, LoadingState } from '../../../ui/states.tsx';
import { conditionKinds, formErrors, formOf, newRule, requestOfForm } from '../form.rules.ts';
import type { RuleFields } from '../form.rules.ts';
import { useSaveRule, useTryRule } from '../queries.ts';
import { ConditionFields } from './ConditionFields.tsx';
import { TrialResult } from './TrialResult.tsx';

type Kind = keyof typeof conditionKinds;

type RuleDialogProps = { rule?: AlertRule; onClose: () => void };

/** `rule` absent: a new one. */
export function RuleDialog({ rule, onClose }: RuleDialogProps) {
  const { data, isPending } = useTopology();
  // What it names is shown by its names.
  if (rule !== undefined && isPending)
    return (
      <Dialog open onOpenChange={onClose} size="md" title={titleOf(rule)}>
        <LoadingState rows={6} label="Loading the names of what it is about" />
      </Dialog>
    );
  return <RuleForm rule={rule} nodes={data?.nodes ?? []} onClose={onClose} />;
}

const titleOf = (rule: AlertRule | undefined): string =>
  rule === undefined ? 'New alert rule' : `Edit “${isolated(rule.name)}”`;

type RuleFormProps = {
  rule: AlertRule | undefined;
  nodes: readonly TopologyNode[];
  onClose: () => void;
};

function RuleForm({ rule, nodes, onClose }: RuleFormProps) {
  const [form, setForm] = useState<RuleFields>(() => (rule === undefined ? newRule : formOf(rule, nodes)));
  const save = useSaveRule(rule?.id ?? null);
  const trial = useTryRule();
  const names = useId();
  const { name, ...others } = formErrors(form, nodes, rule);
  const [wrong] = [name, ...Object.values(others)].filter((each) => each !== undefined);
  const change = (part: Partial<RuleFields>) => {
    trial.reset();
    setForm({ ...form, ...part });
  };
  const request = () => requestOfForm(form, nodes, rule);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="md"
      title={titleOf(rule)}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button pending={trial.isPending} disabledReason={wrong} onClick={() => trial.mutate(request())}>
            Try on the past
          </Button>
          <Button
            variant="primary"
            pending={save.isPending}
            disabledReason={wrong}
            onClick={() => save.mutate(request(), { onSuccess: onClose })}
          >
            Save rule
          </Button>
        </>
      }
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Name" error={form.name === '' ? undefined : name}>
          <Input
            value={form.name}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
        <Field label="Watches">
          <Select<Kind>
            value={form.condition.kind}
            options={(Object.keys(conditionKinds) as Kind[]).map((value) => ({
              value,
              label: conditionKinds[value][0],
            }))}
            onValueChange={(kind) => change({ condition: conditionKinds[kind][1] })}
          />
        </Field>
        <ConditionFields
          key={form.condition.kind}
          condition={form.condition}
          onChange={(condition) => change({ condition })}
        />
        <Field label="For minutes" error={others.forMinutes}>
          <Input
            inputMode="decimal"
            autoComplete="off"
            className="max-w-28"
            value={form.forMinutes}
            onChange={(event) => change({ forMinutes: event.target.value })}
          />
        </Field>
        <Field label="Severity">
          <Select<AlertSeverity>
            value={form.severity}
            options={alertSeverity.options.map((value) => ({ value, label: value }))}
            onValueChange={(severity) => change({ severity })}
          />
        </Field>
        <Field
          label="Of"
          error={others.of}
          hint="Names of containers, servers, instances or domains, separated by commas; api-* is all that begin so. Empty for all."
        >
          <Input
            value={form.of}
            list={names}
            autoComplete="off"
            onChange={(event) => change({ of: event.target.value })}
          />
        </Field>
        <Field label="Deployments" hint="Their labels, separated by commas. Empty for any.">
          <Input
            value={form.deployments}
            autoComplete="off"
            onChange={(event) => change({ deployments: event.target.value })}
          />
        </Field>
        <datalist id={names}>
          {nodes
            .filter(({ kind }) => kind === 'container' || kind === 'server')
            .map(({ id, name: option }) => (
              <option key={id} value={option}>
                {option}
              </option>
            ))}
        </datalist>
      </div>
      {trial.data !== undefined && <TrialResult trial={trial.data} />}
      {trial.error !== null && <ErrorState compact error={trial.error} />}
      {save.error !== null && <ErrorState compact error={save.error} />}
    </Dialog>
  );
}
