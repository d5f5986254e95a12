import { Link } from '@tanstack/react-router';

import { Button, buttonClass } from '../../../../ui/button.tsx';

export function CompareLink({ ids, onClear }: { ids: readonly string[]; onClear: () => void }) {
  const [first, ...others] = ids;
  return (
    <span className="inline-flex items-center gap-1">
      <Link
        to="/telemetry"
        search={{ instance: first, ...(others.length === 0 ? {} : { compare: others.join(',') }) }}
        className={buttonClass('secondary', 'sm')}
      >
        {ids.length === 1 ? 'Telemetry of 1 selected' : `Compare ${ids.length} selected`}
      </Link>
      <Button size="sm" variant="ghost" onClick={onClear}>
        Clear selection
      </Button>
    </span>
  );
}
