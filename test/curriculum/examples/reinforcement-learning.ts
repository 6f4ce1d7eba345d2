import type { Example } from '../example.ts';

const stays = 0.8;
const rewards = { healthy: 2, run: 1, restart: -1 };

/** Value iteration from zero; returns [run, restart, V(H), V(D)] after the given number of sweeps. */
function sweep(sweeps: number, gamma: number): [number, number, number, number] {
  let healthy = 0;
  let degraded = 0;
  let run = 0;
  let restart = 0;
  for (let n = 0; n < sweeps; n++) {
    run = rewards.run + gamma * degraded;
    restart = rewards.restart + gamma * healthy;
    healthy = rewards.healthy + gamma * (stays * healthy + (1 - stays) * degraded);
    degraded = Math.max(run, restart);
  }
  return [run, restart, healthy, degraded];
}
const table = [1, 2, 3, 4, 2000].flatMap((sweeps) => sweep(sweeps, 0.9).map((value) => value.toFixed(3)));
const shortSighted = sweep(2000, 0.5);

const alpha = 0.1;
const old = 10;
const next = 15;
const target = rewards.restart + 0.9 * next;

export default {
  given: [...Object.values(rewards), stays, 0.9, 0.5, 1, 2, 3, 4, alpha, old, next],
  computed: [
    ...table,
    shortSighted[3].toFixed(0),
    shortSighted[1].toFixed(3),
    target,
    target - old,
    old + alpha * (target - old),
  ],
} satisfies Example;
