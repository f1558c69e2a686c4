/* Serves 200,000 messages to the parent, and tells it the most memory that this took when it is asked. */
import { slackScale } from '../../../src/demo/slack/scale.ts';
import { startSlackSimulator } from '../../../src/demo/slack/server.ts';

const workspace = slackScale({ messages: 200_000, seed: 1 });
const { url, token, userToken } = await startSlackSimulator({ workspace });
process.send?.({ url, token, userToken, channels: [...workspace.channels.keys()] });
process.on('message', () => process.send?.({ maxRSS: process.resourceUsage().maxRSS }));
process.on('disconnect', () => process.exit());
