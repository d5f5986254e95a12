import type { World } from './fixtures.ts';

/** Calls the simulated rerobots past the dashboard, with its account's token unless another is given. */
async function call(world: World, path: string, token?: string, method = 'GET'): Promise<Response> {
  const headers = { authorization: `Bearer ${token ?? world.env['REROBOTS_API_TOKEN']}` };
  return fetch(`${world.env['REROBOTS_API_URL']}${path}`, { method, headers });
}

export async function queueLengthOf(world: World, deploymentId: string): Promise<number> {
  const answer = await call(world, `/deployment/${deploymentId}`);
  return ((await answer.json()) as { queuelen: number }).queuelen;
}

export async function reservationsOf(world: World): Promise<string[]> {
  const answer = await call(world, '/reservations');
  const { reservations } = (await answer.json()) as { reservations: { id: string }[] };
  return reservations.map(({ id }) => id);
}

export async function cancelReservation(world: World, id: string): Promise<number> {
  return (await call(world, `/reservation/${id}`, undefined, 'DELETE')).status;
}

export async function statusWith(world: World, token: string): Promise<number> {
  return (await call(world, '/instances', token)).status;
}

/** Books a robot as anybody with the account's token may. */
export async function bookOutside(world: World, deploymentId: string): Promise<void> {
  const { status } = await call(world, `/new/${deploymentId}`, undefined, 'POST');
  if (status !== 200) throw new Error(`POST /new answered ${status}`);
}

/** Without a name: of the dashboard's account. */
export async function anotherToken(world: World, user?: string): Promise<string> {
  const body = user === undefined ? undefined : { user };
  const { token } = (await world.control('POST', '/robot-tokens', body)) as { token: string };
  return token;
}
