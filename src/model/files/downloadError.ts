// Why a download didn't come to its end.

export type DownloadProblem =
  /** No connection to the server, or none that lasts. What has come so far is kept. */
  | 'offline'
  | 'stalled'
  | 'broken-off'
  /** The server says no: not found, or only with an account. */
  | 'refused'
  | 'insecure'
  /** The file isn't as long as it should be. */
  | 'wrong-length'
  | 'wrong-checksum'
  | 'no-space'
  | 'disk'
  /** Another window fetches the same file. */
  | 'busy'
  | 'bad-name';

/** `message` is for the learner; `detail` is for the log. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
  readonly problem: DownloadProblem;
  readonly detail: string;
  /** Whether trying again goes on where this ended. */
  readonly resumable: boolean;

  constructor(problem: DownloadProblem, message: string, detail = '') {
    super(message);
    this.problem = problem;
    this.detail = detail;
    this.resumable = ['offline', 'stalled', 'broken-off', 'no-space'].includes(problem);
  }
}

const kept = 'What has come so far is kept: try again to go on.';

export function offline(host: string, error: unknown): DownloadError {
  return new DownloadError('offline', `There is no connection to ${host}. ${kept}`, describe(error));
}

export function stalled(host: string, ms: number): DownloadError {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return new DownloadError('stalled', `${host} sent nothing for ${seconds} seconds. ${kept}`);
}

export function brokenOff(host: string, detail: string): DownloadError {
  return new DownloadError('broken-off', `The connection to ${host} broke off again and again. ${kept}`, detail);
}

export function refused(host: string, status: number): DownloadError {
  const message =
    status === 401 || status === 403
      ? `${host} gives this file only to those who have signed in and agreed to its licence. Fetch it from the model’s page in a browser, then choose the file.`
      : status === 404 || status === 410
        ? `${host} doesn’t have this file any more. Choose another model.`
        : `${host} refused to send the file. Try again later, or choose another model.`;
  return new DownloadError('refused', message, `HTTP status ${status}`);
}

export function insecure(detail: string): DownloadError {
  const message = 'The download was led to an address without encryption, and was ended. Nothing was kept.';
  return new DownloadError('insecure', message, detail);
}

export function wrongLength(expected: number, found: number): DownloadError {
  const message = 'The server’s file has another length than it should have, so it was not kept. Choose another model.';
  return new DownloadError('wrong-length', message, `${found} bytes instead of ${expected}`);
}

export function wrongChecksum(expected: string, found: string): DownloadError {
  const message =
    'The file that came is not the one it should be (its checksum differs), so it was deleted. Try again, or choose another model.';
  return new DownloadError('wrong-checksum', message, `sha256 ${found} instead of ${expected}`);
}

/** The server says beforehand that its file is another one by now. */
export function otherFile(expected: string, stated: string): DownloadError {
  const message = 'The server has another file in this place by now, so it was not fetched. Choose another model.';
  return new DownloadError('wrong-checksum', message, `sha256 ${stated} instead of ${expected}`);
}

export function noSpace(needed: number, free: number | undefined): DownloadError {
  const has = free === undefined ? '' : ` and has ${gigabytes(free)}`;
  const message = `The disk is too full: it needs ${gigabytes(needed)} more${has}. Make room and try again.`;
  return new DownloadError('no-space', message);
}

/** An error of the file system, as one of these. */
export function diskError(error: unknown, needed: number): DownloadError {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return noSpace(needed, undefined);
  if (code === 'EFBIG') {
    return new DownloadError(
      'disk',
      'The disk can’t hold a file of this size. Choose a smaller model.',
      describe(error),
    );
  }
  return new DownloadError('disk', 'The file can’t be written to the disk. The log says more.', describe(error));
}

function gigabytes(bytes: number): string {
  return `${Math.max(0.1, bytes / 1e9).toFixed(1)} GB`;
}

function describe(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return String(error) + cause;
}
