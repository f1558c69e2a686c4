/** What generated parts begin and end with, in comments of markdown and of YAML. */
export const MARK = 'ctx:persona';
