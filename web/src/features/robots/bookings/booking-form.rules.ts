import type { BookingRequest, RobotDeployment } from '@cyclorama/shared/robots.ts';
import { availabilityOf, deploymentRefusal } from '@cyclorama/shared/rules/deployments.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';

import { deploymentName, plainName } from '../names.rules.ts';
import { queueText } from '../rules.ts';

/** `target` is a deployment id, or `type:` and a type. */
export type BookingForm = {
  target: string;
  /** Of a type, only these robots; null: any. */
  only: string[] | null;
  reserve: boolean;
  vpn: boolean;
  minutes: string;
  sshPublicKey: string;
};

export type BookingTarget = {
  value: string;
  label: string;
  name: string;
  /** Null: any robot of the type. */
  deployment: RobotDeployment | null;
  /** That can be booked, of a type. */
  candidates: RobotDeployment[];
  type: string;
  queueLength: number | null;
};

const LONGEST_MINUTES = 7 * 1440;

export function emptyForm(target: string): BookingForm {
  return { target, only: null, reserve: false, vpn: false, minutes: '60', sshPublicKey: '' };
}

export const anyOf = (type: string): string => `type:${type}`;

/** Any robot of each type, then each robot. A type is as free as its freest robot. */
export function targetsOf(deployments: RobotDeployment[], types: string[]): BookingTarget[] {
  const known = [...new Set([...types, ...deployments.map((robot) => robot.type)])].toSorted();
  const ofType = known.map((type): BookingTarget => {
    const candidates = deployments.filter(
      (robot) => robot.type === type && deploymentRefusal(robot) === null,
    );
    const queueLength = shortestOf(candidates);
    const name = `any ${type}`;
    return {
      value: anyOf(type),
      label: `${name} (${queueText(queueLength)})`,
      name,
      deployment: null,
      candidates,
      type,
      queueLength,
    };
  });
  const each = deployments.map((robot): BookingTarget => {
    const name = deploymentName(robot);
    const availability = availabilityOf(robot);
    const why = availability === 'online' ? queueText(robot.queueLength) : availability;
    return {
      value: robot.id,
      label: `${isolated([name, robot.nickname === undefined ? '' : plainName(robot), robot.region].filter(Boolean).join(', '))} (${why})`,
      name,
      deployment: robot,
      candidates: [],
      type: robot.type,
      queueLength: robot.queueLength,
    };
  });
  return [...ofType, ...each];
}

function shortestOf(robots: readonly RobotDeployment[]): number | null {
  const queues = robots.flatMap(({ queueLength }) => (queueLength === null ? [] : [queueLength]));
  return queues.length === 0 ? null : Math.min(...queues);
}

/** The target with only the robots that are ticked. */
export function narrowedTo(target: BookingTarget, only: readonly string[] | null): BookingTarget {
  if (only === null || target.deployment !== null) return target;
  const candidates = target.candidates.filter(({ id }) => only.includes(id));
  const [first] = candidates;
  if (candidates.length === 1 && first !== undefined)
    return { ...target, name: deploymentName(first), queueLength: first.queueLength };
  return {
    ...target,
    name: `any of ${candidates.length} ${target.type}`,
    queueLength: shortestOf(candidates),
  };
}

export function onlyRefusal({ only }: BookingForm): string | null {
  return only?.length === 0 ? 'Tick at least one robot.' : null;
}

/** Empty is valid. Limits as in the contract. */
export function minutesError(minutes: string): string | null {
  if (minutes.trim() === '') return null;
  const value = Number(minutes);
  if (Number.isInteger(value) && value >= 1 && value <= LONGEST_MINUTES) return null;
  return `Time limit: expected whole minutes from 1 to ${LONGEST_MINUTES.toLocaleString('en')} (7 days)`;
}

export function bookingOf(form: BookingForm, targets: BookingTarget[]): BookingRequest {
  const target = targets.find((one) => one.value === form.target);
  const key = form.sshPublicKey.trim();
  return {
    ...asked(form, target),
    reserve: form.reserve,
    vpn: form.vpn,
    ...(form.minutes.trim() === '' ? {} : { expiresInSeconds: Number(form.minutes) * 60 }),
    ...(key === '' ? {} : { sshPublicKey: key }),
  };
}

function asked(
  { target: value, only }: BookingForm,
  target: BookingTarget | undefined,
): Pick<BookingRequest, 'deploymentId' | 'deploymentIds' | 'type'> {
  if (target?.deployment) return { deploymentId: target.deployment.id };
  const [first, ...others] = only ?? [];
  if (first === undefined) return { type: target?.type ?? value };
  return others.length === 0 ? { deploymentId: first } : { deploymentIds: [first, ...others] };
}
