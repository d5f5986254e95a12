import type { Operation } from '@cyclorama/shared/catalogue.ts';

import { Badge } from '../../../ui/badge.tsx';

/** Who may, and what is at stake. */
export function OperationMarks({ operation }: { operation: Operation }) {
  const { role, changes, takesDown } = operation;
  return (
    <span className="flex flex-wrap items-center gap-1">
      {takesDown !== undefined && <Badge tone="danger">takes down a {takesDown}</Badge>}
      {changes && takesDown === undefined && <Badge tone="warning">changes</Badge>}
      <Badge tone={role === 'admin' ? 'accent' : 'neutral'}>{role}</Badge>
    </span>
  );
}
