import type { Readable } from 'node:stream';
import { autocompleteMultiselect, confirm, isCancel, multiselect, password, text } from '@clack/prompts';
import { ctxError } from '../core/errors/index.ts';
import type { Asker } from '../set-up/gather.ts';
import type { CommandContext } from './command-context.ts';

/** More than fit at a glance are searched. */
const AT_A_GLANCE = 12;

export interface Prompts extends Asker {
  confirm(message: string): Promise<boolean>;
}

/** Questions at a terminal. Ctrl-C ends the command. */
export function prompts({ output, stdin, signal }: CommandContext): Prompts {
  const place = { input: stdin as Readable, output: output.terminal(), signal };
  const answered = <T>(answer: T): Exclude<T, symbol> => {
    if (isCancel(answer)) throw ctxError('init.stopped', undefined);
    return answer as Exclude<T, symbol>;
  };
  return {
    async text({ message, initial, placeholder, problem }) {
      return answered(
        await text({
          ...{ ...place, message, validate: (answer) => problem(answer ?? '') },
          ...(initial !== undefined && { initialValue: initial }),
          ...(placeholder !== undefined && { placeholder }),
        }),
      );
    },
    async secret({ message }) {
      const validate = (answer: string | undefined) => (answer?.trim() ? undefined : 'It is empty.');
      return answered(await password({ ...place, message, validate })).trim();
    },
    async several({ message, choices, chosen }) {
      const ask = choices.length > AT_A_GLANCE ? autocompleteMultiselect : multiselect;
      const options = choices.map(({ value, label }) => ({ value, label }));
      return answered(await ask({ ...place, message, options, initialValues: [...chosen], required: false }));
    },
    async confirm(message) {
      return answered(await confirm({ ...place, message, initialValue: false }));
    },
    say: (line) => output.info(line),
    complain: (error) => output.error(error),
  };
}
