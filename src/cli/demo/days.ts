/** Ten years: the company's days are long ago. */
export const ALL_DAYS = 3650;
