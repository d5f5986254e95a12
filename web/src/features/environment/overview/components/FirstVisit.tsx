import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { Button } from '../../../../ui/button.tsx';
import { dismissFirstVisit } from '../first-visit.store.ts';

/** What to do where there is nothing to see yet, and for whoever may only look. */
export function FirstVisit({ isEmpty, viewer }: { isEmpty: boolean; viewer: string | null }) {
  return (
    <>
      {isEmpty && (
        <Note title="This environment has only Cyclorama so far">
          <p>
            Create a container or a service in Cycle’s portal: it appears here within seconds, with its
            instances, events and telemetry. Nothing has to be set up for that.
          </p>
        </Note>
      )}
      {viewer !== null && (
        <Note
          title={`Welcome, ${viewer}. You have view-only access`}
          action={
            <Button size="sm" onClick={() => dismissFirstVisit(viewer)}>
              Got it
            </Button>
          }
        >
          <ul className="list-disc pl-5">
            <li>
              This page says what is wrong, since when and why; each name leads to its events and charts.
            </li>
            <li>
              A robot’s page tells you when it is free: choose one under{' '}
              <Link to="/robots" className="text-accent-text underline">
                Robots
              </Link>
              , then Notify when free.
            </li>
            <li>To restart instances, claim functions or book robots, ask an admin for the operator role.</li>
            <li>Press ? for all shortcuts.</li>
          </ul>
        </Note>
      )}
    </>
  );
}

function Note({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section
      aria-label={title}
      className="flex flex-wrap items-start gap-3 rounded-lg border border-accent-line bg-accent-soft px-4 py-3"
    >
      <div className="flex min-w-0 flex-1 basis-80 flex-col gap-1">
        <h2 className="text-sm">{title}</h2>
        {children}
      </div>
      {action}
    </section>
  );
}
