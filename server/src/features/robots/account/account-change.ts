import { isolated } from '@cyclorama/shared/rules/isolated.ts';

import { AppError } from '../../../lib/errors.ts';

type Change = {
  /** Account of the new token, and of the one in use; null where a token names none, or there is none. */
  userName: string | null;
  inUse: string | null;
  /** Open bookings by the account they were made with. */
  open: ReadonlyMap<string, number>;
};

/**
 * A token of another account sees none of the robots that run, so it is set only after a confirmation. Without a token
 * in use the account is that of the open bookings.
 */
export function accountChangeRefusal({ userName, inUse, open }: Change): AppError | null {
  const accounts = inUse === null ? [...open.keys()] : [inUse];
  const [first] = accounts;
  if (first === undefined || (userName !== null && accounts.includes(userName))) return null;
  const other = isolated(first);
  const whose =
    userName === null
      ? 'This token doesn’t say whose it is'
      : `This token belongs to account ${isolated(userName)}`;
  const whoseNow = inUse === null ? `the open bookings to ${other}` : `the one in use to ${other}`;
  return new AppError('conflict', `${whose}, ${whoseNow}. Nothing was changed.`, {
    field: 'body.confirm',
    hint: `Set a token of ${other}, or confirm the change of account.${waitingText(other, open.get(first) ?? 0)}`,
  });
}

function waitingText(account: string, count: number): string {
  if (count === 0) return '';
  const bookings = count === 1 ? 'One open booking' : `${count} open bookings`;
  return ` ${bookings} of ${account} can’t be seen or ended until a token of ${account} is set again, and what runs keeps running.`;
}
