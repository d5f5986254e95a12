import type { AlertRule } from '@cyclorama/shared/alerts.ts';
import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';

import { useSession } from '../../../api/session.ts';
import { describeError } from '../../../lib/describe-error.ts';
import { Button } from '../../../ui/button.tsx';
import { useSaveRule } from '../queries.ts';
import { requestOf } from '../rows.ts';

export type RuleDialogKind = 'edit' | 'delete';
type Props = { rule: AlertRule; onAsk: (kind: RuleDialogKind, rule: AlertRule) => void };

/** Switch, edit, delete; all with the reason why not. What they ask stands beside the list (RulesList). */
export function RuleActions({ rule, onAsk }: Props) {
  const { user } = useSession();
  const save = useSaveRule(rule.id);
  const refusal = roleRefusal(user.role, 'operator') ?? undefined;
  const verb = rule.enabled ? 'Switch off' : 'Switch on';
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
        onClick={() => onAsk('edit', rule)}
      >
        Edit…
      </Button>
      {!rule.isBuiltIn && (
        <Button
          size="sm"
          aria-label={`Delete ${rule.name}`}
          disabledReason={refusal}
          onClick={() => onAsk('delete', rule)}
        >
          Delete…
        </Button>
      )}
      {save.error !== null && (
        <span role="alert" className="text-xs text-danger-text">
          {describeError(save.error).message}
        </span>
      )}
    </span>
  );
}
