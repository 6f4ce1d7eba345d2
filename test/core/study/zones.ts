import type { LocalOffset } from '../../../src/core/study/days.ts';

/** How far a real time zone is ahead, from the data that Node has. Minutes, as clocks have been set since 1972. */
export function zone(name: string): LocalOffset {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: name,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  const minute = 60_000;
  return (at) => {
    const whole = Math.floor(at / minute) * minute;
    const parts = Object.fromEntries(format.formatToParts(whole).map(({ type, value }) => [type, Number(value)]));
    const { year = NaN, month = NaN, day, hour, minute: minutes } = parts;
    return Date.UTC(year, month - 1, day, hour, minutes) - whole;
  };
}

/** Zones that have every oddity: half hours, no daylight saving, clocks put forward at midnight, days left out. */
export const zones = [
  'UTC',
  'Europe/London',
  'America/New_York',
  'America/Los_Angeles',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Havana',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];
