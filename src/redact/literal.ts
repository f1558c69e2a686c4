/** Stands for a value that is given elsewhere: `${X}`, `<password>`, `****`, `{{ x }}`, `[redacted:jwt]`. */
const structural = [
  /^\$\{[^}]*\}+$/,
  /^\$\(.*\)$/,
  /^\$[A-Z_][A-Z0-9_]*$/,
  /^\$[a-z_]+$/,
  /^<[^<>]*>$/,
  /^\{\{.*\}\}$/,
  /^\{[\w.-]*\}$/,
  /^%[\w.-]+%$/,
  /^%\w$/,
  /^#\{[^}]*\}$/,
  /^\[[^[\]]*\]$/,
  /^__\w+__$/,
  /^([*xX.•●…?#_-])\1*$/u,
];

/** Whether the value only holds the place of a secret. */
export function isPlaceholder(value: string): boolean {
  return structural.some((pattern) => pattern.test(value));
}

/** Words that follow `password:` in prose, forms and references and are no password of anyone. */
const words = new Set(
  `anonymous authentication authorization automatically available base64 changeme changeit change-me change_me
  character characters confirmation correct credential credentials description disabled displayed enabled encrypted
  environment expiration expired generated generate hardcoded hashed hidden identifier incorrect invalid mandatory
  masked mismatch missing nullable optional parameter passphrase password passwords permissions placeholder plaintext
  protected provided recovery redacted rejected removed required revoked rotation sensitive settings undefined unknown
  unlimited unspecified username validation whatever wrong-password your-password your_password yourpassword`.split(
    /\s+/,
  ),
);

/** Where a value comes from rather than the value: code, a path, a reference into a vault, a ticket. */
const references = [
  /^[A-Za-z_$][\w$.]*\(/,
  /^[A-Za-z_$]+(?:\??\.[A-Za-z_$]+)+$/,
  /^(?:process|env|config|cfg|self|this|settings|os|re(?:q|quest|s|sponse)|props|secrets|vars?|params|args|options|ctx|context|local|module|inputs|steps|data)\??[.[]/,
  /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/,
  /^[A-Z][A-Z0-9]+-\d+$/,
  /^(?:[a-z][a-z0-9+.-]*:)?\/\//i,
  /^(?:arn|vault|env|file|ssm|sops|op|keyring|keychain|secret|ref):/i,
  /^(?:~|\.{0,2})(?:\/[a-z0-9._-]{1,24})+\/?$/,
  /^[a-z0-9._-]{1,24}(?:\/[a-z0-9._-]{1,24}){2,}$/,
  /^[a-z]+[A-Z][A-Za-z]*(?:Token|Key|Secret|Password|Passwd|Pwd|Value|String)$|^[a-z]*(?:token|key|secret|password)[A-Z][A-Za-z]*$/,
  /^[A-Z][a-z]+(?:[A-Z][a-z]+)*(?:Token|Str|String|Field|Type|Input|Key|Password|Value|Provider|Service|Config|Options)$/,
  /^your[-_][a-z_-]+$/i,
];

/** What the rules' version is made from. */
export const literalPatterns: readonly RegExp[] = [...structural, ...references];

const minimum = 8;

/** Whether the value after `password:` is itself the secret: 8 characters or more, no space, no stand-in. */
export function isLiteral(value: string): boolean {
  if (value.length < minimum || /\s/.test(value) || isPlaceholder(value)) return false;
  const bare = value.replace(/[.,;:!?]+$/, '');
  return (
    !isPlaceholder(bare) &&
    !words.has(bare.toLowerCase()) &&
    !references.some((pattern) => pattern.test(bare))
  );
}

/** Whether the value has letters of both cases, digits and other characters, or three of these: no name or number is like that. */
export function isStrong(value: string): boolean {
  const classes = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\p{M}\d\s_./:\\-]/u];
  return classes.filter((characters) => characters.test(value.replace(/[.,;:!?)]+$/, ''))).length >= 3;
}

/** Whether the value might as well be a word or a name; such a one counts only where nothing else can stand. */
export function isWordy(value: string): boolean {
  return /^[\p{L}\p{M}'’_./-]+[.,;:!?]*$/u.test(value);
}
