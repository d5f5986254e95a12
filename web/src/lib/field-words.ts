/** Name of a field of the API as words: `desiredInstances` → `desired instances`, `serverId` → `server`. */
export const fieldWords = (field: string): string =>
  field.replace(/Id$/, '').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
