// How long the learner reads, over all readers of this window: the pages say that they are being read, this keeps the time.

import { hear, stopReading } from '../core/study/readingTime.ts';
import type { Heard, Reading } from '../core/study/readingTime.ts';
import type { Study } from './study.ts';

export class ReadingClock {
  readonly #study: Pick<Study, 'record'>;
  readonly #now: () => number;
  readonly #names = new WeakMap<object, string>();
  #count = 0;
  #reading: Reading;

  /** `now` only ever goes forward: the clock on the wall may be set while somebody reads. */
  constructor(study: Pick<Study, 'record'>, now = (): number => performance.now()) {
    this.#study = study;
    this.#now = now;
  }

  /** A reader's page says that its chapter is being read, or no longer is. */
  hear(reader: object, chapterId: string, reading: boolean): void {
    this.#take(hear(this.#reading, { reader: this.#nameOf(reader), chapterId, reading }, this.#now()));
  }

  /** A reader is hidden or closed: what was read there is kept at once. */
  stop(reader: object): void {
    this.#take(stopReading(this.#reading, this.#now(), this.#nameOf(reader)));
  }

  #take({ reading, finished }: Heard): void {
    this.#reading = reading;
    if (!finished) return;
    void this.#study.record({
      kind: 'reading',
      subject: finished.chapterId,
      ms: Math.round(finished.to - finished.from),
    });
  }

  #nameOf(reader: object): string {
    const name = this.#names.get(reader) ?? String(++this.#count);
    this.#names.set(reader, name);
    return name;
  }
}
