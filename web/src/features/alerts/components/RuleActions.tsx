import type { AlertRule } from '@cyclorama/shared/alerts.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';
import { useState } from 'react';

import { useSession } from '../../../api/session.ts';
import { describeError } from '../../../lib/describe-error.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm.tsx';
import { useDeleteRule, useSaveRule } from '../queries.ts';
import { requestOf } from '../rows.ts';
import { RuleDialog } from './RuleDialog.tsx';

/** Switch, edit, delete; all with the reason why not. */
export function RuleActions({ rule }: { rule: AlertRule }) {
  const { user } = useSession();
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null);
  const save = useSaveRule(rule.id);
  const remove = useDeleteRule(rule.id);
  const refusal = roleRefusal(user.role, 'operator') ?? undefined;
  const verb = rule.enabled ? 'Switch off' : 'Switch on';
  const close = () => setOpen(null);
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      <Button
        size="sm"
        aria-label={`${verb} ${rule.name}`}
        pending={save.isPending}
        disabledReason={refusal}
        onClick={() => save.mutate({ ...requestOf(rule), enabled: !rule.enabled })}
      >
        {verb}
      </Button>
      <Button
        size="sm"
        aria-label={`Edit ${rule.name}`}
        disabledReason={refusal}
        onClick={() => setOpen('edit')}
      >
        Edit…
      </Button>
      {!rule.isBuiltIn && (
        <Button
          size="sm"
          aria-label={`Delete ${rule.name}`}
          disabledReason={refusal}
          onClick={() => setOpen('delete')}
        >
          Delete…
        </Button>
      )}
      {save.error !== null && (
        <span role="alert" className="text-xs text-danger-text">
          {describeError(save.error).message}
        </span>
      )}
      {open === 'edit' && <RuleDialog rule={rule} onClose={close} />}
      <ConfirmDialog
        open={open === 'delete'}
        onOpenChange={close}
        title={`Delete the rule “${isolated(rule.name)}”?`}
        body="What fires by it is over then. What it told before stays under Over."
        actionLabel={`Delete ${rule.name}`}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(undefined, { onSuccess: close })}
      />
    </span>
  );
}
