import * as vscode from 'vscode';
import type { Translate } from '../core/translate.ts';

/** The core's phrases in the learner's language. */
export const say: Translate = (phrase, ...values) => vscode.l10n.t(phrase, ...values);
