import type { CiBuild } from '@cyclorama/shared/robot-access.ts';

/** rerobots answers with a build, with a project only, or with neither: a project is not a build. */
export function ciOutcome({ projectId, jobId }: Pick<CiBuild, 'projectId' | 'jobId'>): string {
  if (jobId !== null) return 'Build started.';
  return projectId === null ? 'Request accepted.' : 'Project created. No build was started.';
}
