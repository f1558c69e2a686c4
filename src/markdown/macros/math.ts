import { code, inlineCode, type Mixed, text } from '../nodes.ts';
import { example } from './example.ts';
import { firstParameter, type MacroCall, type MacroDefinition } from './macro.ts';
import { unsupported } from './unsupported.ts';

/** TeX on lines of its own: a fence that GitHub typesets. */
export const mathBlockMacro: MacroDefinition = {
  names: [
    'mathblock',
    'mathblock-ref',
    'eazy-math-block',
    'easy-math-block',
    'mathjax-block-macro',
    'mathjax-block',
    'latex',
    'latex-block',
    'latex-formatting',
    'latexmath-block',
    'katex',
    'katex-block',
    'math',
    'tex',
  ],
  example: example('mathblock', {}, { plain: 'E = mc^2' }),
  render: (call) => formula(call, (tex) => [code(tex, 'math')]),
};

/** TeX in a line, in the form of GitHub in which nothing of it can be read as markdown: `` $`E = mc^2`$ ``. */
export const mathInlineMacro: MacroDefinition = {
  names: [
    'mathinline',
    'eazy-math-inline',
    'easy-math-inline',
    'mathjax-inline-macro',
    'mathjax-inline',
    'latex-inline',
    'latexmath-inline',
    'katex-inline',
    'math-inline',
  ],
  example: `<p>Energy is ${example('mathinline', { body: 'E = mc^2' })}.</p>`,
  render: (call) => formula(call, (tex) => [text('$'), inlineCode(tex.replace(/\s+/g, ' ')), text('$')]),
};

/** The delimiters that some of the macros have their authors write, and others do not. */
const DELIMITED = [
  /^\$\$([\s\S]*)\$\$$/,
  /^\$([\s\S]*)\$$/,
  /^\\\[([\s\S]*)\\\]$/,
  /^\\\(([\s\S]*)\\\)$/,
  /^\\begin\{(?:displaymath|math)\}([\s\S]*)\\end\{(?:displaymath|math)\}$/,
];

function formula(call: MacroCall, write: (tex: string) => Mixed): Mixed {
  const given =
    call.plain?.trim() || firstParameter(call, 'body', 'equation', 'formula', 'latex', 'math', '');
  if (given === undefined) return unsupported(call);
  const tex = DELIMITED.map((form) => form.exec(given)?.[1]?.trim()).find(Boolean) ?? given;
  return write(tex);
}
