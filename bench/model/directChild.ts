// The process that direct.ts starts: settings first, then one job after another.

import { once } from 'node:events';
import { getLlama, type LlamaContextSequence, type Token } from 'node-llama-cpp';
import type { DirectJob, DirectResult, DirectSettings } from './direct.ts';

const [settings] = (await once(process, 'message')) as [DirectSettings];
const llama = await getLlama({
  gpu: false,
  build: 'never',
  skipDownload: true,
  progressLogs: false,
  maxThreads: settings.threads,
});
const model = await llama.loadModel({ modelPath: settings.file });
const context = await model.createContext({
  contextSize: settings.contextTokens,
  batchSize: settings.batchTokens,
  threads: settings.threads,
  sequences: 1,
  failedCreationRemedy: false,
});
const sequence = context.getSequence();

process.on('message', (job) => {
  void run(sequence, job as DirectJob).then((result) => process.send?.(result));
});
process.send?.('ready');

async function run(sequence: LlamaContextSequence, job: DirectJob): Promise<DirectResult> {
  await sequence.eraseContextTokenRanges([{ start: job.heldTokens, end: sequence.nextTokenIndex }]);
  if (sequence.nextTokenIndex !== job.heldTokens) throw new Error('There are fewer tokens than are to be kept');
  const startedAt = now();
  const words = model.tokenize(job.text);
  const prompt = Array.from({ length: job.promptTokens }, (_, at) => words[at % words.length] ?? (0 as Token));
  let firstAt = startedAt;
  let generatedTokens = 0;
  for await (const token of sequence.evaluate(prompt, { temperature: 0 })) {
    if (generatedTokens++ === 0) firstAt = now();
    if (model.isEogToken(token) || generatedTokens >= job.maxTokens) break;
  }
  return { firstMs: between(startedAt, firstAt), restMs: between(firstAt, now()), generatedTokens };
}

type Moment = DirectResult['firstMs'];

function now(): Moment {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now(), cpu: (user + system) / 1000 };
}

function between(from: Moment, to: Moment): Moment {
  return { wall: to.wall - from.wall, cpu: to.cpu - from.cpu };
}
