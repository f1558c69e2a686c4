import { footnoteReference } from '../footnotes.ts';
import { paragraph, text } from '../nodes.ts';
import { example } from './example.ts';
import { firstParameter, type MacroDefinition } from './macro.ts';

/** A footnote of GitHub's markdown; where the page lists its footnotes, nothing is to be said. */
export const footnoteMacro: MacroDefinition = {
  names: ['footnote', 'footnotes-note'],
  example: `<p>It works${example('footnote', {}, { rich: '<p>On most days.</p>' })}.</p>`,
  render(call) {
    const body = call.body();
    const written = call.plain ?? firstParameter(call, 'text', '') ?? '';
    const content = body.length > 0 ? body : [paragraph([text(written)])];
    return [footnoteReference(content, call.reader)];
  },
};
