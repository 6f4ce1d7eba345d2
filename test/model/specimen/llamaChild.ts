// The process that llama.ts starts: does one job and says what came out.

import {
  getLlama,
  resolveChatWrapper,
  type ChatHistoryItem,
  type LlamaContextSequence,
  type LlamaModel,
  type Token,
} from 'node-llama-cpp';
import type { ChatMessage } from '../../../src/core/model/language.ts';
import type { EmbeddingJob, Job, LanguageJob, LanguageResult, Numbers, RankingJob } from './llama.ts';

process.once('message', (job) => {
  void run(job as Job).then((result) => process.send?.(result));
});

async function run(job: Job): Promise<LanguageResult | Numbers> {
  const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false, maxThreads: 1 });
  const model = await llama.loadModel({ modelPath: job.path });
  switch (job.kind) {
    case 'language':
      return language(model, job);
    case 'embedding':
      return embed(model, job);
    case 'ranking':
      return rank(model, job);
  }
}

async function language(model: LlamaModel, job: LanguageJob): Promise<LanguageResult> {
  const context = await model.createContext({ contextSize: 4096, threads: 1, batchSize: 256 });
  const sequence = context.getSequence();
  const result = {
    tokenised: (job.tokenise ?? []).map((text) => model.tokenize(text)),
    continued: [] as { tokens: number[]; text: string }[],
    foreseen: [] as LanguageResult['foreseen'][number][],
    answered: [] as { text: string; finished: boolean }[],
  };
  for (const text of job.continue ?? []) {
    const tokens = await write(model, sequence, model.tokenize(text), job.tokens ?? 40);
    result.continued.push({ tokens, text: model.detokenize(tokens) });
  }
  for (const text of job.foresee ?? []) result.foreseen.push(await foresee(sequence, model.tokenize(text)));
  for (const messages of job.answer ?? []) {
    const most = job.tokens ?? 300;
    const tokens = await write(model, sequence, promptTokens(model, messages), most);
    result.answered.push({ text: model.detokenize(tokens), finished: tokens.length < most });
  }
  return result;
}

async function write(
  model: LlamaModel,
  sequence: LlamaContextSequence,
  prompt: Token[],
  most: number,
): Promise<Token[]> {
  await sequence.clearHistory();
  const tokens: Token[] = [];
  for await (const token of sequence.evaluate(prompt, { temperature: 0 })) {
    if (model.isEogToken(token)) break;
    tokens.push(token);
    if (tokens.length >= most) break;
  }
  return tokens;
}

async function foresee(
  sequence: LlamaContextSequence,
  tokens: readonly Token[],
): Promise<LanguageResult['foreseen'][number]> {
  await sequence.clearHistory();
  // Every probability as it is: nothing sampled away.
  const options = { temperature: 1, topK: 0, topP: 1, minP: 0 };
  const outputs = await sequence.controlledEvaluate(
    tokens.map((token) => [token, { generateNext: { probabilities: true, options } }]),
  );
  return tokens.slice(1).map((token, index) => {
    const probabilities = outputs[index]?.next.probabilities ?? new Map<Token, number>();
    const [likeliest = -1] = probabilities.keys();
    return { logProbability: Math.log(probabilities.get(token) ?? 1e-9), likeliest };
  });
}

function promptTokens(model: LlamaModel, messages: readonly ChatMessage[]): Token[] {
  const chatHistory = messages.map(({ role, text }): ChatHistoryItem =>
    role === 'assistant' ? { type: 'model', response: [text] } : { type: role, text },
  );
  const wrapper = resolveChatWrapper(model);
  const { contextText } = wrapper.generateContextState({
    chatHistory: [...chatHistory, { type: 'model', response: [''] }],
  });
  return contextText.tokenize(model.tokenizer);
}

async function embed(model: LlamaModel, { texts }: EmbeddingJob): Promise<Numbers> {
  const context = await model.createEmbeddingContext({ contextSize: 1024, batchSize: 1024, threads: 1 });
  const vectors: (readonly number[])[] = [];
  for (const text of texts) vectors.push((await context.getEmbeddingFor(text)).vector);
  return vectors;
}

async function rank(model: LlamaModel, { questions }: RankingJob): Promise<Numbers> {
  const context = await model.createRankingContext({ contextSize: 1024, batchSize: 1024, threads: 1 });
  const scores: (readonly number[])[] = [];
  for (const { question, passages } of questions) scores.push(await context.rankAll(question, [...passages]));
  return scores;
}
