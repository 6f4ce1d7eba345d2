/** The archive isn't what a registry serves. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

/** Bytes by number out of a stream of pieces. */
export class ArchiveInput {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** At least one byte, at most so many. */
  async some(most: number): Promise<Buffer> {
    while (this.#rest.length === 0) {
      const next = await this.#chunks.next();
      if (next.done === true) throw new ArchiveError('it breaks off');
      this.#rest = next.value;
    }
    const piece = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(piece.length);
    return piece;
  }

  /** Exactly so many; with `orEnd` none at all if the stream ends just here. */
  async take(count: number, orEnd = false): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (let rest = count; rest > 0;) {
      if (orEnd && rest === count && (await this.isAtEnd())) break;
      const piece = await this.some(rest);
      pieces.push(piece);
      rest -= piece.length;
    }
    return Buffer.concat(pieces);
  }

  /** Whether nothing more comes. */
  async isAtEnd(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const next = await this.#chunks.next();
      if (next.done === true) return true;
      this.#rest = next.value;
    }
    return false;
  }
}
