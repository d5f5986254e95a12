import { setImmediate as nextTurn } from 'node:timers/promises';

import type { GroupQuery, Measure, Series } from '@cyclorama/shared/telemetry.ts';

import type { Fill } from './fill.ts';
import { createGathered, runsOf } from './gathered.ts';
import type { Gathered } from './gathered.ts';
import { MEASURES } from './rates.ts';
import { createResampler } from './resample.ts';
import type { Grid, Resampler } from './resample.ts';
import { settledCount } from './settled.ts';
import type { Settled } from './settled.ts';

/** Instances read before others get their turn. */
const AT_A_TIME = 20;
/** Answers kept; time alone makes new ones. */
const MOST_KEPT = 20;

export type GroupMember = { id: string; name: string; serverId: string; startedAt: number | null };
export type Group = { id: string; name: string; members: readonly GroupMember[] };
/** `settledTo`: from there on some have not told (settled.ts). */
export type GroupSeries = { series: Series[]; notMeasured: string[]; settledTo: number };

type Deps = {
  fill: Fill;
  /** True where nobody measures the server. */
  isUnmeasured: (serverId: string) => boolean;
  /** Increases with every sample. */
  version: () => number;
  settled: Settled;
};

/** A server's instances, or all of the environment's, as one series or as the few that use most. */
export function createGroups({ fill, isUnmeasured, version, settled }: Deps) {
  const kept = new Map<string, { version: number; made: Promise<GroupSeries> }>();

  const eachOf = async (
    { members }: Group,
    grid: Grid,
    to: number,
    visit: (member: GroupMember, resampled: Resampler) => void,
    only?: number,
  ): Promise<string[]> => {
    const notMeasured: string[] = [];
    for (const [index, member] of members.entries()) {
      if (index % AT_A_TIME === AT_A_TIME - 1) await nextTurn();
      const resampled = createResampler(grid, { only });
      await fill(resampled, member.id, grid, to, only);
      if (!resampled.empty) visit(member, resampled);
      else if (isUnmeasured(member.serverId)) notMeasured.push(member.id);
    }
    return notMeasured;
  };

  const asOne = async (group: Group, grid: Grid, to: number): Promise<[Gathered, string[]]> => {
    const gathered = createGathered(grid.count);
    const notMeasured = await eachOf(group, grid, to, (member, resampled) =>
      gathered.add(resampled, runsOf(grid, member)),
    );
    return [gathered, notMeasured];
  };

  /** Those whose mean of the range is highest. */
  const busiest = async (
    group: Group,
    grid: Grid,
    to: number,
    { measure, limit }: { measure: Measure; limit: number },
  ): Promise<Omit<GroupSeries, 'settledTo'>> => {
    const index = MEASURES.indexOf(measure);
    const means: { member: GroupMember; mean: number }[] = [];
    const notMeasured = await eachOf(
      group,
      grid,
      to,
      (member, resampled) => {
        const known = resampled.means(index).filter((value) => value !== null);
        const sum = known.reduce((total, value) => total + value, 0);
        if (known.length > 0) means.push({ member, mean: sum / known.length });
      },
      index,
    );
    means.sort((a, b) => b.mean - a.mean || (a.member.id < b.member.id ? -1 : 1));
    const series: Series[] = [];
    const members = means.slice(0, limit).map(({ member }) => member);
    await eachOf({ ...group, members }, grid, to, ({ id, name }, resampled) => {
      const values = Object.fromEntries(MEASURES.map((each, at) => [each, resampled.means(at)]));
      series.push({ id, name, values });
    });
    return { series, notMeasured };
  };

  const make = async (group: Group, grid: Grid, query: GroupQuery): Promise<GroupSeries> => {
    const { to, by } = query;
    if (by === 'top') {
      const found = await busiest(group, grid, to, query);
      return { ...found, settledTo: settled(group.members) };
    }
    const [gathered, notMeasured] = await asOne(group, grid, to);
    const settledTo = settled(group.members);
    const values = gathered.values(by, settledCount(grid, settledTo));
    const series = gathered.count === 0 ? [] : [{ id: group.id, name: group.name, values }];
    return { series, notMeasured, settledTo };
  };

  /** Made once per round of samples, however many ask. */
  return (group: Group, grid: Grid, query: GroupQuery): Promise<GroupSeries> => {
    const { by, measure, limit, to } = query;
    const key = [group.id, by, by === 'top' && `${measure} ${limit}`, grid.start, grid.stepMs, to].join(' ');
    const known = kept.get(key);
    if (known !== undefined && known.version === version()) return known.made;
    if (kept.size >= MOST_KEPT) kept.clear();
    const making = { version: version(), made: make(group, grid, query) };
    kept.set(key, making);
    making.made.catch(() => kept.get(key) === making && kept.delete(key));
    return making.made;
  };
}
