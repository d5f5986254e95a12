import type { AlertRule } from '@cyclorama/shared/alerts.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';

import { ConfirmDialog } from '../../../ui/confirm.tsx';
import { useDeleteRule } from '../queries.ts';

export function DeleteRuleDialog({ rule, onClose }: { rule: AlertRule; onClose: () => void }) {
  const remove = useDeleteRule(rule.id);
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete the rule “${isolated(rule.name)}”?`}
      body="What fires by it is over then. What it told before stays under Over."
      actionLabel={`Delete ${rule.name}`}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(undefined, { onSuccess: onClose })}
    />
  );
}
