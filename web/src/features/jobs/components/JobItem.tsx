import type { Job, JobTask } from '@cyclorama/shared/jobs.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import { indexTopology, useTopology } from '../../../api/use-topology.ts';
import { formatPercent } from '../../../lib/units.ts';
import { ResourceLink } from '../../../router/resource-link.tsx';
import { Button } from '../../../ui/button.tsx';
import { StateLabel } from '../../../ui/state-glyph.tsx';
import { workState } from '../../../ui/state-visual.ts';
import { Absolute, Ago, Elapsed } from '../../../ui/time.tsx';
import { jobQuery } from '../queries.ts';
import { isGoingOn, stepState } from '../rules.ts';

/** One that goes on shows its steps; of one that has ended they are read when asked for. */
export function JobItem({ job }: { job: Job }) {
  const { id, caption, state, error, progress, queuedAt, startedAt, completedAt } = job;
  const [isOpen, setOpen] = useState(isGoingOn(job));
  return (
    <li className="flex flex-col gap-2 px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StateLabel state={workState(state)} />
        <span className="min-w-40 flex-1 font-medium wrap-anywhere">{caption || 'Cycle job'}</span>
        <Subject id={job.objectId} />
        {progress !== null && isGoingOn(job) && (
          <span className="flex items-center gap-2 text-muted">
            <progress
              className="w-24 accent-accent"
              value={progress}
              aria-label={`Progress of ${caption || id}`}
            />
            {formatPercent(progress * 100)}
          </span>
        )}
        <span className="text-xs text-muted">
          <Ago at={completedAt ?? startedAt ?? queuedAt} />
        </span>
        <Button size="sm" variant="ghost" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide steps' : 'Show steps'}
        </Button>
      </div>
      {error !== null && <p className="text-danger-text">{error}</p>}
      {isOpen && <Steps id={id} />}
    </li>
  );
}

function Subject({ id }: { id: string | null }) {
  const { data } = useTopology();
  const node = id === null || data === undefined ? undefined : indexTopology(data).byId.get(id);
  if (node === undefined) return null;
  return (
    <ResourceLink kind={node.kind} id={node.id}>
      {node.name}
    </ResourceLink>
  );
}

function Steps({ id }: { id: string }) {
  const query = useQuery(jobQuery(id));
  return (
    <QueryView
      query={query}
      loading={
        <p data-loading className="text-muted">
          Reading the steps…
        </p>
      }
    >
      {({ job, scheduledFor, tasks }) => (
        <>
          {job.state === 'scheduled' && scheduledFor !== null && (
            <p className="text-muted">
              Waits until <Absolute at={scheduledFor} />.
            </p>
          )}
          <ol className="flex flex-col gap-2">
            {tasks.map((task) => (
              <Task key={task.id} task={task} />
            ))}
          </ol>
        </>
      )}
    </QueryView>
  );
}

function Task({ task }: { task: JobTask }) {
  return (
    <li className="border-l-2 border-line pl-3">
      <span className="font-medium">{task.caption || 'Task'}</span>
      {task.error !== null && <p className="text-danger-text">{task.error}</p>}
      <ol>
        {task.steps.map((step, place) => {
          const state = stepState(step, task);
          return (
            <li key={place} className="flex flex-wrap items-center gap-x-3">
              <StateLabel state={state} />
              <span>{step.caption}</span>
              {state === 'in-progress' && (
                <span className="text-xs text-muted">
                  <Elapsed since={step.startedAt} />
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </li>
  );
}
