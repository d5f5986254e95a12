import { randomBytes } from 'node:crypto';

import type {
  Passkey,
  PasskeyAssertion,
  PasskeyCeremony,
  PasskeyPolicy,
  PasskeyRegistration,
  PasskeysRequired,
} from '@cyclorama/shared/passkeys.ts';
import { isolated } from '@cyclorama/shared/rules/isolated.ts';
import { lastPasskeyRefusal } from '@cyclorama/shared/rules/passkeys.ts';
import type { SignInWay } from '@cyclorama/shared/session.ts';
import type { Kysely } from 'kysely';

import type { ActivityNote, RecordActivity } from '../../lib/activity-note.ts';
import type { Clock } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import type { Person, SignedIn } from '../../lib/person.ts';
import { refuseIf } from '../../lib/refuse.ts';
import type { ChangeOnRecord } from '../../store/on-record.ts';
import {
  allPasskeys,
  deletePasskey,
  insertPasskey,
  notePasskeyUse,
  passkeyByCredential,
  passkeyById,
  passkeysOf,
  renamePasskey,
} from '../../store/passkeys.ts';
import type { PasskeyRow } from '../../store/passkeys.ts';
import type { Database } from '../../store/schema.ts';
import { assertionOptions, registrationOptions, verifyAssertion, verifyRegistration } from './ceremonies.ts';
import type { Challenge, ChallengeFor, Challenges } from './challenges.ts';
import { presentPasskey } from './presenter.ts';
import type { RelyingParty } from './relying-party.ts';

const MAX_A_PERSON = 20;

type Deps = {
  policy: PasskeyPolicy;
  required: PasskeysRequired;
  challenges: Challenges;
  db: Kysely<Database>;
  clock: Clock;
  record: RecordActivity;
  changeOnRecord: ChangeOnRecord;
  newId: () => string;
};

type Registering = { person: string; session: Pick<SignedIn, 'id' | 'way'>; rp: RelyingParty };

type Answered = { seal: string | null; answer: PasskeyAssertion; rp: RelyingParty };

export type PasskeysService = ReturnType<typeof createPasskeysService>;

export function createPasskeysService({ policy, required, challenges, db, clock, newId, ...on }: Deps) {
  const { record, changeOnRecord } = on;

  const noteOf = (
    actor: string | null,
    action: string,
    { id, name, person }: PasskeyRow,
    more: Partial<ActivityNote> = {},
  ): ActivityNote => {
    const detail = actor === person ? null : `Of ${isolated(person)}.`;
    return { actor, action, subject: { kind: 'passkey', id, name }, outcome: 'done', detail, ...more };
  };

  const find = async (id: string, { name, role }: Person): Promise<PasskeyRow> => {
    const row = await passkeyById(db, id);
    if (row !== null && (row.person === name || role === 'admin')) return row;
    throw new AppError('not-found', 'You have no passkey with this id.');
  };

  /** The row whose signature holds. @throws AppError `passkey-refused` */
  const check = async (
    { challenge, person, purpose }: Challenge,
    answer: PasskeyAssertion,
    rp: RelyingParty,
  ): Promise<PasskeyRow> => {
    const row = await passkeyByCredential(db, answer.id);
    if (row === null || (person !== null && row.person !== person)) throw refused();
    // Their provider decides whether they may still sign in.
    if (purpose === 'sign-in' && row.way === 'oidc') throw refused('Sign in with your sign-in provider.');
    const asked = { rp, challenge, verifyUser: purpose === 'sign-in' };
    const use = await verifyAssertion(asked, row, answer);
    if (use === null) throw refused();
    if (await notePasskeyUse(db, row.id, { ...use, at: clock.now() })) return row;
    const copied = noteOf(null, 'passkey.copied', row, {
      outcome: 'refused',
      detail: `${isolated(row.person)}’s was used with a counter of ${use.counter} after ${row.counter}: a copy of it may exist.`,
    });
    await record(copied);
    throw refused('Remove this passkey and add a new one: a copy of it may exist.');
  };

  const begin = async (given: ChallengeFor, rp: RelyingParty) => {
    refuseIf(policy === 'off' ? OFF : null);
    const passkeys = given.person === null ? [] : await passkeysOf(db, given.person);
    refuseIf(given.person !== null && passkeys.length === 0 ? 'You have no passkey.' : null);
    const { challenge, seal, expiresAt } = challenges.make(given);
    const asked = { rp, challenge, passkeys, verifyUser: given.purpose === 'sign-in' };
    return { options: await assertionOptions(asked), challenge: seal, expiresAt };
  };

  const addRefusal = ({ way }: Pick<SignedIn, 'way'>): string | null => {
    if (policy === 'off') return OFF;
    return way === 'break-glass'
      ? 'The break-glass admin signs in by password only, so that it always works.'
      : null;
  };

  const lastRefusal = (person: Pick<SignedIn, 'role'> & { way: SignInWay }): string | null =>
    lastPasskeyRefusal(required, person);

  return {
    policy,
    addRefusal,
    lastRefusal,

    async list(person: string): Promise<Passkey[]> {
      return (await passkeysOf(db, person)).map(presentPasskey);
    },

    async listAll(): Promise<Passkey[]> {
      return (await allPasskeys(db)).map(presentPasskey);
    },

    async beginRegistration({ person, session, rp }: Registering): Promise<PasskeyCeremony> {
      refuseIf(addRefusal(session));
      const passkeys = await passkeysOf(db, person);
      refuseIf(
        passkeys.length >= MAX_A_PERSON ? `You have ${MAX_A_PERSON} passkeys, and no more are kept.` : null,
        'Remove one first.',
      );
      // Stored by authenticators, so it must say nothing of the person (WebAuthn, 14.6.1).
      const userHandle = passkeys[0]?.user_handle ?? randomBytes(32).toString('base64url');
      const given = { purpose: 'register', person, sessionId: session.id, userHandle } as const;
      const { challenge, seal } = challenges.make(given);
      const handle = Buffer.from(userHandle, 'base64url');
      const asked = { rp, challenge, passkeys, person, userHandle: handle, alone: policy === 'alone' };
      return { options: await registrationOptions(asked), challenge: seal };
    },

    async register(
      { name, challenge: seal, answer }: PasskeyRegistration,
      { person, session, rp }: Registering,
    ): Promise<Passkey> {
      refuseIf(addRefusal(session));
      const expected = { purposes: ['register'], sessionId: session.id } as const;
      const { challenge, userHandle = '' } = await challenges.take(seal, expected);
      const made = await verifyRegistration({ rp, challenge, verifyUser: policy === 'alone' }, answer);
      if (made === null) throw notRegistered('The browser’s answer does not hold.');
      if ((await passkeyByCredential(db, made.credential_id)) !== null) {
        throw notRegistered('It is registered already.');
      }
      const row: PasskeyRow = {
        ...made,
        id: newId(),
        person,
        way: session.way === 'oidc' ? 'oidc' : 'vpn',
        user_handle: userHandle,
        name,
        created_at: clock.now(),
        last_used_at: null,
      };
      await changeOnRecord(async (transaction, tell) => {
        await insertPasskey(transaction, row);
        tell(noteOf(person, 'passkey.add', row));
      });
      return presentPasskey(row);
    },

    async rename(id: string, name: string, person: Person): Promise<Passkey> {
      const row = await find(id, person);
      await changeOnRecord(async (transaction, tell) => {
        await renamePasskey(transaction, id, name);
        tell(noteOf(person.name, 'passkey.rename', row, { before: row.name, after: name }));
      });
      return presentPasskey({ ...row, name });
    },

    async remove(id: string, person: Person): Promise<void> {
      const row = await find(id, person);
      const isLast = row.person === person.name && (await passkeysOf(db, person.name)).length === 1;
      refuseIf(isLast ? lastRefusal({ role: person.role, way: row.way }) : null, 'Add another one first.');
      await changeOnRecord(async (transaction, tell) => {
        if (await deletePasskey(transaction, id)) tell(noteOf(person.name, 'passkey.remove', row));
      });
    },

    hasAny: async (person: string): Promise<boolean> =>
      policy !== 'off' && (await passkeysOf(db, person)).length > 0,

    /** @throws AppError `not-allowed-now` where the person has none. */
    beginConfirmation: (person: string, sessionId: string, rp: RelyingParty) =>
      begin({ purpose: 'confirm', person, sessionId }, rp),

    /** @throws AppError `passkey-refused`, or `not-allowed-now` where the challenge is not valid. */
    async confirm({ seal, answer, rp }: Answered, sessionId: string): Promise<void> {
      await check(await challenges.take(seal, { purposes: ['confirm'], sessionId }), answer, rp);
    },

    /** For whom the password has been right: a challenge, never a session. */
    beginSecondFactor: (person: string, rp: RelyingParty) =>
      begin({ purpose: 'second-factor', person, sessionId: null }, rp),

    /** @throws AppError `not-allowed-now` unless a passkey alone signs in here. */
    async beginSignIn(rp: RelyingParty) {
      refuseIf(policy === 'alone' ? null : NOT_ALONE);
      return begin({ purpose: 'sign-in', person: null, sessionId: null }, rp);
    },

    /**
     * Who has signed in, and whether with a password before.
     * @throws AppError `passkey-refused`, or `not-allowed-now` where the challenge is not valid.
     */
    async signIn({ seal, answer, rp }: Answered): Promise<{ name: string; way: 'vpn' | 'passkey' }> {
      const challenge = await challenges.take(seal, {
        purposes: ['second-factor', 'sign-in'],
        sessionId: null,
      });
      const afterPassword = challenge.purpose === 'second-factor';
      refuseIf(!afterPassword && policy !== 'alone' ? NOT_ALONE : policy === 'off' ? OFF : null);
      const row = await check(challenge, answer, rp).catch(async (error: unknown) => {
        const detail = afterPassword
          ? `Refused for ${isolated(challenge.person ?? '')}: the password was right, the passkey was not.`
          : 'Refused: the passkey was not accepted.';
        await record({ actor: null, action: 'session.sign-in', outcome: 'refused', detail });
        throw error;
      });
      return { name: row.person, way: afterPassword ? 'vpn' : 'passkey' };
    },
  };
}

const OFF = 'Passkeys are switched off here (PASSKEYS).';
const NOT_ALONE = 'A passkey alone does not sign in here (PASSKEYS): enter your name and password.';

function refused(hint = 'Try another passkey, or ask an admin to remove yours.'): AppError {
  return new AppError('passkey-refused', 'The passkey was not accepted.', { hint });
}

function notRegistered(why: string): AppError {
  return new AppError('invalid-request', `The passkey was not added. ${why}`, {
    field: 'body.answer',
    hint: 'Start again, or use another device.',
  });
}
