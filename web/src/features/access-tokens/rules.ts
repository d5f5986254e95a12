import { role } from '@cyclorama/shared/common.ts';
import type { Role } from '@cyclorama/shared/common.ts';
import { roleAllows } from '@cyclorama/shared/rules/roles.ts';

// As in the contract's accessTokenRequest.
const LONGEST_NAME = 100;
const MOST_DAYS = 365;

export type TokenForm = {
  name: string;
  role: Role;
  days: string;
};

export function tokenFormErrors({ name, days }: TokenForm): Partial<Record<'name' | 'days', string>> {
  const errors: Partial<Record<'name' | 'days', string>> = {};
  const length = name.trim().length;
  if (length < 1 || length > LONGEST_NAME) errors.name = 'Name: expected 1 to 100 characters';
  const count = /^\d{1,4}$/.test(days.trim()) ? Number(days) : 0;
  if (count < 1 || count > MOST_DAYS) errors.days = 'Days: expected a whole number from 1 to 365';
  return errors;
}

export function rolesUpTo(own: Role): Role[] {
  return role.options.filter((candidate) => roleAllows(own, candidate));
}
