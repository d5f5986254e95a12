export type ErrorDescription = {
  message: string;
  hint?: string;
  requestId?: string;
};

const textOf = (error: object, key: string): string | undefined => {
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

export function describeError(error: unknown): ErrorDescription {
  if (typeof error !== 'object' || error === null) {
    return { message: typeof error === 'string' && error !== '' ? error : 'Something went wrong.' };
  }
  const hint = textOf(error, 'hint');
  const requestId = textOf(error, 'requestId');
  return {
    message: textOf(error, 'message') ?? 'Something went wrong.',
    ...(hint === undefined ? {} : { hint }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}
