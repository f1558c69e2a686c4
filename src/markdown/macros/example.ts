/** Storage format of a macro, for examples: its parameters by name, and what stands in it. */
export function example(
  name: string,
  parameters: Readonly<Record<string, string>> = {},
  body: { readonly rich?: string; readonly plain?: string } = {},
): string {
  const given = Object.entries(parameters).map(
    ([key, value]) => `<ac:parameter ac:name="${key}">${value}</ac:parameter>`,
  );
  const rich = body.rich === undefined ? '' : `<ac:rich-text-body>${body.rich}</ac:rich-text-body>`;
  const plain =
    body.plain === undefined ? '' : `<ac:plain-text-body><![CDATA[${body.plain}]]></ac:plain-text-body>`;
  const content = given.join('') + rich + plain;
  return content === ''
    ? `<ac:structured-macro ac:name="${name}" />`
    : `<ac:structured-macro ac:name="${name}">${content}</ac:structured-macro>`;
}

/** A page, as a parameter names it. */
export const examplePage = (title: string) => `<ac:link><ri:page ri:content-title="${title}" /></ac:link>`;

/** A file of the page, as a parameter names it. */
export const exampleFile = (name: string) => `<ri:attachment ri:filename="${name}" />`;
