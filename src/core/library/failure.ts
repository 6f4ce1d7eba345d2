// Why something couldn't be fetched, and what the learner reads about it.

import type { Translate } from '../translate.ts';

export const failureReasons = [
  /** The name of the server isn't known, or there is no connection to the Internet. */
  'no-host',
  'refused-connection',
  /** The server can't prove that it is who it says. */
  'tls',
  'timeout',
  'broken-off',
  'proxy',
  /** The address, or one it leads to, is none that pages are fetched from. */
  'forbidden-address',
  'redirects',
  'not-found',
  'not-allowed',
  'too-many-requests',
  'server',
  /** An answer that HTTP doesn't know, or that we don't. */
  'bad-answer',
  'too-large',
  /** Unpacked, it would be enormous. */
  'bomb',
  'wrong-type',
  'empty',
  'disk-full',
  'disk',
  'library-full',
  'stopped',
] as const;
export type FailureReason = (typeof failureReasons)[number];

export interface Failure {
  readonly reason: FailureReason;
  readonly host: string;
  /** For the log. */
  readonly detail: string;
}

/** Whether the same request may succeed a little later. */
export function mayPass(reason: FailureReason): boolean {
  return passing.has(reason);
}

const passing: ReadonlySet<FailureReason> = new Set([
  'no-host',
  'refused-connection',
  'timeout',
  'broken-off',
  'too-many-requests',
  'server',
]);

/** Whether another address may help, since this one won't. */
export function isDead(reason: FailureReason): boolean {
  return dead.has(reason);
}

const dead: ReadonlySet<FailureReason> = new Set([
  'no-host',
  'refused-connection',
  'tls',
  'forbidden-address',
  'redirects',
  'not-found',
  'not-allowed',
  'bad-answer',
  'wrong-type',
  'empty',
]);

/** In a few words, for a row of the shelf. */
export function failureWord(reason: FailureReason, t: Translate): string {
  switch (reason) {
    case 'no-host':
      return t('server not found');
    case 'refused-connection':
      return t('no connection');
    case 'tls':
      return t('certificate not trusted');
    case 'timeout':
      return t('no answer in time');
    case 'broken-off':
      return t('broken off');
    case 'proxy':
      return t('proxy failed');
    case 'forbidden-address':
      return t('address not allowed');
    case 'redirects':
      return t('redirected in circles');
    case 'not-found':
      return t('not found');
    case 'not-allowed':
      return t('needs an account');
    case 'too-many-requests':
      return t('asked too often');
    case 'server':
      return t('server error');
    case 'bad-answer':
      return t('unusable answer');
    case 'too-large':
    case 'bomb':
      return t('too large');
    case 'wrong-type':
      return t('not a text');
    case 'empty':
      return t('empty');
    case 'disk-full':
      return t('disk full');
    case 'disk':
      return t('couldn’t be written');
    case 'library-full':
      return t('library full');
    case 'stopped':
      return t('stopped');
  }
}

/** What happened and what the learner can do. */
export function failureWords({ reason, host }: Failure, t: Translate): string {
  switch (reason) {
    case 'no-host':
      return t('{0} wasn’t found. Check your connection to the Internet, then try again.', host);
    case 'refused-connection':
      return t('There is no connection to {0}. Try again later.', host);
    case 'tls':
      return t(
        '{0} couldn’t prove that it is who it says: its certificate isn’t trusted here. If your organisation inspects connections, its certificate must be installed on this machine.',
        host,
      );
    case 'timeout':
      return t('{0} didn’t answer in time. Try again later.', host);
    case 'broken-off':
      return t('The connection to {0} broke off. What has come so far is kept: try again to go on.', host);
    case 'proxy':
      return t('The proxy didn’t let us through to {0}. Check the setting “http.proxy” and its sign-in.', host);
    case 'forbidden-address':
      return t(
        'Only https addresses on the public Internet are fetched, and this one ({0}) is none or leads to one that isn’t. Nothing was kept.',
        host,
      );
    case 'redirects':
      return t('{0} sends from one address to the next without end. Open it in the browser.', host);
    case 'not-found':
      return t('{0} doesn’t have this page any more. Look for it under another address.', host);
    case 'not-allowed':
      return t('{0} gives this page only to those who have signed in. Save it in a browser, then add the file.', host);
    case 'too-many-requests':
      return t('{0} asks us to come back later. Try again in an hour.', host);
    case 'server':
      return t('{0} has a problem of its own. Try again later.', host);
    case 'bad-answer':
      return t('{0} sent an answer that makes no sense. Open the page in the browser.', host);
    case 'too-large':
      return t('What {0} sends is larger than the library takes. Open it in the browser.', host);
    case 'bomb':
      return t('What {0} sends is small and would unpack to something enormous. It was not kept.', host);
    case 'wrong-type':
      return t('What came from {0} is no PDF, web page, Markdown or transcript. Open it in the browser.', host);
    case 'empty':
      return t('{0} sent an empty page. Open it in the browser.', host);
    case 'disk-full':
      return t('The disk is full. Make room, then try again.');
    case 'disk':
      return t('The library’s folder can’t be written. Check its permissions, then try again.');
    case 'library-full':
      return t('Your library has no room left. Remove something from it, or allow it more in the settings.');
    case 'stopped':
      return t('You stopped it. What has come so far is kept: try again to go on.');
  }
}
