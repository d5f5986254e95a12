export type StoredToken = {
  accessToken: string;
  refreshToken: string | null;
  /** Epoch milliseconds. */
  endsAt: number;
};

/** Where the access token is kept between calls (`cycle-api`: `StorageInterface`). */
export type TokenStorage = {
  read(): StoredToken | null;
  write(token: StoredToken): void;
  delete(): void;
};

/** Kept by no disk: a new process signs in anew, which costs one call. */
export function createMemoryStorage(): TokenStorage {
  let kept: StoredToken | null = null;
  return {
    read: () => kept,
    write: (token) => void (kept = token),
    delete: () => void (kept = null),
  };
}
