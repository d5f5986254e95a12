import { useQuery } from '@tanstack/react-query';

import { QueryView } from '../../../../api/query-view.tsx';
import { CopyId } from '../../../../ui/copy.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { LoadingState } from '../../../../ui/states.tsx';
import { Ago } from '../../../../ui/time.tsx';
import { ciQuery } from '../queries.ts';
import { CiForm } from './CiForm.tsx';

export function CiPanel() {
  const query = useQuery(ciQuery);
  return (
    <Panel title="CI builds on robots">
      <div className="flex flex-col gap-4">
        <CiForm />
        <QueryView query={query} loading={<LoadingState rows={2} label="Loading projects" />}>
          {({ projects }) =>
            projects.length === 0 ? (
              <p className="text-muted">No projects. The first build of a repository creates one.</p>
            ) : (
              <ul aria-label="CI projects" className="divide-y divide-line">
                {projects.map((project) => (
                  <li key={project.id} className="flex min-h-9 flex-wrap items-center gap-x-4 py-1">
                    <span className="min-w-0 flex-1 truncate">{project.repositoryUrl}</span>
                    <CopyId id={project.id} label="project id" />
                    {project.createdAt !== null && <Ago at={project.createdAt} />}
                  </li>
                ))}
              </ul>
            )
          }
        </QueryView>
      </div>
    </Panel>
  );
}
