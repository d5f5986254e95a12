import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const compressible = /\.(css|html|js|json|svg|txt|webmanifest)$/;
const pack = [
  {
    suffix: '.br',
    encode: (bytes: Buffer) =>
      promisify(brotliCompress)(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      }),
  },
  {
    suffix: '.gz',
    encode: (bytes: Buffer) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
  },
];

/** Writes a `.br` and a `.gz` beside every text file below `folder`, where that is smaller; skips hidden files. */
export async function writeCompressedSiblings(folder: string): Promise<void> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => compressible.test(name) && !name.startsWith('.'),
  );
  const siblings = names.flatMap((name) => pack.map((way) => ({ file: path.join(folder, name), ...way })));
  await Promise.all(
    siblings.map(async ({ file, suffix, encode }) => {
      const bytes = await readFile(file);
      const packed = await encode(bytes);
      if (packed.length < bytes.length) await writeFile(file + suffix, packed);
    }),
  );
}
