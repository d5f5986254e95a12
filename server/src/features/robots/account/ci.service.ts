import type { CiBuild, CiProjects, CiRequest } from '@cyclorama/shared/robot-access.ts';

import type { CarryOut } from '../../../lib/activity-note.ts';
import { isoOf } from '../../../lib/clock.ts';
import { UpstreamError } from '../../../lib/errors.ts';
import type { CallOnce, RequestKey } from '../../../lib/idempotency.ts';
import type { Person } from '../../../lib/person.ts';
import { redactUrls } from '../../../lib/redact-url.ts';
import type { RerobotsClient } from '../../../upstream/rerobots/client.ts';

/** The documented body needs a branch or a commit. */
const DEFAULT_BRANCH = 'main';

export type CiDeps = {
  client: Pick<RerobotsClient, 'ciProjects' | 'newCi' | 'newCiJob'>;
  carryOut: CarryOut;
  callOnce: CallOnce;
};

export type CiService = ReturnType<typeof createCiService>;

/** Documented: `POST` starts a build at once. Observed: it creates a project, and a build is a job of it. */
export function createCiService({ client, carryOut, callOnce }: CiDeps) {
  /** `note` says what happened besides the ids. */
  const start = async (body: CiRequest): Promise<CiBuild> => {
    const { repositoryUrl, branch, commit, namespace } = body;
    const useDefault = branch === undefined && commit === undefined;
    const requestedBranch = useDefault ? DEFAULT_BRANCH : branch;
    const made = await client.newCi({ repositoryUrl, branch: requestedBranch, commit, namespace });
    const notes = useDefault ? [`No branch was given, so ${DEFAULT_BRANCH} was used.`] : [];
    if (made.jobId !== null || made.projectId === null) {
      if (made.jobId === null) notes.push('rerobots accepted it without naming a project or a build.');
      return { ...made, note: noteOf(notes) };
    }
    if (branch === undefined || commit === undefined) {
      notes.push('rerobots created a project, but no build: give both a branch and a commit to start one.');
      return { ...made, note: noteOf(notes) };
    }
    try {
      const { jobId } = await client.newCiJob(made.projectId, { branch, commit });
      notes.push('Follow the build at rerobots; its progress is not available here.');
      return { projectId: made.projectId, jobId, note: noteOf(notes) };
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      notes.push(`rerobots created the project, but not the build: ${error.message}`);
      return { ...made, note: noteOf(notes) };
    }
  };

  return {
    async projects(): Promise<CiProjects> {
      const projects = await client.ciProjects();
      return {
        projects: projects.map(({ id, repositoryUrl, createdAt }) => ({
          id,
          repositoryUrl: redactUrls(repositoryUrl),
          createdAt: createdAt === null ? null : isoOf(createdAt),
        })),
      };
    },

    async start(body: CiRequest, person: Person, requestKey: RequestKey | null = null): Promise<CiBuild> {
      const repository = redactUrls(body.repositoryUrl);
      const subject = { kind: 'ci', id: repository, name: repository };
      const intent = { actor: person.name, action: 'ci.start', subject };
      const once = (): Promise<CiBuild> => callOnce(requestKey, () => start(body), JSON.stringify);
      return carryOut(intent, once, ({ note }) => ({ detail: note }));
    },
  };
}

function noteOf(notes: string[]): string | null {
  return notes.length === 0 ? null : notes.join(' ');
}
