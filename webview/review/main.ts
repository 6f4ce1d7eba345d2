// The page "Review": one card at a time, by keyboard. The extension decides which card; this page keeps only what would be
// lost with it: whether the answer is open, and words that are being written.

import type { FromReview, ToReview } from '../../src/protocol/review.ts';
import { connect } from '../host.ts';
import { createReviewView, type KeptState } from './reviewView.ts';

const host = connect<ToReview, FromReview, KeptState>();
const root = document.getElementById('root');
if (!root) throw new Error('The page has no root');
const view = createReviewView(root, host);
host.listen(view.receive);
host.post({ type: 'ready' });
