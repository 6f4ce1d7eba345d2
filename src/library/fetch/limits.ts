/** What we take from a server at most: it may be slow, broken or hostile. */
export interface Limits {
  /** Of what comes and of what it unpacks to. */
  readonly bytes: number;
  /** How many times larger it may get by unpacking, once it is larger than `freeBytes`. */
  readonly ratio: number;
  readonly freeBytes: number;
  readonly headerBytes: number;
  readonly redirects: number;
  readonly connectMs: number;
  readonly headersMs: number;
  /** Without a single byte. */
  readonly idleMs: number;
  /** Of one try. */
  readonly totalMs: number;
}

export const usualLimits: Limits = {
  bytes: 200e6,
  ratio: 100,
  freeBytes: 5e6,
  headerBytes: 32 * 1024,
  redirects: 10,
  connectMs: 15_000,
  headersMs: 30_000,
  idleMs: 30_000,
  totalMs: 15 * 60_000,
};
