import type { FunctionPool } from '@cyclorama/shared/claims.ts';
import { Link } from '@tanstack/react-router';

import { formatDuration } from '../../../../lib/units.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { useClaimRefusal } from '../use-claim-refusal.ts';
import { PoolBar } from './PoolBar.tsx';

export function PoolsPanel({
  pools,
  onClaim,
  onAdopt,
}: {
  pools: FunctionPool[];
  onClaim: (pool: FunctionPool) => void;
  onAdopt: (pool: FunctionPool) => void;
}) {
  const refusals = useClaimRefusal();
  return (
    <Panel title="Pools" flush>
      <ul>
        {pools.map((pool) => (
          <li
            key={pool.containerId}
            className="grid items-center gap-x-6 gap-y-2 border-b border-line px-3 py-2 last:border-b-0 sm:grid-cols-[minmax(140px,1fr)_minmax(200px,2fr)_160px]"
          >
            <div className="min-w-0">
              <p className="flex items-center gap-2">
                <Link
                  to="/containers/$containerId"
                  params={{ containerId: pool.containerId }}
                  className="truncate font-medium hover:underline"
                >
                  {pool.name}
                </Link>
                {!pool.enabled && <Badge tone="warning">disabled</Badge>}
              </p>
              <p className="text-xs text-muted">{limitsOf(pool)}</p>
            </div>
            <PoolBar pool={pool} isLinked />
            <div className="flex gap-2 sm:flex-row-reverse">
              <Button
                size="sm"
                aria-label={`Claim ${pool.name}`}
                disabledReason={refusals.claim(pool) ?? undefined}
                onClick={() => onClaim(pool)}
              >
                Claim…
              </Button>
              {pool.others > 0 && (
                <Button
                  size="sm"
                  variant="ghost"
                  aria-label={`Adopt an instance of ${pool.name}`}
                  disabledReason={refusals.adopt ?? undefined}
                  onClick={() => onAdopt(pool)}
                >
                  Adopt…
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function limitsOf(pool: FunctionPool): string {
  const runtime = pool.maxRuntimeSeconds;
  const queue = pool.longestWaitSeconds;
  const limits = [
    runtime === null || runtime === 0 ? 'no run-time limit' : `runs up to ${formatDuration(runtime * 1000)}`,
    queue === null || queue === 0 ? null : `waits up to ${formatDuration(queue * 1000)}`,
  ];
  return limits.filter((limit) => limit !== null).join(', ');
}
