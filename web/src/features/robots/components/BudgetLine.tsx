import { useUpstreams } from '../../../api/upstreams.ts';
import { useServerNow } from '../../../lib/server-clock.ts';
import { formatAbsolute, useZone } from '../../../lib/time.ts';
import { FromNow } from '../../../ui/time.tsx';
import { budgetOf } from '../budget.rules.ts';

export function BudgetLine() {
  const { data } = useUpstreams();
  const now = useServerNow();
  const zone = useZone();
  if (data === undefined) return <span data-loading />;
  const rerobots = data.upstreams.find(({ name }) => name === 'rerobots');
  const budget = budgetOf(rerobots, now);
  if (budget === null) return null;
  if (budget.standsStill === null) {
    return (
      <span>
        rerobots: {budget.words}, renewed <FromNow at={budget.resetsAt} />
      </span>
    );
  }
  return (
    <output className="block rounded-md border border-warning-line bg-warning-soft px-3 py-2 text-text">
      {budget.standsStill} Renewed at {formatAbsolute(budget.resetsAt, zone)}.
    </output>
  );
}
