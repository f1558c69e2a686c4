/** Storage format for tests. */

type Parameters = Readonly<Record<string, string>>;

export function macro(name: string, parameters: Parameters = {}, body = ''): string {
  const given = Object.entries(parameters).map(
    ([key, value]) => `<ac:parameter ac:name="${key}">${value}</ac:parameter>`,
  );
  return `<ac:structured-macro ac:name="${name}">${given.join('')}${body}</ac:structured-macro>`;
}

export const rich = (body: string) => `<ac:rich-text-body>${body}</ac:rich-text-body>`;
export const plain = (body: string) => `<ac:plain-text-body><![CDATA[${body}]]></ac:plain-text-body>`;

/** A page, as a parameter names it. */
export const page = (title: string) => `<ac:link><ri:page ri:content-title="${title}"/></ac:link>`;
