/** Written to a buffer that grows. */
export class ByteWriter {
  #bytes = Buffer.allocUnsafe(4_096);
  length = 0;

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.length] = value;
    this.length += 1;
  }

  /** A whole number of at least 0, below 2^53: seven bits a byte, the lowest first. */
  varint(value: number): void {
    this.#room(8);
    let rest = value;
    while (rest >= 128) {
      this.#bytes[this.length] = (rest % 128) + 128;
      this.length += 1;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.length] = rest;
    this.length += 1;
  }

  float(value: number): void {
    this.#room(8);
    this.length = this.#bytes.writeDoubleLE(value, this.length);
  }

  uint32(value: number): void {
    this.#room(4);
    this.length = this.#bytes.writeUInt32LE(value, this.length);
  }

  bytes(value: Uint8Array): void {
    this.#room(value.length);
    this.#bytes.set(value, this.length);
    this.length += value.length;
  }

  /** Valid until more is written. */
  view(): Buffer {
    return this.#bytes.subarray(0, this.length);
  }

  copy(): Buffer {
    return Buffer.from(this.view());
  }

  #room(more: number): void {
    if (this.length + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.length + more));
    this.view().copy(larger);
    this.#bytes = larger;
  }
}

/** Reads what a ByteWriter wrote. @throws RangeError past the end. */
export class ByteReader {
  readonly #bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at = 0) {
    this.#bytes = bytes;
    this.at = at;
  }

  byte(): number {
    const value = this.#bytes[this.at];
    if (value === undefined) throw new RangeError('past the end');
    this.at += 1;
    return value;
  }

  varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      if (scale >= 2 ** 49) throw new RangeError('no whole number');
    }
  }

  float(): number {
    const value = this.#bytes.readDoubleLE(this.at);
    this.at += 8;
    return value;
  }

  bytes(length: number): Buffer {
    if (this.at + length > this.#bytes.length) throw new RangeError('past the end');
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }
}

export const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
export const unzigzag = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);
