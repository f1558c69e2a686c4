import { readableAge } from './age.ts';
import { type Check, ok, skip } from './check.ts';

const TELLING_MS = 30_000;
const WRONG_MS = 5 * 60_000;

/**
 * Compares this machine's clock with those of the services that have answered. Where several differ, the middle one is taken for
 * right.
 */
export const clockCheck: Check = {
  name: 'clock',
  async run({ network }) {
    const skews = [...network.answers.values()].flatMap(({ ahead }) => ahead ?? []).sort((a, b) => a - b);
    const skew = skews[Math.floor(skews.length / 2)];
    if (skew === undefined) return skip('no service told the time');
    const distance = Math.abs(skew);
    if (distance < TELLING_MS) return ok('as the services have it');
    const detail = `${readableAge(distance / 1000)} ${skew > 0 ? 'behind' : 'ahead of'} the services`;
    const fix =
      'Set the clock by the network (`sudo timedatectl set-ntp true`; on macOS `sudo sntp -sS time.apple.com`): dates of commits and windows of days go by it.';
    return { status: distance < WRONG_MS ? 'warn' : 'fail', detail, fix };
  },
};
