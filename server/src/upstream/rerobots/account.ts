import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { UpstreamHealth } from '../health.ts';
import { createRequester } from '../http.ts';
import { parsed, requestHeaders } from './calls.ts';
import type { Calls } from './calls.ts';
import { rerobotsRefusal } from './errors.ts';
import { rerobotsTime } from './time.ts';
import { ciJobAnswer, ciNewAnswer, ciProjectsAnswer } from './wire.ts';

export type CiOrder = {
  repositoryUrl: string;
  branch: string | undefined;
  commit: string | undefined;
  namespace: string;
};

export type RerobotsAccount = {
  /** Also succeeds where there is no token with this hash. */
  revoke(sha256: string): Promise<void>;
  /** Revokes all tokens of the account, including the one in use. */
  purge(): Promise<void>;
  /**
   * Calls rerobots with a token other than the one in use. @throws UpstreamError `unauthorized` where it is refused.
   */
  checkToken(token: string): Promise<void>;
  ciProjects(): Promise<{ id: string; repositoryUrl: string; createdAt: number | null }[]>;
  /** Sends the documented and the observed fields in one body. `jobId` null: only a project was made. */
  newCi(order: CiOrder): Promise<{ projectId: string | null; jobId: string | null }>;
  /** rerobots requires both branch and commit (observed). */
  newCiJob(projectId: string, at: { branch: string; commit: string }): Promise<{ jobId: string | null }>;
};

type Options = { url: string; logger: Logger; clock: Clock; health: UpstreamHealth };

/** Tokens are sent to rerobots by their hash only. */
export function createAccount(calls: Calls, { url, logger, clock, health }: Options): RerobotsAccount {
  return {
    async revoke(sha256) {
      await calls.write('POST', `/revoke/${sha256}`, 'act');
    },
    async purge() {
      await calls.write('POST', '/purge', 'act');
    },
    async checkToken(token) {
      // A requester of its own: the result for another token says nothing about the one in use.
      const requester = createRequester({
        health: { ...health, succeeded: () => undefined, failed: () => undefined },
        label: 'rerobots',
        origin: new URL(url).origin,
        headers: () => requestHeaders(token),
        logger,
        retries: 1,
        classify: (answer) => rerobotsRefusal(answer, clock.now()),
      });
      try {
        await requester.read(`${new URL(url).pathname.replace(/\/$/, '')}/instances`);
      } finally {
        await requester.close();
      }
    },
    async ciProjects() {
      const projects = parsed(ciProjectsAnswer, await calls.readOwn('/ci/projects', 'act', { fresh: true }));
      return Object.entries(projects ?? {}).map(([id, { created, repo_url: repositoryUrl }]) => ({
        id,
        repositoryUrl: repositoryUrl ?? '',
        createdAt: rerobotsTime(created),
      }));
    },
    async newCi({ repositoryUrl, branch, commit, namespace }) {
      const json = {
        ns: namespace,
        repo_type: 'git',
        repo_url: repositoryUrl,
        ...(branch === undefined ? {} : { repo_branch: branch }),
        ...(commit === undefined ? {} : { repo_commit: commit }),
      };
      const { pid, jid } = parsed(ciNewAnswer, await calls.write('POST', '/ci/new', 'act', { json }));
      return { projectId: textOf(pid), jobId: textOf(jid) };
    },
    async newCiJob(projectId, json) {
      const path = `/ci/project/${encodeURIComponent(projectId)}/job`;
      const { jid } = parsed(ciJobAnswer, await calls.write('POST', path, 'act', { json }));
      return { jobId: textOf(jid) };
    },
  };
}

function textOf(id: string | number | null | undefined): string | null {
  return id === null || id === undefined ? null : String(id);
}
