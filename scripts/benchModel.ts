// npm run bench:model -- [--model FILE] [--type q8_0|q4_0] [--threads N] [--only load,speed,first,speculation,stop,background]
//                        [--gpu-layers all,half,none [--engine-folder FOLDER]] [--entry FILE] [--quick] [--json]
//                        [--clock auto|wall|cpu]
// The local model, timed on this machine: through our process and wire, and against node-llama-cpp called directly. Without
// --model on a model of half a billion weights that says what is known beforehand, made once and kept in the temporary folder.
// --entry measures a model process that is built already, instead of building it. Exits with 1 if a bar is missed.
// Where other programs compute, times that go by say little: then (or with --clock cpu) what compares one way with another is
// measured by the time that the process computes, with one thread, since several wait for one another by spinning.

import path from 'node:path';
import { parseArgs } from 'node:util';
import { availableParallelism } from 'node:os';
import { benchModel, parts } from '../bench/model/benchModel.ts';
import type { Part } from '../bench/model/benchModel.ts';
import { benchGpu, gpuTable, layerChoices } from '../bench/model/gpu.ts';
import { createQuiet, isBusy } from '../bench/model/quiet.ts';
import { meetsBar, tableOf } from '../bench/model/report.ts';
import { chainTexts, curriculumTexts } from '../bench/model/texts.ts';
import { readPassages } from '../src/store/curriculumFiles.ts';
import { buildRandomModel } from '../test/model/specimen/shapes.ts';
import { inCache } from '../test/model/specimen/specimen.ts';
import { run } from './host/command.mjs';
import { projectRoot } from './host/paths.mjs';

const { values: given } = parseArgs({
  options: {
    model: { type: 'string' },
    type: { type: 'string', default: 'q8_0' },
    threads: { type: 'string' },
    clock: { type: 'string', default: 'auto' },
    only: { type: 'string', default: parts.join(',') },
    'gpu-layers': { type: 'string' },
    'engine-folder': { type: 'string' },
    entry: { type: 'string' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

/** The comma-separated names in `list`, each of which must be among `known`. */
function namesIn<T extends string>(list: string, known: readonly T[]): readonly T[] {
  return list.split(',').map((name) => {
    const found = known.find((one) => one === name);
    if (found === undefined) throw new Error(`"${name}" is none of ${known.join(', ')}`);
    return found;
  });
}

const say = (line: string): void => {
  if (!given.json) console.log(line);
};

const dist = path.join(projectRoot, 'dist');
if (given.entry === undefined) await run(process.execPath, ['esbuild.mjs'], { cwd: projectRoot, quiet: true });
const entry = given.entry === undefined ? path.join(dist, 'model.mjs') : path.resolve(given.entry);
const [type] = namesIn(given.type, ['q8_0', 'q4_0', 'f16']);
const seed = 1;
const file =
  given.model === undefined
    ? await inCache(`bench-chain-${seed}`, `half-billion-${given.type}.gguf`, (target) => {
        say('Making the model …');
        buildRandomModel(target, { shape: 'half-billion', type: type ?? 'q8_0', seed, chain: true });
      })
    : path.resolve(given.model);
const texts = (count: (text: string) => Promise<number>): ReturnType<typeof chainTexts> =>
  given.model === undefined ? chainTexts() : curriculumTexts(readPassages(path.join(dist, 'curriculum')), count);
const [wanted] = namesIn(given.clock, ['auto', 'wall', 'cpu']);
const clock = wanted === 'auto' || wanted === undefined ? ((await isBusy()) ? 'cpu' : 'wall') : wanted;
const threads = Number(given.threads ?? (clock === 'cpu' ? 1 : availableParallelism()));

if (given['gpu-layers'] === undefined) {
  const only: readonly Part[] = namesIn(given.only, parts);
  const onRows = (rows: Parameters<typeof tableOf>[0]): void => {
    if (!given.json) console.table(tableOf(rows));
  };
  // Nothing gets quieter by waiting for it when the time of others isn't counted.
  const { whenQuiet, disturbed } = createQuiet(clock === 'cpu' ? 0 : given.quick ? 20_000 : 600_000);
  const pace = { quick: given.quick, whenQuiet, clock };
  const bench = await benchModel({ entry, file, threads, parts: only, pace, texts, onRows });
  const missed = bench.rows.filter((row) => !meetsBar(row));
  if (given.json)
    console.log(
      JSON.stringify({ ...bench, clock, disturbed: disturbed(), missed: missed.map(({ what }) => what) }, undefined, 2),
    );
  const { card, machine } = bench;
  say(
    `${card.name}, ${card.quantisation}, ${card.threads} threads, batch ${card.batchTokens}, context ${card.contextTokens}`,
  );
  say(`${machine}; ${card.engineVersion}`);
  if (clock === 'cpu') {
    say(
      'Measured was the time that the process computed, with one thread, since other programs were computing. Only the',
    );
    say('parts load, stop and background went by on the clock, and are slower than they would be alone.');
  } else if (disturbed() > 0) {
    say(`Other programs were computing before ${disturbed()} of the runs: these numbers are too low.`);
  }
  say(missed.length === 0 ? 'Every bar is met.' : `Bars missed: ${missed.map(({ what }) => what).join('; ')}`);
  process.exitCode = missed.length === 0 ? 0 : 1;
} else {
  const rows = await benchGpu({
    entry,
    file,
    settings: { threads },
    engineFolder: given['engine-folder'],
    layers: namesIn(given['gpu-layers'], layerChoices),
    texts: texts(() => Promise.resolve(0)),
    quick: given.quick,
  });
  if (given.json) console.log(JSON.stringify(rows ?? []));
  else if (rows === undefined) say('No GPU here that the engine can use.');
  else console.table(gpuTable(rows));
}
