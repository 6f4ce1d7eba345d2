// npm run ask -- "question" ["follow-up" …]
// Prints the answer that the Ask view would give, with its citations.

import { declineText } from '../src/core/answer/declineText.ts';
import type { Source } from '../src/core/answer.ts';
import { openStudy } from '../src/store/openStudy.ts';
import { builtCurriculum } from './builtCurriculum.ts';

const questions = process.argv.slice(2);
if (questions.length === 0) {
  console.error('Ask something: npm run ask -- "why is decoding memory bound?"');
  process.exit(1);
}
const study = openStudy(await builtCurriculum());

for (const [n, text] of questions.entries()) {
  if (questions.length > 1) console.log(`${n > 0 ? '\n' : ''}> ${text}\n`);
  let sources: readonly Source[] = [];
  for await (const event of study.answer({ text, history: questions.slice(0, n) })) {
    switch (event.type) {
      case 'sources':
        sources = event.sources;
        if (event.coverage === 'partly') console.log('The handbook covers this only in part. What it says:\n');
        break;
      case 'sentence':
        console.log(`${event.sentence.text} ${event.sentence.citations.map((number) => `[${number}]`).join('')}`);
        break;
      case 'declined':
        console.log(declineText(event.reason, event.missing));
        if (sources.length > 0) console.log('\nThe nearest passages:');
        break;
    }
  }
  console.log('');
  for (const source of sources)
    console.log(`[${source.number}] ${source.chapterTitle} › ${source.heading} (${source.passageId})`);
}
