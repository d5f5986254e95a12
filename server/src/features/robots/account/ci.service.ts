import type { CiBuild, CiProjects, CiRequest } from '@cyclorama/shared/robot-access.ts';

import type { RecordActivity } from '../../../lib/activity-note.ts';
import { isoOf } from '../../../lib/clock.ts';
import { UpstreamError } from '../../../lib/errors.ts';
import type { Person } from '../../../lib/person.ts';
import type { RerobotsClient } from '../../../upstream/rerobots/client.ts';

/** The documented body wants a branch or a commit. */
const USUAL_BRANCH = 'main';

export type CiDeps = {
  client: Pick<RerobotsClient, 'ciProjects' | 'newCi' | 'newCiJob'>;
  record: RecordActivity;
};

export type CiService = ReturnType<typeof createCiService>;

/** CI on robots. As documented a build starts at once; as observed a project is made, and a build is its job. */
export function createCiService({ client, record }: CiDeps) {
  /** Starts a build by all the ways there are, and says in `note` what came back besides the ids. */
  const start = async (body: CiRequest): Promise<CiBuild> => {
    const { repositoryUrl, branch, commit, namespace } = body;
    const usual = branch === undefined && commit === undefined;
    const asked = usual ? USUAL_BRANCH : branch;
    const made = await client.newCi({ repositoryUrl, branch: asked, commit, namespace });
    const notes = usual ? [`No branch was given: ${USUAL_BRANCH} was asked for.`] : [];
    if (made.jobId !== null || made.projectId === null) {
      if (made.jobId === null) notes.push('rerobots took it and named neither a project nor a build.');
      return { ...made, note: noteOf(notes) };
    }
    if (branch === undefined || commit === undefined) {
      notes.push(
        'rerobots made a project and no build yet: for a build give both the branch and the commit.',
      );
      return { ...made, note: noteOf(notes) };
    }
    try {
      const { jobId } = await client.newCiJob(made.projectId, { branch, commit });
      notes.push('rerobots tells no progress of a build; its outcome is shown at rerobots.');
      return { projectId: made.projectId, jobId, note: noteOf(notes) };
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      notes.push(`rerobots made the project, but not the build: ${error.message}`);
      return { ...made, note: noteOf(notes) };
    }
  };

  return {
    async projects(): Promise<CiProjects> {
      const projects = await client.ciProjects();
      return {
        projects: projects.map(({ id, repositoryUrl, createdAt }) => ({
          id,
          repositoryUrl: withoutCredentials(repositoryUrl),
          createdAt: createdAt === null ? null : isoOf(createdAt),
        })),
      };
    },

    async start(body: CiRequest, person: Person): Promise<CiBuild> {
      const repository = withoutCredentials(body.repositoryUrl);
      const subject = { kind: 'ci', id: repository, name: repository };
      const entry = { actor: person.name, action: 'ci.start', subject };
      try {
        const build = await start(body);
        await record({ ...entry, outcome: 'done', detail: build.note });
        return build;
      } catch (error) {
        const undone = error instanceof UpstreamError && error.certainlyNotDone;
        const detail = error instanceof UpstreamError ? error.message : 'It failed.';
        await record({ ...entry, outcome: undone ? 'refused' : 'failed', detail });
        throw error;
      }
    },
  };
}

function noteOf(notes: string[]): string | null {
  return notes.length === 0 ? null : notes.join(' ');
}

/** People put tokens into addresses of repositories: they stop here. */
function withoutCredentials(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  if (url.username === '' && url.password === '') return address;
  url.username = '';
  url.password = '';
  return url.href;
}
