/** How teams head what has to hold before a ticket is done, in the languages that Jira's own templates have. */
const CRITERIA =
  /^[ \t>]*(?:#{1,6}[ \t]+|[-*+][ \t]+)?(?:[*_]{1,3})?(?:acceptance criteria|acceptance criterion|acceptance tests?|definition of done|akzeptanzkriterien|abnahmekriterien|crit[eè]res d['’]acceptation|criterios de aceptaci[oó]n|crit[eé]rios de aceita[cç][aã]o|受け入れ基準|受入基準|验收标准|인수 조건)(?:[*_]{1,3})?[ \t]*[:：]?(?:[*_]{1,3})?[ \t]*(?:$|:)/im;

/** Whether a text has a heading, or a line of its own, that announces acceptance criteria. */
export function hasCriteria(markdown: string): boolean {
  return CRITERIA.test(markdown);
}
