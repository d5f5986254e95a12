import { naiveTime } from './format.ts';
import type { Micros } from './format.ts';
import { empty, ok, refuse } from './reply.ts';
import type { GuardedCall, Route } from './route.ts';
import { guarded, jsonBody } from './route.ts';
import { stampNow } from './world.ts';

type Project = { user: string; created: Micros; repoUrl: string; jobs: number };

/**
 * Continuous integration. Observed: POST /ci/new makes a project and jobs are posted to it. Documented: it starts a
 * build at once, so a body with `ns` or `repo_type` also gets its first job.
 */
export function createCiRoutes(): Route[] {
  const projects = new Map<string, Project>();

  function ownProject({ caller, param }: GuardedCall): Project | undefined {
    const project = projects.get(param('pid'));
    return project?.user === caller.user ? project : undefined;
  }

  function create(call: GuardedCall) {
    const { world, caller } = call;
    const body = jsonBody(call) ?? {};
    const repoUrl = body['repo_url'];
    if (typeof repoUrl !== 'string') throw refuse(400, 'request is missing required parameter: repo_url');
    const pid = Buffer.from(world.random.hex(32), 'hex').toString('base64url');
    const builds = world.profile === 'documented' && ('ns' in body || 'repo_type' in body);
    projects.set(pid, { user: caller.user, created: stampNow(world), repoUrl, jobs: builds ? 1 : 0 });
    return ok({ pid, jid: builds ? 1 : undefined });
  }

  function list({ caller }: GuardedCall) {
    const mine = [...projects].filter(([, { user }]) => user === caller.user);
    return ok(
      Object.fromEntries(
        mine.map(([pid, { created, repoUrl }]) => [pid, { created: naiveTime(created), repo_url: repoUrl }]),
      ),
    );
  }

  function startJob(call: GuardedCall) {
    const project = ownProject(call);
    if (!project) return empty(404);
    const { branch, commit } = jsonBody(call) ?? {};
    if (typeof branch !== 'string' || typeof commit !== 'string')
      throw refuse(400, 'request is missing required parameters');
    project.jobs += 1;
    return ok({ jid: project.jobs });
  }

  function changeJob(call: GuardedCall) {
    const project = ownProject(call);
    const jid = Number(call.param('jid'));
    if (!project || jid < 1 || jid > project.jobs) return empty(404);
    if (jsonBody(call)?.['do'] !== 'restart') throw refuse(400, 'request is missing required parameters');
    return ok({ jid });
  }

  return [
    guarded('POST', '/ci/new', 'charset', create),
    guarded('GET', '/ci/projects', 'charset', list),
    guarded('POST', '/ci/project/{pid:any}/job', 'charset', startJob),
    guarded('POST', '/ci/project/{pid:any}/job/{jid:int}', 'charset', changeJob),
  ];
}
