// Why the engine for the GPU isn't there, in the learner's words. The CPU goes on in every case.

export type GpuProblem =
  | 'offline'
  /** The registry answers, but doesn't have it or doesn't give it. */
  | 'refused'
  | 'broken-off'
  /** What came isn't what was there when the companion was built. */
  | 'wrong-integrity'
  | 'disk-full'
  | 'not-writable'
  /** Another window is at it. */
  | 'busy';

/** Thrown inside; callers of this folder's functions get results. `message` is for the learner, `detail` for the log. */
export class GpuError extends Error {
  override readonly name = 'GpuError';
  readonly problem: GpuProblem;
  readonly detail: string;

  constructor(problem: GpuProblem, detail: string) {
    super(`${what(problem)} Until then the processor goes on computing the answers.`);
    this.problem = problem;
    this.detail = detail;
  }
}

function what(problem: GpuProblem): string {
  switch (problem) {
    case 'offline':
      return 'The engine for the GPU could not be fetched: the package registry can’t be reached. Try again when you are online.';
    case 'refused':
      return 'The engine for the GPU could not be fetched: the package registry didn’t hand it out. Try again later.';
    case 'broken-off':
      return 'Fetching the engine for the GPU broke off. What is here already is kept: try again to fetch the rest.';
    case 'wrong-integrity':
      return 'What the registry sent is not the engine that belongs to this version of the companion, so it was thrown away. Try again, or on another network.';
    case 'disk-full':
      return 'There is not enough room on the disk for the engine for the GPU. Free some and try again.';
    case 'not-writable':
      return 'The engine for the GPU could not be written to the companion’s folder. The log says more; try again.';
    case 'busy':
      return 'Another window is fetching the engine for the GPU. Wait until it is done.';
  }
}

/** What the file system's error means. */
export function fileError(error: unknown): GpuError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
  return new GpuError(isFull ? 'disk-full' : 'not-writable', String(error));
}
