import { text } from '../nodes.ts';
import { mention } from '../people.ts';
import { firstParameter, type MacroDefinition } from './macro.ts';
import { unsupported } from './unsupported.ts';

/** A person's card is a mention. */
export const profileMacro: MacroDefinition = {
  names: ['profile', 'profile-picture', 'userprofile', 'user-profile'],
  example:
    '<ac:structured-macro ac:name="profile"><ac:parameter ac:name="user"><ri:user ri:account-id="ann" /></ac:parameter></ac:structured-macro>',
  render(call) {
    const target = call.reference();
    if (target?.kind === 'person') return [mention(target.accountId, call.reader)];
    const name = firstParameter(call, 'user', 'User', 'username', '');
    return name === undefined ? unsupported(call) : [text(`@${name}`)];
  },
};
