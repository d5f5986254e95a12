import type { Role } from '@cyclorama/shared/common.ts';
import type { PersonWay, SignInWay } from '@cyclorama/shared/session.ts';

import type { Flag, Insertable, Ms } from './schema-columns.ts';

export type AccessTokenTable = {
  id: string;
  owner: string;
  name: string;
  role: Role;
  /** The part of the token it is looked up by; says nothing about the rest. */
  prefix: string;
  /** SHA-256 of the whole token, hexadecimal. */
  hash: string;
  created_at: Ms;
  expires_at: Ms;
  last_used_at: Ms | null;
};

/** Requests that must not be carried out twice, by the key their sender gave them. */
export type RequestKeyTable = {
  person: string;
  key: string;
  fingerprint: string;
  /** The id of what was made, or JSON; null while it is not known. */
  outcome: string | null;
  at: Ms;
};

/** One row per sign-in, kept until its absolute limit. */
export type SessionTable = {
  id: string;
  person: string;
  way: SignInWay;
  created_at: Ms;
  /** To the minute. */
  last_seen_at: Ms;
  /** Of the last authentication within it. */
  confirmed_at: Ms;
  expires_at: Ms;
  address: string | null;
  user_agent: string | null;
  ended_at: Ms | null;
  /** What its open pages are told. */
  end_reason: string | null;
  /** When it began, ended or was confirmed: what other replicas look for. */
  changed_at: Ms;
};

/** Everyone who has signed in. A name belongs to the way it first signed in with. */
export type PersonTable = {
  name: string;
  way: PersonWay;
  /** Who that is at the sign-in provider; null where the name says it. */
  subject: string | null;
  /** As the sign-in provider told it at the last sign-in; null where it tells none. */
  provider_role: Role | null;
  /** Set by an admin; null: never. */
  role: Role | null;
  role_set_by: string | null;
  role_set_at: Ms | null;
  created_at: Ms;
  /** When its way of signing in last vouched for the person. */
  confirmed_at: Ms;
  /** Since when the account may be gone; null while nothing says so. */
  unconfirmed_since: Ms | null;
  /** When the sign-in provider said that the person is gone. */
  gone_at: Ms | null;
  blocked_at: Ms | null;
  blocked_by: string | null;
  changed_at: Ms;
};

/** Keys are keyed fingerprints of names, addresses and devices. */
export type SignInTryTable = { key: string; count: number; blocked_until: Ms; expires_at: Ms };

/** An address somebody signed in from with a name; `key` is the fingerprint of both. */
export type SignInAddressTable = { key: string; expires_at: Ms };

/** One a person: what the sign-in provider gave last to ask again with. */
export type OidcGrantTable = {
  person: string;
  subject: string;
  /** Encrypted; see secret-box.ts. */
  refresh_token: string;
  checked_at: Ms;
};

/** A WebAuthn credential. Binary values are base64url. */
export type SavedViewTable = {
  id: string;
  owner: string;
  name: string;
  /** What follows the `?` of its address. */
  search: string;
  shared: Insertable<Flag>;
  created_at: Ms;
};

export type PinTable = {
  person: string;
  node_id: string;
  at: Ms;
};

export type PasskeyTable = {
  id: string;
  person: string;
  /** The person's: what vouches for them besides. */
  way: 'vpn' | 'oidc';
  /** The same for all of a person's passkeys; the authenticator stores it, and it says nothing of the person. */
  user_handle: string;
  credential_id: string;
  /** COSE. */
  public_key: string;
  /** Of signatures; 0 for authenticators that do not count. */
  counter: number;
  /** JSON list. */
  transports: string;
  name: string;
  created_at: Ms;
  last_used_at: Ms | null;
  backed_up: Insertable<Flag>;
};

/** Challenges that were answered, until they would have expired. */
export type UsedChallengeTable = { challenge: string; expires_at: Ms };
