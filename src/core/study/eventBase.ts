/** What every event of the learner's history has. */
export interface EventBase {
  /** Unique everywhere, so that histories of several machines can be united. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Orders events by time; equal times by id, so that every machine that has the same events sees the same order. */
export function compareEvents(a: EventBase, b: EventBase): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
