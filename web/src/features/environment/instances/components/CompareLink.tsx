import { Link } from '@tanstack/react-router';

import { buttonClass } from '../../../../ui/button.tsx';

export function CompareLink({ ids }: { ids: readonly string[] }) {
  const [first, ...others] = ids;
  return (
    <Link
      to="/telemetry"
      search={{ instance: first, ...(others.length === 0 ? {} : { compare: others.join(',') }) }}
      className={buttonClass('secondary', 'sm')}
    >
      {ids.length === 1 ? 'Telemetry of 1 selected' : `Compare ${ids.length} selected`}
    </Link>
  );
}
