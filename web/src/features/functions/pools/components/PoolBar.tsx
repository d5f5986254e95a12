import type { FunctionPool } from '@cyclorama/shared/claims.ts';

import { plural } from '../../../../lib/units.ts';

export function PoolBar({ pool }: { pool: FunctionPool }) {
  const room = Math.max(0, (pool.maxPoolSize ?? pool.instances) - pool.instances);
  const parts = [
    { label: 'ours', count: pool.ours, fill: 'bg-accent' },
    { label: 'held by others', count: pool.others, fill: 'bg-tone-muted' },
    { label: 'idle', count: pool.idle, fill: 'bg-panel' },
    { label: 'not ready', count: pool.notReady, fill: 'bg-tone-warning' },
    { label: 'room', count: room, fill: 'bg-sunken' },
  ];
  return (
    <span aria-hidden className="flex h-3 w-full overflow-hidden rounded border border-line-strong bg-sunken">
      {parts.map(
        ({ label, count, fill }) =>
          count > 0 && (
            <span
              key={label}
              className={`${fill} border-r border-line-strong last:border-r-0`}
              style={{ flexGrow: count, flexBasis: 0 }}
            />
          ),
      )}
    </span>
  );
}

/** The bar and its parts in words. */
export function PoolUse({ pool }: { pool: FunctionPool }) {
  return (
    <div className="flex flex-col gap-1">
      <PoolBar pool={pool} />
      {/* Room for two lines where they may be needed: counts that change move nothing. */}
      <p className="min-h-8 text-xs text-muted sm:min-h-0">
        <span className="font-medium text-accent-text">{pool.ours} ours</span> · {pool.others} held by others
        · <span className="font-medium text-text">{pool.idle} idle</span>
        {pool.notReady > 0 && ` · ${pool.notReady} not ready`} of {plural(pool.instances, 'instance')}
        {pool.maxPoolSize !== null && `, at most ${pool.maxPoolSize}`}
      </p>
    </div>
  );
}
