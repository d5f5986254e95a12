import type { ReactNode } from 'react';

export function Kpi({ label, value, detail }: { label: string; value: ReactNode; detail?: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5 rounded-lg border border-line bg-panel px-3 py-2">
      <div className="text-xs text-muted">{label}</div>
      <div className="text-xl font-semibold">{value}</div>
      {detail !== undefined && (
        <div className="flex min-h-8 flex-wrap content-start gap-x-3 text-xs text-muted">{detail}</div>
      )}
    </div>
  );
}
