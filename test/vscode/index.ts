// Runs the suites inside VS Code's extension host and leaves their outcome in the file that COMPANION_TEST_RESULT names.

import { writeFile } from 'node:fs/promises';
import { runTests } from './collect.ts';
import './activation.suite.ts';
import './tree.suite.ts';
import './reader.suite.ts';
import './search.suite.ts';
import './ask.suite.ts';
import './askAgain.suite.ts';
import './chat.suite.ts';
import './model.suite.ts';
import './modelAgain.suite.ts';
import './chatModel.suite.ts';
import './library.suite.ts';
import './libraryTexts.suite.ts';
import './bibliography.suite.ts';
import './savedMeaning.suite.ts';
import './plan.suite.ts';
import './dashboard.suite.ts';
import './onePage.suite.ts';
import './review.suite.ts';
import './reviewCards.suite.ts';
import './transfer.suite.ts';
import './quiz.suite.ts';
import './notes.suite.ts';
import './notesOfPapers.suite.ts';
import './hostile.suite.ts';

/** Called by VS Code; rejects if a test failed. */
export async function run(): Promise<void> {
  const outcome = await runTests((line) => {
    console.log(line);
  });
  const file = process.env['COMPANION_TEST_RESULT'];
  if (file !== undefined) await writeFile(file, JSON.stringify(outcome));
  if (outcome.failed > 0) throw new Error(`${outcome.failed} tests failed`);
}
