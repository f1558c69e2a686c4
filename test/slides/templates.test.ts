import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shippedTemplates } from '../../src/slides/places.ts';
import { checkLayout, readPresentation } from '../../src/slides/pptx/presentation.ts';
import { readTemplate } from '../../src/slides/template.ts';
import { LOOKS } from '../../templates/slides/design/looks.ts';
import { presentationOf } from '../../templates/slides/design/presentation.ts';
import { writtenRepository } from '../harness/written-repository.ts';

test('the templates of the package are those that have a look', () => {
  const folders = readdirSync(shippedTemplates(), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  expect(folders.map(({ name }) => name).sort()).toEqual(['design', ...Object.keys(LOOKS)].sort());
});

test.each(Object.entries(LOOKS))(
  'the presentation of %s is what its design makes (else: npm run templates)',
  async (name, look) => {
    const committed = readFileSync(join(shippedTemplates(), name, 'template.pptx'));
    expect((await presentationOf(look)).equals(committed)).toBe(true);
    const template = await readTemplate(join(shippedTemplates(), name));
    const presentation = await readPresentation(template);
    expect(Object.keys(template.layouts)).toHaveLength(presentation.slides.length);
    for (const [layout, spec] of Object.entries(template.layouts))
      checkLayout(0, layout, spec, presentation, template);
  },
);

test.each(Object.keys(LOOKS))('%s makes a deck of a repository that knows nothing', async (name) => {
  await using repository = writtenRepository();
  const { code, stderr } = await repository.run(['slides', 'build', '--template', name, '--dry-run']);
  expect([code, stderr]).toEqual([0, expect.not.stringContaining('error')]);
});

test('ctx slides list shows them, and those beside the configuration before them', async () => {
  await using repository = writtenRepository();
  const own = readFileSync(join(shippedTemplates(), 'weekly-changes', 'template.yaml'), 'utf8');
  repository.commit({
    'slides/weekly-changes/template.yaml': own.replace(/^description: .*$/m, 'description: our own'),
    'slides/notes.txt': 'no template',
  });
  const { templates } = (await repository.json(['slides', 'list'])) as {
    templates: { name: string; description: string; targets: string[] }[];
  };
  expect(templates.map(({ name, targets }) => [name, targets])).toEqual(
    Object.keys(LOOKS)
      .sort()
      .map((name) => [name, ['pptx']]),
  );
  expect(templates.find(({ name }) => name === 'weekly-changes')?.description).toBe('our own');
  const { stdout } = await repository.run(['slides', 'list']);
  expect(stdout).toContain('weekly-changes  our own\n');
});
