import { createRequire } from 'node:module';

/* `node bench/langchain-loader.ts URL USERNAME TOKEN SPACE` loads a space with LangChain's loader, and prints how many pages it has. */

interface Loader {
  load(): Promise<readonly { readonly pageContent: string }[]>;
}

const { ConfluencePagesLoader } = createRequire(import.meta.url)(
  '@langchain/community/document_loaders/web/confluence',
) as { readonly ConfluencePagesLoader: new (options: object) => Loader };

const [baseUrl, username, accessToken, spaceKey] = process.argv.slice(2);
const loader = new ConfluencePagesLoader({ baseUrl: `${baseUrl}/wiki`, spaceKey, username, accessToken });
const documents = await loader.load();
// When it fails it answers none, and pages without text are no success either.
process.stdout.write(`${documents.filter(({ pageContent }) => pageContent !== '').length}\n`);
