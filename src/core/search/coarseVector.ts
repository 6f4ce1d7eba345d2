// Vectors kept in a quarter of their room: one byte a number, and the factor that all of them share. Of normalised vectors
// the cosine changes by less than a hundredth.

/** Float32 (little-endian) of the factor, then the numbers as signed bytes. */
export function coarseVector(vector: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 + vector.length);
  const largest = vector.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
  const factor = largest / 127 || 1;
  const view = new DataView(bytes.buffer);
  view.setFloat32(0, factor, true);
  vector.forEach((number, at) => {
    view.setInt8(4 + at, Math.round(number / factor));
  });
  return bytes;
}

/** How many numbers such bytes hold. */
export function coarseLength(bytes: Uint8Array): number {
  return bytes.length - 4;
}

/** Many such vectors of one length, to be compared with one at a time. */
export class CoarseVectors {
  readonly dimensions: number;
  #numbers: Int8Array;
  #factors: Float32Array;
  #ids: Int32Array;
  #count = 0;

  constructor(dimensions: number) {
    this.dimensions = dimensions;
    this.#numbers = new Int8Array(0);
    this.#factors = new Float32Array(0);
    this.#ids = new Int32Array(0);
  }

  get count(): number {
    return this.#count;
  }

  /** Adds the vector of `id`; one of another length is left out. */
  add(id: number, bytes: Uint8Array): void {
    if (coarseLength(bytes) !== this.dimensions) return;
    if (this.#count === this.#ids.length) this.#grow();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#ids[this.#count] = id;
    this.#factors[this.#count] = view.getFloat32(0, true);
    this.#numbers.set(
      new Int8Array(bytes.buffer, bytes.byteOffset + 4, this.dimensions),
      this.#count * this.dimensions,
    );
    this.#count++;
  }

  /** The ids nearest to `vector`, nearest first, with their cosines. */
  nearest(vector: readonly number[], most: number): { readonly id: number; readonly score: number }[] {
    const sought = Float32Array.from({ length: this.dimensions }, (_, at) => vector[at] ?? 0);
    const found: { id: number; score: number }[] = [];
    let least = -Infinity;
    for (let row = 0; row < this.#count; row++) {
      const score = this.#score(row, sought);
      if (score <= least) continue;
      let at = found.length;
      while (at > 0 && (found[at - 1]?.score ?? 0) < score) at--;
      found.splice(at, 0, { id: this.#ids[row] ?? 0, score });
      if (found.length > most) found.pop();
      if (found.length === most) least = found[most - 1]?.score ?? -Infinity;
    }
    return found;
  }

  #score(row: number, sought: Float32Array): number {
    const [numbers, length] = [this.#numbers, this.dimensions];
    let sum = 0;
    // Four at a time: V8 does half as many bounds checks.
    let at = row * length;
    let n = 0;
    for (; n + 3 < length; n += 4, at += 4) {
      sum +=
        (numbers[at] ?? 0) * (sought[n] ?? 0) +
        (numbers[at + 1] ?? 0) * (sought[n + 1] ?? 0) +
        (numbers[at + 2] ?? 0) * (sought[n + 2] ?? 0) +
        (numbers[at + 3] ?? 0) * (sought[n + 3] ?? 0);
    }
    for (; n < length; n++, at++) sum += (numbers[at] ?? 0) * (sought[n] ?? 0);
    return sum * (this.#factors[row] ?? 0);
  }

  #grow(): void {
    const room = Math.max(256, Math.ceil(this.#count * 1.5));
    const [numbers, factors, ids] = [this.#numbers, this.#factors, this.#ids];
    this.#numbers = new Int8Array(room * this.dimensions);
    this.#factors = new Float32Array(room);
    this.#ids = new Int32Array(room);
    this.#numbers.set(numbers);
    this.#factors.set(factors);
    this.#ids.set(ids);
  }
}
