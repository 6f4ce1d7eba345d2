// @ts-check
import { readdirSync, readFileSync } from 'node:fs';

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * The processes of a process group whose command line contains a text. Reads /proc, so Linux only.
 *
 * @param {number} group
 * @param {string} text
 * @returns {number[]} their ids
 */
export function processesOfGroup(group, text) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => groupOf(pid) === group && read(`/proc/${pid}/cmdline`).includes(text));
}

/** @param {number} pid */
function groupOf(pid) {
  // "pid (command) state parent group …", and the command may contain anything.
  return Number(read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[2]);
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // it ended in the meantime
  }
}
