import type { Translate } from '../../core/translate.ts';
import type { DownloadProgress } from '../../model/files/downloadProgress.ts';
import { durationWords, sizeWords } from './sizes.ts';

/** A speed measured over less than this says nothing. */
const settledMs = 1000;

/**
 * How a download goes: "1.2 GB of 2.5 GB, 12 MB a second, 2 min left". What was there before it began doesn't count as
 * fetched. Times in milliseconds.
 */
export function downloadWords(
  startedAt: number,
  total: number,
  t: Translate,
): (report: DownloadProgress, now: number) => string {
  let first: number | undefined;
  return ({ step, done }, now) => {
    if (step === 'checking') return t('Checking: {0} %', Math.floor((done / total) * 100));
    first ??= done;
    const so = t('{0} of {1}', sizeWords(done), sizeWords(total));
    const took = now - startedAt;
    const speed = took > settledMs ? ((done - first) * 1000) / took : 0;
    if (speed <= 0) return so;
    const seconds = (total - done) / speed;
    const left = seconds < 90 ? durationWords(seconds * 1000) : t('{0} min', Math.round(seconds / 60));
    return t('{0}, {1} a second, {2} left', so, sizeWords(speed), left);
  };
}
