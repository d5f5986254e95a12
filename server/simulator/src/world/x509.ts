import { createHash, generateKeyPairSync, sign } from 'node:crypto';

type Certificate = { names: readonly string[]; serial: string; notBefore: number; notAfter: number };

/** One key for all: only the public parts of a certificate are ever looked at. */
const key = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** A certificate as PEM, signed by its own key, in the least DER that X.509 asks for (RFC 5280). */
export function selfSigned({ names, serial, notBefore, notAfter }: Certificate): string {
  const [name = 'localhost'] = names;
  const spki = key.publicKey.export({ format: 'der', type: 'spki' });
  const issuer = distinguishedName("Simulated Let's Encrypt");
  const number = createHash('sha256').update(serial).digest().subarray(0, 15);
  const body = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, Buffer.concat([Buffer.from([1]), number])),
    ECDSA_SHA256,
    issuer,
    sequence(time(notBefore), time(notAfter)),
    distinguishedName(name),
    spki,
    tagged(0xa3, sequence(sequence(SUBJECT_ALT_NAME, tagged(0x04, sequence(...names.map(dnsName)))))),
  );
  const signature = sign('sha256', body, key.privateKey);
  const der = sequence(body, ECDSA_SHA256, tagged(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function tagged(tag: number, content: Buffer): Buffer {
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));
const oid = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'));
const dnsName = (name: string): Buffer => tagged(0x82, Buffer.from(name));

/** `ecdsa-with-SHA256`. */
const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'));
const SUBJECT_ALT_NAME = oid('551d11');
const COMMON_NAME = oid('550403');

const distinguishedName = (name: string): Buffer =>
  sequence(tagged(0x31, sequence(COMMON_NAME, tagged(0x0c, Buffer.from(name)))));

/** GeneralizedTime, whole seconds. */
const time = (ms: number): Buffer =>
  tagged(0x18, Buffer.from(new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/g, '')));
