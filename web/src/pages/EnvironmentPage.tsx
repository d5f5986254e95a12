import { Link } from '@tanstack/react-router';

import { environmentPages } from '../layouts/environment-pages.ts';
import { Page } from '../ui/page.tsx';

/** What the environment consists of beside its containers and instances. */
export function EnvironmentPage() {
  return (
    <Page title="Environment" subtitle="What the containers run on, and what leads to them.">
      <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {environmentPages.map(({ to, label, icon: Icon, about }) => (
          <li key={to}>
            <Link
              to={to}
              className="flex h-full gap-3 rounded-lg border border-line bg-panel p-3 no-underline hover:bg-hover"
            >
              <Icon aria-hidden size={18} className="mt-0.5 shrink-0 text-muted" />
              <span className="min-w-0">
                <span className="block font-medium">{label}</span>
                <span className="text-muted">{about}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
