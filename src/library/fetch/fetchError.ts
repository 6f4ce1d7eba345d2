// Whatever can go wrong on the way, as one of the reasons that there are words for.

import type { FailureReason } from '../../core/library/failure.ts';

export class FetchError extends Error {
  override readonly name = 'FetchError';
  readonly reason: FailureReason;
  readonly host: string;
  /** What the server asks us to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(reason: FailureReason, host: string, detail: string, retryAfterMs?: number, options?: ErrorOptions) {
    super(detail, options);
    this.reason = reason;
    this.host = host;
    this.retryAfterMs = retryAfterMs;
  }
}

/** An error that undici, TLS, DNS, zlib or the file system threw, as a FetchError. */
export function fetchErrorOf(error: unknown, host: string): FetchError {
  if (error instanceof FetchError) return error;
  const chain = causes(error);
  const known = chain.find((each) => each instanceof FetchError);
  if (known) return known;
  const reason = chain.map(reasonOf).find((found) => found !== undefined);
  const detail = chain.map((each) => `${codeOf(each)} ${each.message}`.trim()).join(' ← ') || String(error);
  return new FetchError(reason ?? 'bad-answer', host, detail, undefined, { cause: error });
}

function causes(error: unknown): Error[] {
  const found: Error[] = [];
  for (let next = error; next instanceof Error && found.length < 5; next = next.cause) found.push(next);
  return found;
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function reasonOf(error: Error): FailureReason | undefined {
  if (error.name === 'TimeoutError') return 'timeout';
  if (/^Proxy (?:response|Authentication)/.test(error.message)) return 'proxy';
  const code = codeOf(error);
  const known = reasons[code];
  if (known) return known;
  if (/^(?:EAI_|ENO(?:TFOUND|DATA))/.test(code)) return 'no-host';
  if (/^UND_ERR_(?:PRX|SOCKS5)/.test(code)) return 'proxy';
  if (/^(?:HPE_|Z_|ERR_(?:BROTLI|_?ZLIB|BUFFER_TOO))|^ERR__ERROR/.test(code)) return 'bad-answer';
  if (/^(?:CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|INVALID_CA|HOSTNAME_|ERR_TLS|ERR_SSL|PATH_LENGTH)/.test(code)) {
    return 'tls';
  }
  // What is left with a system call is the file system's.
  return 'syscall' in error && 'path' in error ? 'disk' : undefined;
}

const reasons: Readonly<Partial<Record<string, FailureReason>>> = {
  ECONNREFUSED: 'refused-connection',
  EHOSTUNREACH: 'refused-connection',
  ENETUNREACH: 'refused-connection',
  ENETDOWN: 'refused-connection',
  EADDRNOTAVAIL: 'refused-connection',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ECONNRESET: 'broken-off',
  EPIPE: 'broken-off',
  UND_ERR_SOCKET: 'broken-off',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'broken-off',
  ERR_STREAM_PREMATURE_CLOSE: 'broken-off',
  UND_ERR_HEADERS_OVERFLOW: 'bad-answer',
  EPROTO: 'tls',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'disk',
  EPERM: 'disk',
  EROFS: 'disk',
  EIO: 'disk',
  EFBIG: 'disk',
};
