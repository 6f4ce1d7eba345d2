// What the process holds against what it must hold.

import type { ModelCard } from '../../src/core/model/language.ts';
import type { Row, Unit } from './report.ts';
import { summarise } from './samples.ts';

const mb = 1e6;

/** @param residentBytes After a load and an answer; each of another process. */
export function memoryRows({ memory }: ModelCard, residentBytes: readonly number[]): Row[] {
  const needed = memory.weightsRam + memory.kv + memory.compute;
  const one = (what: string, value: number, unit: Unit = 'MB'): Row => ({ what, unit, value: summarise([value]) });
  return [
    one('memory: weights', memory.weightsRam / mb),
    one('memory: KV cache', memory.kv / mb),
    one('memory: compute buffers', memory.compute / mb),
    { what: 'memory: the process', unit: 'MB', value: summarise(residentBytes.map((bytes) => bytes / mb)) },
    {
      what: 'memory: the process against weights + KV cache + compute buffers',
      unit: '×',
      value: summarise(residentBytes.map((bytes) => bytes / needed)),
      bar: { at: 'most', limit: 1.15 },
    },
  ];
}
