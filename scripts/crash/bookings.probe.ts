import { paths } from '../../shared/src/paths.ts';
import type { Booking, BookingsResponse, DeploymentsResponse } from '../../shared/src/robots.ts';
import { eventually } from './claims.checks.ts';
import type { CrashWorld } from './worlds.ts';

export type Account = { instances: string[]; reservations: string[] };

/** The dashboard's API, and rerobots itself with another token of the account. */
export type Probe = Awaited<ReturnType<typeof createProbe>>;

/** Calls bypass the relay and use another token, so that they disturb neither held calls nor the rate limit. */
export async function createProbe({ env, api }: CrashWorld) {
  const control = async (path: string, body: object): Promise<unknown> => {
    const answer = await fetch(`${env['SIM_CONTROL_URL']}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`the simulator refused ${JSON.stringify(body)}: ${await answer.text()}`);
    return answer.json();
  };
  const issueToken = async (user?: string): Promise<string> =>
    ((await control('/robot-tokens', user === undefined ? {} : { user })) as { token: string }).token;
  const token = await issueToken();
  const robots = async (method: 'GET' | 'POST', path: string): Promise<unknown> => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${env['REROBOTS_API_URL']}${path}`, { method, headers });
    const text = await answer.text();
    return text === '' ? null : (JSON.parse(text) as unknown);
  };
  const get = async <T>(path: string): Promise<T> => {
    const { status, body } = await api.call('GET', path);
    if (status !== 200) throw new Error(`GET ${path} answered ${status}`);
    return body as T;
  };

  return {
    robots,
    /** Without a name: of the account that every booking of the world is made with. */
    issueToken,
    /** Makes something happen at the simulated rerobots. */
    happen: (event: { kind: string; ms?: number; on?: boolean }) => control('/events', event),
    /** `documented` also lists terminating instances; neither profile lists ended ones. */
    async account(): Promise<Account> {
      const [listed, waiting] = (await Promise.all([
        robots('GET', '/instances?details'),
        robots('GET', '/reservations'),
      ])) as [{ workspace_instances: { id: string; status: string }[] }, { reservations: { id: string }[] }];
      return {
        instances: listed.workspace_instances.flatMap(({ id, status }) =>
          status === 'TERMINATING' ? [] : [id],
        ),
        reservations: waiting.reservations.map(({ id }) => id),
      };
    },
    bookings: async (state: 'open' | 'all'): Promise<Booking[]> =>
      (await get<BookingsResponse>(`${paths.bookings()}?state=${state}`)).bookings,
    /** Deployments that the simulator's other users never book. */
    async quietDeployments(): Promise<string[]> {
      const { deployments } = await get<DeploymentsResponse>(`${paths.deployments()}?types=basic_kobuki`);
      return deployments.flatMap(({ id, online }) => (online === true ? [id] : []));
    },
  };
}

const KNOWN_WITHIN_MS = 60_000;

/** Waits until the dashboard lists two robots that the simulator's other users never book. */
export async function twoRobots(probe: Probe): Promise<[string, string]> {
  let ids: string[] = [];
  const problem = await eventually(async () => {
    ids = await probe.quietDeployments();
    return ids.length >= 2 ? null : 'the server does not list two robots of the type';
  }, KNOWN_WITHIN_MS);
  const [one, other] = ids;
  if (problem !== null || one === undefined || other === undefined) throw new Error(problem ?? 'no robots');
  return [one, other];
}
