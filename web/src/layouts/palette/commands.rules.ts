import type { Role } from '@cyclorama/shared/common.ts';
import type { TaskAction } from '@cyclorama/shared/environment.ts';
import { newBookingRefusal } from '@cyclorama/shared/rules/bookings.ts';
import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';
import { instanceRefusal } from '@cyclorama/shared/rules/tasks.ts';
import type { NodeOf } from '@cyclorama/shared/topology.ts';

import { VERB } from '../../features/environment/batches/rules.ts';
import { deploymentName } from '../../features/robots/names.rules.ts';
import { plural } from '../../lib/units.ts';
import type { Entry, PaletteData } from './entries.rules.ts';
import { finderOf } from './rank.rules.ts';
import type { Finder, Searchable } from './rank.rules.ts';

export type Setting = 'sign-out' | 'dark' | 'light' | 'system' | 'utc' | 'local';

export type Command = {
  key: string;
  label: string;
  detail: string;
  /** Why it can't be done. */
  refusal: string | null;
  run:
    | { by: 'setting'; setting: Setting }
    | {
        by: 'tasks';
        action: TaskAction;
        kind: 'containers' | 'instances';
        id: string;
        what: string;
        count: number;
      }
    | { by: 'book'; deploymentId: string };
};

const SETTINGS: readonly [Setting, label: string, words: string][] = [
  ['sign-out', 'Sign out', 'sign out log logout'],
  ['dark', 'Dark appearance', 'dark theme appearance'],
  ['light', 'Light appearance', 'light theme appearance'],
  ['system', 'Appearance of the system', 'system theme appearance'],
  ['utc', 'Times in UTC', 'utc times zone'],
  ['local', 'Times in local time', 'local times zone'],
];
const ACTIONS: readonly TaskAction[] = ['restart', 'start', 'stop'];
const MOST_TARGETS = 5;
/** Of a verb, so that it is meant. */
const LETTERS = 3;

type Part = Entry & Required<Pick<Entry, 'part'>>;
type Robot = Searchable & { robot: PaletteData['deployments'][number] };
/** What commands can be about: made once for the data, when first asked for, not for each key that is typed. */
export type Targets = {
  parts: Finder<Part>;
  membersOf: (node: Part['part']) => readonly NodeOf<'instance'>[];
  robots: Finder<Robot>;
};

export function targetsOf(entries: readonly Entry[], { nodes, deployments }: PaletteData): Targets {
  const robots = deployments.map((robot): Robot => {
    const name = deploymentName(robot).toLowerCase();
    return {
      key: robot.id,
      name,
      id: robot.id,
      text: `${name} ${robot.type} ${robot.id}`.toLowerCase(),
      robot,
    };
  });
  return {
    parts: finderOf(entries.filter((entry): entry is Part => entry.part !== undefined)),
    membersOf: (node) =>
      node.kind === 'instance'
        ? [node]
        : nodes.filter(
            (each): each is NodeOf<'instance'> => each.kind === 'instance' && each.containerId === node.id,
          ),
    robots: finderOf(robots),
  };
}

/** What a text asks to be done: "restart api", "book misty", "sign out", "dark". */
export function commandsOf(text: string, targets: () => Targets, role: Role): Command[] {
  const [verb = '', ...rest] = text.trim().toLowerCase().split(/\s+/);
  if (verb.length < LETTERS) return [];
  const object = rest.join(' ');
  return [
    ...settingsOf(text.trim().toLowerCase()),
    ...(object === '' ? [] : ACTIONS.filter((action) => action.startsWith(verb))).flatMap((action) =>
      tasksOf(action, object, targets(), role),
    ),
    ...(object !== '' && 'book'.startsWith(verb) ? bookingsOf(object, targets().robots, role) : []),
  ];
}

function settingsOf(text: string): Command[] {
  const words = text.split(/\s+/);
  return SETTINGS.filter(([, , known]) =>
    words.every((word) => known.split(' ').some((each) => each.startsWith(word))),
  ).map(([setting, label]) => ({
    key: `setting:${setting}`,
    label,
    detail: '',
    refusal: null,
    run: { by: 'setting', setting },
  }));
}

function tasksOf(action: TaskAction, object: string, { parts, membersOf }: Targets, role: Role): Command[] {
  return parts(object, { recent: [], limit: MOST_TARGETS }).map(({ part: node }) => {
    const members = membersOf(node);
    const can = members.filter((each) => instanceRefusal(action, each) === null);
    const [first] = members;
    const reason = first === undefined ? 'It has no instances.' : instanceRefusal(action, first);
    const isContainer = node.kind === 'container';
    const what = isContainer ? `${plural(can.length, 'instance')} of ${node.name}` : node.name;
    return {
      key: `${action}:${node.id}`,
      label: `${VERB[action]} ${node.name}`,
      detail: isContainer ? plural(can.length, 'instance') : 'instance',
      refusal: roleRefusal(role, 'operator') ?? (can.length === 0 ? reason : null),
      run: {
        by: 'tasks',
        action,
        kind: isContainer ? 'containers' : 'instances',
        id: node.id,
        what,
        count: can.length,
      },
    };
  });
}

function bookingsOf(object: string, robots: Finder<Robot>, role: Role): Command[] {
  return robots(object, { recent: [], limit: MOST_TARGETS }).map(({ robot }) => ({
    key: `book:${robot.id}`,
    label: `Book ${deploymentName(robot)}`,
    detail: robot.region,
    refusal: newBookingRefusal(robot, role),
    run: { by: 'book', deploymentId: robot.id },
  }));
}
