/* Serves 20,000 pull requests to the parent, and tells it the most memory that this took when it is asked. */
import { githubScale } from '../../../src/demo/github/scale.ts';
import { startGithubSimulator } from '../../../src/demo/github/server.ts';

const workspace = githubScale({ pullRequests: 20_000, seed: 1 });
const { url, graphqlUrl, token } = await startGithubSimulator({ workspace });
process.send?.({ url, graphqlUrl, token });
process.on('message', () => process.send?.({ maxRSS: process.resourceUsage().maxRSS }));
process.on('disconnect', () => process.exit());
